import { grantRow } from '../../../local/tenant/entra/applications/grants.ts';
import { assignmentRow } from '../../../local/tenant/entra/applications/service-principals.ts';
import { ENTRA, seededGuid } from '../../../local/tenant/entra/directory.ts';
import type { ConditionalAccessRow, EntraState } from '../../../local/tenant/entra/state/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';

/** The secrets application, and the pipeline that holds a role on both. */
export const SECRETS = { appId: seededGuid('secrets app'), principalId: seededGuid('secrets principal') };
export const PIPELINE = { appId: seededGuid('pipeline app'), principalId: seededGuid('pipeline principal') };
const POLICY_ID = 'b0e05a1e-0000-4000-8000-0000000000c1';
/** How the firm is deployed: one server of secrets, one client that writes. */
export const DEPLOYED = {
  APPLICATION_ONLY_SERVERS: [{ server: 'vault', appId: SECRETS.appId }],
  WRITING_CLIENT_IDS: [WORLD.clients.claudeCode.appId],
};

const guid = (value: string): string => seededGuid(`right ${value}`);
export const role = (value: string, ...allowedMemberTypes: string[]) => ({
  id: guid(value),
  value,
  displayName: value,
  description: value,
  isEnabled: true,
  allowedMemberTypes,
});
export const scope = (value: string) => ({ id: guid(value), value, type: 'Admin' as const });

/** The applications as the module gateway-app makes them, and nothing else of the case study’s. */
export function deployGatewayApps(state: EntraState): void {
  for (const each of [state.applications, state.servicePrincipals, state.grants, state.assignments]) each.clear();
  state.conditionalAccess.clear();
  Object.assign(state.switches, { pageSize: 100, largestPage: 999 });
  const { gateway, clients } = WORLD;
  publish(state, { scopes: [scope('mcp.tools.read'), scope('mcp.tools.write')], appRoles: GATEWAY_ROLES });
  publishSecrets(state, [role('mcp.tools.secrets', 'Application')]);
  application(state, { ...PIPELINE, displayName: 'mcp-pipeline' });
  for (const { appId, servicePrincipalId, displayName } of Object.values(clients)) {
    const required = { appRoleAssignmentRequired: false, appRoles: [] };
    state.servicePrincipals.add({ id: servicePrincipalId, appId, displayName, ...required });
  }
  assign(state, PIPELINE.principalId, gateway.servicePrincipalId, 'mcp.tools.read.app');
  assign(state, PIPELINE.principalId, SECRETS.principalId, 'mcp.tools.secrets');
  state.conditionalAccess.add(policy());
}

const GATEWAY_ROLES = [
  role('mcp.tools.read.app', 'Application'),
  role('mcp.tools.write.app', 'Application'),
  role('mcp.tools.admin', 'Application'),
  role('mcp.developer', 'User'),
];

type Published = Pick<Parameters<EntraState['applications']['add']>[0], 'scopes'> & {
  readonly appRoles: ReturnType<typeof role>[];
};

/** The gateway’s application, with what it publishes. */
export function publish(state: EntraState, { scopes, appRoles }: Published): void {
  const { appId, applicationObjectId, servicePrincipalId } = WORLD.gateway;
  state.applications.add({
    ...{ id: applicationObjectId, appId, displayName: 'MCP gateway', tags: [], scopes, appRoles },
    identifierUris: ['api://mcp-gateway'],
    preAuthorized: [preAuthorised(WORLD.clients.claudeCode.appId, 'mcp.tools.read', 'mcp.tools.write')],
  });
  const principal = { id: servicePrincipalId, appId, displayName: 'MCP gateway', appRoles };
  state.servicePrincipals.add({ ...principal, appRoleAssignmentRequired: true });
}

export const preAuthorised = (appId: string, ...values: string[]) => ({
  appId,
  delegatedPermissionIds: values.map(guid),
});

/** The secrets application, with the roles that it publishes. */
export function publishSecrets(
  state: EntraState,
  appRoles: ReturnType<typeof role>[],
  scopes: Published['scopes'] = [],
): void {
  application(state, { ...SECRETS, displayName: 'MCP gateway secrets', appRoles, scopes, required: true });
}

export function application(
  state: EntraState,
  app: {
    readonly appId: string;
    readonly principalId: string;
    readonly displayName: string;
    readonly appRoles?: ReturnType<typeof role>[];
    readonly scopes?: Published['scopes'];
    readonly identifierUris?: readonly string[];
    readonly required?: boolean;
  },
): void {
  const { appId, principalId, displayName, appRoles = [], scopes = [], identifierUris = [], required = false } = app;
  const published = { appId, displayName, appRoles };
  state.applications.add({
    ...published,
    ...{ id: seededGuid(`registration ${appId}`), tags: [], scopes, identifierUris, preAuthorized: [] },
  });
  state.servicePrincipals.add({ ...published, id: principalId, appRoleAssignmentRequired: required });
}

export function assign(
  state: EntraState,
  principalId: string,
  resourceId: string,
  value: string,
  principalType: 'ServicePrincipal' | 'User' | 'Group' = 'ServicePrincipal',
): void {
  state.assignments.add(
    assignmentRow({
      ...{ appRoleId: guid(value), principalId, principalType, resourceId },
      createdDateTime: new Date(0).toISOString(),
      principalDisplayName: principalType,
      resourceDisplayName: 'MCP',
    }),
  );
}

/** A consent to the gateway; for everybody without a principal. */
export function consent(state: EntraState, text: string, principalId: string | null = null): void {
  const { gateway, clients } = WORLD;
  const [clientId, resourceId] = [clients.claudeCode.servicePrincipalId, gateway.servicePrincipalId];
  const consentType = principalId === null ? 'AllPrincipals' : 'Principal';
  state.grants.add(grantRow({ clientId, resourceId, principalId, consentType, scope: text }));
}

type Conditions = NonNullable<ConditionalAccessRow['conditions']>;

/** The module’s policy, as Graph tells it, with other conditions where a test says so. */
export function policy(
  more: Omit<Partial<ConditionalAccessRow>, 'conditions'> & { conditions?: Conditions } = {},
): ConditionalAccessRow {
  const { conditions = {}, ...rest } = more;
  return {
    id: POLICY_ID,
    displayName: 'Block people on MCP gateway secrets',
    state: 'enabled',
    sessionControls: null,
    ...rest,
    conditions: {
      clientAppTypes: ['all'],
      userRiskLevels: [],
      signInRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      platforms: null,
      locations: null,
      devices: null,
      clientApplications: null,
      authenticationFlows: null,
      ...conditions,
      applications: {
        includeApplications: [SECRETS.appId],
        excludeApplications: [],
        includeUserActions: [],
        includeAuthenticationContextClassReferences: [],
        applicationFilter: null,
        ...conditions.applications,
      },
      users: {
        includeUsers: ['All'],
        excludeUsers: [],
        includeGroups: [],
        excludeGroups: [],
        includeRoles: [],
        excludeRoles: [],
        includeGuestsOrExternalUsers: null,
        excludeGuestsOrExternalUsers: null,
        ...conditions.users,
      },
    },
    grantControls: rest.grantControls ?? {
      operator: 'OR',
      builtInControls: ['block'],
      customAuthenticationFactors: [],
      termsOfUse: [],
      authenticationStrength: null,
    },
  };
}

/** Ids in capitals, as portals and scripts write them at times. */
export const shouted = (id: string): string => id.toUpperCase();
export const GROUP_ID = ENTRA.group.id;
