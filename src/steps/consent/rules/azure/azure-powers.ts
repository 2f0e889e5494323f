/** What a role gives, as far as it is asked for. */
export interface GivenByRole {
  gives(action: string): boolean;
  givesData(action: string): boolean;
}

/** `undo`: lets the leaver, or anybody, past the denial. `read`: shows what the servers read, or the audit. */
type Means = 'undo' | 'read';

interface Power {
  readonly action: string;
  readonly data?: true;
  readonly means: Means;
  /** Completes “With it one can …”. */
  readonly what: string;
}

/**
 * What somebody could do with the platform by an Azure role. Actions with `data` are of the data plane.
 * Source: learn.microsoft.com/azure/role-based-access-control/resource-provider-operations
 */
const POWERS: readonly Power[] = [
  power('undo', 'Microsoft.ApiManagement/service/namedValues/write', 'take people off the gateway’s deny list'),
  power('undo', 'Microsoft.ApiManagement/service/policies/write', 'change the gateway’s policies'),
  power('undo', 'Microsoft.ApiManagement/service/apis/policies/write', 'change the policies of its APIs'),
  power('read', 'Microsoft.ApiManagement/service/subscriptions/listSecrets/action', 'read its subscription keys'),
  power('read', 'Microsoft.ApiManagement/service/namedValues/listValue/action', 'read its secret named values'),
  power('read', 'Microsoft.ApiManagement/service/namedValues/read', 'read its named values'),
  power('undo', 'Microsoft.Authorization/roleAssignments/write', 'give roles to anybody'),
  power('undo', 'Microsoft.KeyVault/vaults/accessPolicies/write', 'let anybody into vaults'),
  power('undo', 'Microsoft.KeyVault/vaults/write', 'change vaults and whom they let in'),
  data('read', 'Microsoft.KeyVault/vaults/secrets/getSecret/action', 'read secrets'),
  data('undo', 'Microsoft.KeyVault/vaults/keys/sign/action', 'sign with the keys of vaults'),
  power('undo', 'Microsoft.Storage/storageAccounts/listKeys/action', 'read the keys of storage accounts'),
  data(
    'undo',
    'Microsoft.Storage/storageAccounts/tableServices/tables/entities/write',
    'change tables, that of the denied among them',
  ),
  data('read', 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', 'read blobs'),
  data('read', 'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read', 'read file shares'),
  power('undo', 'Microsoft.ContainerInstance/containerGroups/write', 'replace the servers’ containers'),
  power('undo', 'Microsoft.ContainerInstance/containerGroups/containers/exec/action', 'run commands in them'),
  power('read', 'Microsoft.ContainerInstance/containerGroups/read', 'read their environment'),
  power('undo', 'Microsoft.ContainerRegistry/registries/push/write', 'replace the servers’ images'),
  power('undo', 'Microsoft.ContainerRegistry/registries/listCredentials/action', 'read the passwords of registries'),
  power('undo', 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', 'act as managed identities'),
  power(
    'undo',
    'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    'let others act as managed identities',
  ),
  power('undo', 'Microsoft.Web/sites/publish/action', 'replace the code of apps'),
  power('undo', 'Microsoft.Web/sites/config/write', 'change the settings of apps'),
  power('read', 'Microsoft.Web/sites/config/list/action', 'read the settings of apps'),
  power('read', 'Microsoft.EventHub/namespaces/authorizationRules/listkeys/action', 'read the keys of event hubs'),
  power('undo', 'Microsoft.OperationalInsights/workspaces/write', 'change the audit log’s workspace'),
  power('read', 'Microsoft.OperationalInsights/workspaces/query/read', 'read the audit log'),
];

function power(means: Means, action: string, what: string): Power {
  return { action, means, what };
}

function data(means: Means, action: string, what: string): Power {
  return { action, data: true, means, what };
}

/** What a role at a scope lets its holder do here; nothing where it is about something else. */
export interface Powers {
  readonly undo: readonly string[];
  readonly read: readonly string[];
}

/** What this role gives at this scope. On a single resource only what is about resources of its type counts. */
export function powersOf(role: GivenByRole, scope: string): Powers {
  const type = resourceTypeOf(scope);
  const given = POWERS.filter(
    ({ action, data: isData }) =>
      isAbout(action, type) && (isData === true ? role.givesData(action) : role.gives(action)),
  );
  const of = (means: Means): string[] => given.filter((each) => each.means === means).map(({ what }) => what);
  return { undo: of('undo'), read: of('read') };
}

function isAbout(action: string, type: string | undefined): boolean {
  const lower = action.toLowerCase();
  // Who may give roles on a resource may give all of them.
  return type === undefined || lower.startsWith(`${type}/`) || lower.startsWith('microsoft.authorization/');
}

/** `microsoft.keyvault/vaults` of a scope that is one resource or lies in one; undefined for a group or a subscription. */
function resourceTypeOf(scope: string): string | undefined {
  const parts = scope.toLowerCase().split('/');
  const at = parts.indexOf('resourcegroups');
  const provider = at < 0 ? -1 : parts.indexOf('providers', at);
  const [namespace, type] = provider < 0 ? [] : parts.slice(provider + 1);
  return namespace === undefined || type === undefined ? undefined : `${namespace}/${type}`;
}
