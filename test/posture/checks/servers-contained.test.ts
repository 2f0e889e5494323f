import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { MCP_SUBNET, seedNetwork } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { judgeServers, serversContained } from '../../../src/posture/checks/servers-contained.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { network } from '../../../src/posture/readings/network.ts';
import { type ServerHost, servers } from '../../../src/posture/readings/servers/servers.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { gatewayOf, policy, TO_SERVER } from '../support/gateway.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';

const context = seedContext();
const arm = seedArm(context);
const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const gateway = gatewayOf(arm);
const { platform } = WORLD.subscriptions;
const GROUP = `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod`;
const RG = `${GROUP}/providers`;
const FOREIGN = MCP_SUBNET.replace('snet-mcp-servers', 'snet-developers');
const TOKEN = context.mint.mint('github-classic');

beforeEach(() => {
  for (const kind of ['containerGroups', 'programs', 'networkObjects'] as const) arm[kind].clear();
  seedNetwork(arm);
  gateway.clear();
  arm.resourcePageSize = 100;
});

const outcome = async (APPROVED_SUBNET_IDS = [MCP_SUBNET]): Promise<string> =>
  told(await checked(app, serversContained, { APPROVED_SUBNET_IDS }));

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
function group(name: string, more: Group = {}): void {
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
function program(type: string, name: string, properties: Record<string, unknown>): void {
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
function containerApp(
  environment: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>> = {},
): void {
  const environmentId = `${RG}/Microsoft.App/managedEnvironments/cae`;
  program('Microsoft.App/managedEnvironments', 'cae', { vnetConfiguration: environment });
  program('Microsoft.App/containerApps', 'ca', { environmentId: environmentId.toUpperCase(), ...properties });
}
const delegated = (serviceName: string, id = FOREIGN): void => {
  arm.networkObjects.add({ id, properties: { delegations: [{ name: 'd', properties: { serviceName } }] } });
};
const variable = (value: string) => ({ environmentVariables: [{ name: 'GITHUB_TOKEN', value }] });

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
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
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('a container app in an approved subnet of its own kind passes, a web app never does', async () => {
  containerApp({ infrastructureSubnetId: FOREIGN, internal: true });
  delegated('Microsoft.App/environments');
  assert.equal(await outcome([MCP_SUBNET, FOREIGN]), 'pass');
  arm.programs.clear();
  program('Microsoft.Web/sites', 'w', { publicNetworkAccess: 'Disabled', virtualNetworkSubnetId: FOREIGN });
  delegated('Microsoft.Web/serverFarms');
  assert.equal(await outcome([MCP_SUBNET, FOREIGN]), 'unknown: unreadable');
});

test('the environment of a container app is not read, or is nowhere: nobody can say in which network it is', async () => {
  containerApp({ infrastructureSubnetId: MCP_SUBNET, internal: true });
  await throttled(app, /managedEnvironments/i, async () => {
    assert.equal(await outcome(), 'unknown: throttled');
  });
  arm.programs.delete(`${RG}/Microsoft.App/managedEnvironments/cae`);
  assert.equal(await outcome(), 'unknown: unreadable');
});

test('the firm names no subnet: nobody can say where servers belong, and what is public fails', async () => {
  group('a');
  assert.equal(await outcome([]), 'unknown: not-configured');
  group('b', { address: { type: 'Public', ip: '20.1.2.3' } });
  assert.equal(await outcome([]), 'fail: public b');
});

test('all that is wrong with a server stands in one entry, and no value of a variable', async () => {
  group('a', { identity: undefined, subnets: [FOREIGN], container: variable(TOKEN) });
  const said = await checked(app, serversContained);
  const [only] = said.failures;
  assert.equal(said.failures.length, 1);
  assert.match(only?.says ?? '', /identity None .*; it has a token in plain sight .*; it is in the subnet/);
  assert.doesNotMatch(JSON.stringify(said), new RegExp(TOKEN));
});

test('how many secure variables nobody can read is told', async () => {
  group('a', {
    container: {
      environmentVariables: [
        { name: 'KEY', value: null },
        { name: 'ROOT', value: '/data' },
      ],
    },
  });
  const { shows } = await checked(app, serversContained);
  assert.deepEqual(shows, { servers: 1, clusters: 0, secure_variables_not_readable: 1 });
});

test('the only offender is on the second page', async () => {
  arm.resourcePageSize = 2;
  for (const name of ['a', 'b']) group(name);
  group('c', { identity: undefined });
  assert.equal(await outcome(), 'fail: no-own-identity c');
});

test('the list is cut off after an offender: it fails all the same', async () => {
  arm.resourcePageSize = 1;
  group('a', { identity: undefined });
  group('b');
  await throttled(app, /containerGroups.*skipToken/i, async () => {
    assert.equal(await outcome(), 'fail: no-own-identity a');
  });
});

for (const path of [/containerGroups/i, /managedEnvironments/i, /subnets/i, /networkSecurityGroups/i]) {
  test(`throttled to the end at ${path.source}: nobody can say`, async () => {
    group('a');
    await throttled(app, path, async () => {
      assert.equal(await outcome(), 'unknown: throttled');
    });
  });
}

withoutEach(app, [servers, network, gatewayApis], async (action) => {
  group('a');
  gateway.whole('http://10.40.0.4:8080');
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

const host = (kind: ServerHost['kind'], addresses: string[]): ServerHost => ({
  kind,
  id: `${RG}/x/${kind}`,
  name: kind,
  tags: {},
  identity: 'UserAssigned',
  images: [],
  subnets: [MCP_SUBNET.toLowerCase()],
  addresses,
  isPublic: false,
  tokens: [],
  secureVariables: [],
});
const behind = (hosts: readonly ServerHost[], address: string, complete = true) => {
  const { findings, doubts } = judgeServers({ hosts: [...hosts], complete }, [], { addresses: [address], untold: [] });
  return [...findings, ...doubts].map(({ reason }) => reason);
};

test('what the gateway forwards to is somebody’s, or fails; a name may lead anywhere', () => {
  assert.deepEqual(behind([host('container-group', ['10.40.0.4'])], '10.40.0.4'), []);
  assert.deepEqual(behind([host('container-group', ['10.40.0.4'])], '10.40.0.9'), ['backend-of-nobody']);
  assert.deepEqual(behind([host('container-group', ['10.40.0.4'])], 'files.mcp.internal'), ['unreadable']);
  assert.deepEqual(behind([host('aks', [])], '10.40.0.9'), ['unreadable', 'unreadable']);
  // That the list is not whole is a gap of the reading.
  assert.deepEqual(behind([], '10.40.0.9', false), []);
});

test('a container of a web app whose image Azure does not tell may be a server', async () => {
  const row = { id: `${RG}/Microsoft.Web/sites/w`, subscriptionId: platform, name: 'w', kind: 'app,linux,container' };
  arm.programs.add({ ...row, properties: { siteConfig: null } });
  assert.equal(await outcome(), 'unknown: unreadable');
  arm.programs.add({ ...row, properties: { siteConfig: { linuxFxVersion: 'DOCKER|nginx:1' } } });
  assert.equal(await outcome(), 'not-applicable');
});

test('what only the gateway takes for a server is one: by the address behind an API that leads to MCP servers', async () => {
  group('a', { tags: {}, identity: undefined });
  assert.equal(await outcome(), 'not-applicable');
  gateway.whole('http://10.40.0.4:8080');
  assert.equal(await outcome(), 'fail: no-own-identity a');
  gateway.backend('mcp-server', 'http://10.40.0.77:8080');
  assert.equal(await outcome(), 'fail: backend-of-nobody 10.40.0.77');
  gateway.put('backends/mcp-server', { type: 'Pool', pool: { services: [] } });
  assert.equal(await outcome(), 'unknown: unreadable');
  gateway.setPolicy('apis/a', policy(TO_SERVER, { onError: '<include-fragment fragment-id="none" />' }));
  assert.equal(await outcome(), 'unknown: unreadable');
});
