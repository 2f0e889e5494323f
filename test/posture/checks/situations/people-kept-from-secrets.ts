import { seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { emptyEntra } from '../../../../local/tenant/entra/state/state.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { seedContext } from '../../../support/seed-context.ts';
import {
  GROUP_ID,
  policy,
  publish,
  publishSecrets,
  role,
  SECRETS,
  scope,
  shouted,
} from '../../support/gateway-firm.ts';

export const [entra, arm] = [emptyEntra(), seedArm(seedContext())];

const ruled = (more: Parameters<typeof policy>[0]) => () => {
  entra.conditionalAccess.clear();
  entra.conditionalAccess.add(policy(more));
};
export const secretsRole = role('mcp.tools.secrets', 'Application');

export const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['as the module makes it', () => {}, 'pass'],
  ['report-only', ruled({ state: 'enabledForReportingButNotEnforced' }), 'fail: policy-not-enforced conditionalAccess'],
  ['a policy that is off', ruled({ state: 'disabled' }), 'fail: policy-not-enforced conditionalAccess'],
  ['group excluded', ruled({ conditions: { users: { excludeGroups: [GROUP_ID] } } }), 'unknown: unreadable'],
  [
    'platform Windows',
    ruled({ conditions: { platforms: { includePlatforms: ['windows'], excludePlatforms: [] } } }),
    'fail: policy-narrowed conditionalAccess',
  ],
  [
    'every platform but one',
    ruled({ conditions: { platforms: { includePlatforms: ['all'], excludePlatforms: ['linux'] } } }),
    'fail: policy-narrowed conditionalAccess',
  ],
  [
    'trusted locations left out',
    ruled({ conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } }),
    'fail: policy-narrowed conditionalAccess',
  ],
  [
    'all platforms and locations are no condition',
    ruled({
      conditions: {
        platforms: { includePlatforms: ['all'], excludePlatforms: [] },
        locations: { includeLocations: ['All'], excludeLocations: [] },
      },
    }),
    'pass',
  ],
  ['browsers only', ruled({ conditions: { clientAppTypes: ['browser'] } }), 'fail: policy-narrowed conditionalAccess'],
  [
    'a filter for devices',
    ruled({ conditions: { devices: { deviceFilter: { mode: 'exclude', rule: 'device.isCompliant -eq True' } } } }),
    'fail: policy-narrowed conditionalAccess',
  ],
  [
    'risky sign-ins only',
    ruled({ conditions: { signInRiskLevels: ['high'] } }),
    'fail: policy-narrowed conditionalAccess',
  ],
  ['risky users only', ruled({ conditions: { userRiskLevels: ['high'] } }), 'fail: policy-narrowed conditionalAccess'],
  [
    'device code alone',
    ruled({ conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } } }),
    'fail: policy-narrowed conditionalAccess',
  ],
  [
    'applications by a filter',
    ruled({
      conditions: { applications: { applicationFilter: { mode: 'include', rule: 'CustomSecurityAttribute.a -eq 1' } } },
    }),
    'fail: policy-narrowed conditionalAccess',
  ],
  [
    'a condition that nobody knows yet',
    ruled({ conditions: { moonPhases: ['full'] } as object }),
    'unknown: unreadable',
  ],
  [
    'some users only',
    ruled({ conditions: { users: { includeUsers: [], includeGroups: [GROUP_ID] } } }),
    'fail: policy-not-everybody conditionalAccess',
  ],
  [
    'a break-glass account left out',
    ruled({ conditions: { users: { excludeUsers: [shouted(WORLD.breakGlass.oid)] } } }),
    'pass',
  ],
  [
    'somebody else left out',
    ruled({ conditions: { users: { excludeUsers: [WORLD.breakGlass.oid, WORLD.operator.oid] } } }),
    'fail: policy-exclusion conditionalAccess',
  ],
  [
    'guests left out',
    ruled({ conditions: { users: { excludeUsers: ['GuestsOrExternalUsers'] } } }),
    'fail: policy-exclusion conditionalAccess',
  ],
  [
    'guests left out in the newer way',
    ruled({
      conditions: {
        users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest', externalTenants: null } },
      },
    }),
    'fail: policy-exclusion conditionalAccess',
  ],
  [
    'a role left out',
    ruled({ conditions: { users: { excludeRoles: ['62e90394-69f5-4237-9190-012177145e10'] } } }),
    'fail: policy-exclusion conditionalAccess',
  ],
  [
    'it asks for a second factor, and blocks nobody',
    ruled({ grantControls: { operator: 'OR', builtInControls: ['mfa'] } }),
    'fail: policy-missing conditionalAccess',
  ],
  [
    'it is for another application',
    ruled({ conditions: { applications: { includeApplications: ['Office365'] } } }),
    'fail: policy-missing conditionalAccess',
  ],
  ['it is for all applications', ruled({ conditions: { applications: { includeApplications: ['All'] } } }), 'pass'],
  [
    'it is for all applications but this one',
    ruled({
      conditions: { applications: { includeApplications: ['All'], excludeApplications: [shouted(SECRETS.appId)] } },
    }),
    'fail: policy-missing conditionalAccess',
  ],
  [
    'ids in capitals',
    () => {
      ruled({ conditions: { applications: { includeApplications: [shouted(SECRETS.appId)] } } })();
      entra.servicePrincipals.patch(SECRETS.principalId, { appId: shouted(SECRETS.appId) });
    },
    'pass',
  ],
  [
    'a narrow policy beside the right one',
    () => void entra.conditionalAccess.add(policy({ id: 'a', state: 'disabled' })),
    'pass',
  ],
  [
    'the secrets application has a scope',
    () => publishSecrets(entra, [secretsRole], [scope('read')]),
    'fail: delegated-scope read',
  ],
  [
    'the role is open to people',
    () => publishSecrets(entra, [role('mcp.tools.secrets', 'User', 'Application')]),
    'fail: role-for-people mcp.tools.secrets',
  ],
  [
    'assignment is not required',
    () => void entra.servicePrincipals.patch(SECRETS.principalId, { appRoleAssignmentRequired: false }),
    `fail: assignment-not-required ${SECRETS.principalId}`,
  ],
  [
    'mcp.tools.secrets is a scope of the gateway',
    () => publish(entra, { scopes: [scope('MCP.Tools.Secrets')], appRoles: [] }),
    `fail: secrets-elsewhere ${WORLD.gateway.appId}`,
  ],
  ['no service principal', () => void entra.servicePrincipals.delete(SECRETS.principalId), 'unknown: no-data'],
];
