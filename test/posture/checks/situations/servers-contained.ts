import { MCP_SUBNET } from '../../../../local/tenant/arm/seeds/case-study-posture.ts';
import { seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { seedContext } from '../../../support/seed-context.ts';

const context = seedContext();
export const arm = seedArm(context);

export const { platform } = WORLD.subscriptions;
const GROUP = `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod`;
export const RG = `${GROUP}/providers`;
export const FOREIGN = MCP_SUBNET.replace('snet-mcp-servers', 'snet-developers');
export const TOKEN = context.mint.mint('github-classic');

type Container = Readonly<Record<string, unknown>>;
interface Group {
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: string | undefined;
  readonly subnets?: readonly string[];
  readonly address?: object | undefined;
  readonly container?: Container;
  readonly volumes?: readonly object[];
  readonly init?: Container;
}
/** A container group as the module mcp-server makes it, but for what is said otherwise. */
export function group(name: string, more: Group = {}): void {
  const { tags = { MCPServer: 'true' }, subnets = [MCP_SUBNET], container = {}, init, volumes } = more;
  const identity = 'identity' in more ? more.identity : 'UserAssigned';
  const image = 'crmcp.azurecr.io/files:1';
  arm.containerGroups.add({
    id: `${RG}/Microsoft.ContainerInstance/containerGroups/${name}`,
    subscriptionId: platform,
    name,
    tags,
    ...(identity === undefined ? {} : { identity: { type: identity } }),
    properties: {
      containers: [{ name: 'server', properties: { image, ...container } }],
      ...(init === undefined ? {} : { initContainers: [{ name: 'init', properties: init }] }),
      ...(volumes === undefined ? {} : { volumes }),
      ipAddress: 'address' in more ? more.address : { type: 'Private', ip: '10.40.0.4' },
      subnetIds: subnets.map((id) => ({ id })),
    },
  });
}
export function program(type: string, name: string, properties: Record<string, unknown>): void {
  arm.programs.add({
    id: `${RG}/${type}/${name}`,
    subscriptionId: platform,
    name,
    tags: { mcpserver: 'true' },
    identity: { type: 'UserAssigned' },
    properties,
  });
}
/** A container app in an environment of its own subnet. */
export function containerApp(
  environment: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>> = {},
): void {
  const environmentId = `${RG}/Microsoft.App/managedEnvironments/cae`;
  program('Microsoft.App/managedEnvironments', 'cae', { vnetConfiguration: environment });
  program('Microsoft.App/containerApps', 'ca', { environmentId: environmentId.toUpperCase(), ...properties });
}
export const delegated = (serviceName: string, id = FOREIGN): void => {
  arm.networkObjects.add({ id, properties: { delegations: [{ name: 'd', properties: { serviceName } }] } });
};
export const variable = (value: string) => ({ environmentVariables: [{ name: 'GITHUB_TOKEN', value }] });

export const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['as the module makes it', () => group('a'), 'pass'],
  ['nothing there', () => {}, 'not-applicable'],
  ['a container that is no server', () => group('a', { tags: {}, identity: undefined, subnets: [] }), 'not-applicable'],
  [
    'untagged `mcp/filesystem`',
    () => group('a', { tags: {}, identity: undefined, subnets: [], container: { image: 'mcp/filesystem' } }),
    'fail: no-own-identity a',
  ],
  [
    'an untagged server’s image in an init container',
    () => group('a', { tags: {}, identity: undefined, init: { image: 'mcp/filesystem' } }),
    'fail: no-own-identity a',
  ],
  ['SystemAssigned', () => group('a', { identity: 'SystemAssigned' }), 'fail: no-own-identity a'],
  ['SystemAssigned besides', () => group('a', { identity: 'SystemAssigned, UserAssigned' }), 'pass'],
  [
    'a tag that says no is a server all the same',
    () => group('a', { tags: { mcpSERVER: 'no' }, subnets: [] }),
    'fail: no-subnet a',
  ],
  ['second, foreign subnet', () => group('a', { subnets: [MCP_SUBNET, FOREIGN] }), 'fail: other-subnet a'],
  ['the subnet in another case', () => group('a', { subnets: [MCP_SUBNET.toUpperCase()] }), 'pass'],
  ['without a subnet', () => group('a', { subnets: [], address: undefined }), 'fail: no-subnet a'],
  ['with a public address', () => group('a', { address: { type: 'Public', ip: '20.1.2.3' } }), 'fail: public a'],
  [
    'a subnet that is delegated to nobody',
    () => [group('a'), delegated('Microsoft.Web/serverFarms', MCP_SUBNET)],
    'fail: not-delegated a',
  ],
  ['a token in a variable', () => group('a', { container: variable(TOKEN) }), 'fail: plain-credential a'],
  [
    'a token on the command line',
    () => group('a', { container: { command: ['server', '--token', TOKEN] } }),
    'fail: plain-credential a',
  ],
  [
    'a token in an init container',
    () => group('a', { init: { image: 'busybox', ...variable(TOKEN) } }),
    'fail: plain-credential a',
  ],
  [
    'a token in what asks whether it lives',
    () => group('a', { container: { livenessProbe: { exec: { command: ['curl', '-H', `X-Token: ${TOKEN}`] } } } }),
    'fail: plain-credential a',
  ],
  [
    'a token in the address of a volume’s repository',
    () =>
      group('a', { volumes: [{ name: 'v', gitRepo: { repository: `https://x:${TOKEN}@github.com/northwind/docs` } }] }),
    'fail: plain-credential a',
  ],
  [
    'a secure variable is not told',
    () => group('a', { container: { environmentVariables: [{ name: 'KEY', value: null }] } }),
    'pass',
  ],
  ['AKS', () => program('Microsoft.ContainerService/managedClusters', 'aks', {}), 'unknown: unreadable'],
  [
    'AKS beside a server that fails',
    () => [program('Microsoft.ContainerService/managedClusters', 'aks', {}), group('a', { subnets: [] })],
    'fail: no-subnet a',
  ],
  [
    'a web app, whose settings nobody reads',
    () =>
      program('Microsoft.Web/sites', 'w', {
        publicNetworkAccess: 'Disabled',
        virtualNetworkSubnetId: MCP_SUBNET,
        siteConfig: null,
      }),
    'fail: not-delegated w',
  ],
  [
    'a container app with an environment of the platform’s',
    () => containerApp({}, { configuration: { ingress: { external: true, fqdn: 'ca.example' } } }),
    'fail: public ca',
  ],
  [
    'a container app in a foreign subnet',
    () => containerApp({ infrastructureSubnetId: FOREIGN, internal: true }),
    'fail: other-subnet ca',
  ],
];
