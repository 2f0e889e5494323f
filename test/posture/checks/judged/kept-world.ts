import { peopleKeptFromSecrets } from '../../../../src/posture/checks/people-kept-from-secrets.ts';
import type { AccessPolicy } from '../../../../src/posture/readings/conditional-access.ts';
import type { GatewayApp, Right } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

export const right = (more: Partial<Right> = {}): Right => ({
  ...{ kind: 'role', id: 'r1', value: 'mcp.tools.secrets', for: ['application'], enabled: true, ...more },
});
export const app = (more: Partial<GatewayApp> = {}): GatewayApp => ({
  ...{ appId: 'vault-app', name: 'Secrets', registration: 'reg', audiences: [], rights: [right()], preAuthorized: [] },
  ...{ principal: { objectId: 'sp', assignmentRequired: true }, assigned: [], forEverybody: [], ...more },
});
export const gateway = app({
  appId: 'gateway',
  name: 'MCP gateway',
  rights: [right({ id: 'r2', value: 'mcp.tools.read' })],
});
export const policy = (more: Partial<AccessPolicy> = {}): AccessPolicy => ({
  ...{
    id: 'p1',
    name: 'Keep out',
    state: 'enabled',
    blocks: true,
    everybody: true,
    apps: ['vault-app'],
    exceptApps: [],
  },
  ...{ narrowedBy: [], notUnderstood: [], exceptUsers: [], exceptGroups: [], exceptRoles: [], exceptGuests: false },
  ...more,
});
export const VAULT = { server: 'vault', appId: 'vault-app' };
export interface Firm {
  readonly apps?: readonly GatewayApp[];
  readonly policies?: readonly AccessPolicy[];
  readonly servers?: readonly (typeof VAULT)[];
  readonly whole?: boolean;
  readonly allPolicies?: boolean;
}
export const judge = ({
  apps = [gateway, app()],
  policies = [policy()],
  servers = [VAULT],
  whole = true,
  allPolicies = true,
}: Firm) =>
  peopleKeptFromSecrets.judge(
    {
      gatewayApps: { whole, apps: [...apps], clients: {}, holders: [] },
      conditionalAccess: { whole: allPolicies, policies: [...policies] },
      gateway: { apis: [], backends: [] },
    },
    {
      at: '2026-11-23T04:10:00.000Z',
      settings: {
        ...NO_SETTINGS,
        GATEWAY_APP_ID: 'gateway',
        APPLICATION_ONLY_SERVERS: servers,
        PROTECTED_OIDS: ['glass'],
      },
    },
  );
export const told = (firm: Firm) => {
  const { findings, doubts } = judge(firm);
  return [
    ...findings.map(({ reason, resource }) => `${reason} ${resource}`),
    ...doubts.map(({ reason, resource }) => `${reason} ${resource}`),
  ];
};
export const CA = 'identity/conditionalAccess/policies v1.0';
