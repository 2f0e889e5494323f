import { refusal } from '../../../local/tenant/arm/alerts/activity-log.ts';
import { assignPolicy, MCP_SUBNET } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { actionGroup, RELEASED_RULES, releasedRule } from '../../../local/tenant/arm/seeds/released-rules.ts';
import { hourText, seedGatewayLog } from '../../../local/tenant/arm/seeds/seed-alerts.ts';
import type { CaseStudy } from '../../../local/tenant/case-study.ts';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { makeRepository } from '../../../local/tenant/github/state/state-repository.ts';
import { gatewayRowsOf } from '../../../local/tenant/logs/seed.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { gatewayOf } from './gateway.ts';
import { assign, deployGatewayApps, PIPELINE, role, SECRETS } from './gateway-firm.ts';
import { seedLocalNetwork } from './local-network.ts';
import { deployReleasedGateway } from './released-gateway.ts';

type States = CaseStudy['states'];
const { platform } = WORLD.subscriptions;
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const SERVERS = `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod/providers/Microsoft.ContainerInstance/containerGroups`;

/** A host of the firm's, and the settings by which servers on workstations are looked for. */
export const WORKSTATIONS = { WORKSTATION_HUNTING: 'on', SHARED_HOSTS: 'crm.northwind-capital.example' } as const;

/** The settings of a firm whose platform is deployed, as they stand in the environment. */
export const deployedSettings = (gatewayUrl: string): Readonly<Record<string, string>> => ({
  GATEWAY_URL: gatewayUrl,
  GATEWAY_AUDIENCES: [WORLD.gateway.appId, 'api://mcp-gateway', SECRETS.appId].join(','),
  APPLICATION_ONLY_SERVERS: `secrets=${SECRETS.appId}`,
  WRITING_CLIENT_IDS: WORLD.clients.claudeCode.appId,
});

function container(name: string, of: object, more: object = {}) {
  return {
    ...{ id: `${SERVERS}/${name}`, subscriptionId: platform, name, ...more },
    properties: { ...of },
  };
}

/**
 * The firm six weeks after Claude Code came, when each developer looked after MCP alone: servers at the root of a file
 * system without an identity, two with somebody's own key, and nine on laptops; the gateway in front of
 * some of it sends nothing to the log, and nobody is told of anything.
 */
export function beforeTheRemediation({ arm, entra, logs }: States, token: string, now: Date): void {
  for (const each of [arm.policyObjects, arm.containerGroups, arm.monitoring, arm.alerts]) each.clear();
  for (const name of ['aci-files-1', 'aci-files-2', 'aci-files-3']) {
    arm.containerGroups.add(
      container(name, {
        ipAddress: { type: 'Public', ip: '203.0.113.7' },
        containers: [{ name: 'server', properties: { image: 'mcp/filesystem:latest', command: ['/'] } }],
      }),
    );
  }
  for (const name of ['aci-secrets-1', 'aci-secrets-2']) {
    const environmentVariables = [{ name: 'API_KEY', value: token }];
    arm.containerGroups.add(
      container(
        name,
        { containers: [{ name: 'server', properties: { image: 'mcp/secrets:1', environmentVariables } }] },
        { identity: { type: 'UserAssigned' } },
      ),
    );
  }
  logs.rows.length = 0;
  for (const n of Array.from({ length: 9 }, (_, index) => index + 1)) laptop(entra, n, now);
}

/** A laptop that Defender knows, on which a server reaches a host that the firm shares. */
function laptop({ devices, defender: { tables } }: States['entra'], n: number, now: Date, serves = true): void {
  const [name, deviceId] = [`LAPTOP-${n}`, seededGuid(`laptop ${n}`)];
  const at = new Date(now.getTime() - DAY_MS);
  devices.add({
    ...{ id: seededGuid(`object ${n}`), deviceId, displayName: name, accountEnabled: true, operatingSystem: 'Windows' },
    approximateLastSignInDateTime: at.toISOString(),
  });
  tables.DeviceInfo.push({
    ...{ Timestamp: at, DeviceId: `d-${n}`, DeviceName: name, AadDeviceId: deviceId },
    ...{ OnboardingStatus: 'Onboarded', DeviceType: 'Workstation', OSPlatform: 'Windows11' },
  });
  if (!serves) return;
  const text = `npx -y @modelcontextprotocol/server-postgres postgresql://crm.northwind-capital.example/${n}`;
  tables.DeviceNetworkEvents.push({
    ...{ Timestamp: at, DeviceId: `d-${n}`, ActionType: 'ConnectionSuccess', InitiatingProcessCommandLine: text },
    ...{ RemoteIP: '10.2.0.9', RemoteUrl: WORKSTATIONS.SHARED_HOSTS },
  });
}

/** What the platform's Terraform makes of it, thirty days on. `heavy`: who read documents in bulk, and when. */
export async function afterTheRemediation(
  states: States,
  heavy: { readonly caller: string; readonly upn: string; readonly crossedAt: Date },
  now: Date,
): Promise<void> {
  const { arm, entra, logs } = states;
  for (const each of [arm.policyObjects, arm.containerGroups, arm.monitoring, arm.alerts, entra.devices]) each.clear();
  for (const rows of Object.values(entra.defender.tables)) rows.length = 0;
  for (const n of [1, 2]) laptop(entra, n, now, false);
  deployGatewayApps(entra);
  pipeline(states);
  await deployReleasedGateway(gatewayOf(arm), {
    audiences: [WORLD.gateway.appId, 'api://mcp-gateway'],
    secrets_audience: SECRETS.appId,
    mcp_servers: {
      filesystem: { backend_url: 'http://127.0.0.1:1' },
      secrets: { backend_url: 'http://127.0.0.2:1', secrets: true },
    },
  });
  seedGatewayLog(arm);
  seedLocalNetwork(arm);
  server(states, 'aci-mcp-filesystem', '127.0.0.1');
  server(states, 'aci-mcp-secrets', '127.0.0.2');
  // From above the subscriptions, so that whichever comes next has it.
  const scope = '/providers/Microsoft.Management/managementGroups/mg-platform';
  const { assignment } = assignPolicy(arm, 'mcp-managed-identity', { effect: 'Deny' }, { scope });
  assignPolicy(arm, 'mcp-approved-subnet', { effect: 'Deny', approvedSubnetIds: [MCP_SUBNET] }, { scope });
  for (const n of [1, 2, 3]) {
    const about = {
      subscriptionId: platform,
      caller: `dev-${n}@${WORLD.domain}`,
      resourceId: `${SERVERS}/aci-own-${n}`,
    };
    const at = new Date(now.getTime() - n * HOUR_MS);
    arm.events.push(refusal({ ...about, at, correlationId: seededGuid(`refused ${n}`) }, [{ assignment }]));
  }
  for (const rule of RELEASED_RULES) arm.monitoring.add(releasedRule(rule));
  arm.monitoring.add(actionGroup());
  const { caller, upn, crossedAt } = heavy;
  const hour = new Date(Math.floor(crossedAt.getTime() / HOUR_MS) * HOUR_MS);
  arm.alerts.add({
    ...{ id: seededGuid('the alert'), ruleId: releasedRule('file-system-volume').id, suppressed: false },
    startedAt: new Date(crossedAt.getTime() + 38 * 60_000),
    dimensions: { caller, upn, hour: hourText(hour) },
  });
  logs.gatewayRows.splice(0, logs.gatewayRows.length, ...gatewayRowsOf(logs.rows, now));
}

function server({ arm }: States, name: string, ip: string): void {
  arm.containerGroups.add(
    container(
      name,
      {
        ipAddress: { type: 'Private', ip, ports: [{ port: 1, protocol: 'TCP' }] },
        subnetIds: [{ id: MCP_SUBNET }],
        containers: [{ name: 'server', properties: { image: 'crmcp.azurecr.io/mcp@sha256:0' } }],
      },
      { tags: { MCPServer: 'true' }, identity: { type: 'UserAssigned' } },
    ),
  );
}

/** A pipeline that signs in by what GitHub says of one protected branch. */
function pipeline({ entra, github }: States): void {
  const { organisation } = WORLD.github;
  const shop = github.repositories.add(makeRepository(organisation, 'shop', 880_901));
  shop.rules.set('main', [{ type: 'pull_request', rulesetId: 1 }]);
  entra.federatedCredentials.add({
    ...{ id: 'main', name: 'main', applicationId: seededGuid(`registration ${PIPELINE.appId}`), description: null },
    issuer: 'https://token.actions.githubusercontent.com',
    audiences: ['api://AzureADTokenExchange'],
    subject: `repo:${organisation}/shop:ref:refs/heads/main`,
    claimsMatchingExpression: null,
  });
}

/** Lets somebody in who may use the gateway. */
export function letIn({ entra }: States, oid: string): void {
  assign(entra, oid, WORLD.gateway.servicePrincipalId, role('mcp.developer').value, 'User');
}
