import type { AzureScope, PermissionIdentity, PermissionRow } from '../permission.ts';

const OPERATIONS = 'learn.microsoft.com/azure/role-based-access-control/permissions';
const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const CREDENTIAL = `${IDENTITY}/federatedIdentityCredentials`;
const NAMED_VALUES = 'Microsoft.ApiManagement/service/namedValues';
const OPERATION_RESULTS = 'Microsoft.ApiManagement/service/tenant/operationResults/read';
/** Tells the caller which actions it may take itself; without it, only trying would tell. */
export const OWN_PERMISSIONS = 'Microsoft.Authorization/permissions/read';

function action(
  identity: PermissionIdentity,
  scope: AzureScope,
  name: string,
  row: Pick<PermissionRow, 'why' | 'source' | 'duties' | 'risk' | 'tier0'>,
): PermissionRow {
  const role = `${identity}-${ROLES[scope]}`;
  return {
    id: `${identity}/azure/${scope}/${name}`,
    system: 'azure',
    identity,
    grant: { kind: 'azure-action', action: name, scope, role },
    ...row,
  };
}

/** Custom roles are named after what they are about. */
const ROLES: Readonly<Record<AzureScope, string>> = {
  subscriptions: 'identities',
  gateway: 'gateway',
  'deny-list': 'deny-list',
  workspace: 'audit-table',
  key: 'github-key',
  storage: 'storage',
  'event-hub': 'tool-calls',
  'data-collection-rule': 'audit-rows',
  'application-insights': 'telemetry',
  'webhook-secret': 'webhook',
};

/** Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is. */
const TELLS_WHETHER_ALL = action('reader', 'subscriptions', OWN_PERMISSIONS, {
  why: 'Tells whether the list of managed identities is all there is: Azure leaves out of it what the identity may not read. The doctor asks the same.',
  source: 'learn.microsoft.com/rest/api/authorization/permissions',
  duties: ['the doctor’s look at Azure roles'],
});

function doctor(identity: PermissionIdentity, scope: AzureScope): PermissionRow {
  return action(identity, scope, OWN_PERMISSIONS, {
    why: 'Lets the doctor ask Azure which actions the identity may take, instead of trying them.',
    source: 'learn.microsoft.com/rest/api/authorization/permissions',
    duties: ['the doctor’s look at Azure roles'],
  });
}

/** Actions in Azure Resource Manager, granted by custom roles: the built-in ones that contain them also create. */
export const AZURE_PERMISSIONS: readonly PermissionRow[] = [
  action('reader', 'subscriptions', `${IDENTITY}/read`, {
    why: 'Lists the managed identities of the subscriptions that are searched.',
    source: `${OPERATIONS}/identity`,
  }),
  action('reader', 'subscriptions', `${CREDENTIAL}/read`, {
    why: 'Reads whom each managed identity trusts.',
    source: `${OPERATIONS}/identity`,
    duties: ['reading back which credentials are gone'],
  }),
  TELLS_WHETHER_ALL,
  action('reader', 'deny-list', `${NAMED_VALUES}/read`, {
    why: 'Reads the gateway’s deny list, to say whether the leaver is on it.',
    source: `${OPERATIONS}/integration`,
  }),
  doctor('reader', 'deny-list'),
  action('reader', 'workspace', 'Microsoft.OperationalInsights/workspaces/tables/read', {
    why: 'Reads how many days the audit table keeps: an audit over 90 days of a table that keeps 30 is none.',
    source: `${OPERATIONS}/monitor`,
  }),
  doctor('reader', 'workspace'),
  action('remover', 'subscriptions', `${CREDENTIAL}/delete`, {
    why: 'Deletes federated credentials that trust the leaver. The built-in Managed Identity Contributor would also let it add some.',
    source: `${OPERATIONS}/identity`,
    risk: 'It can stop any pipeline that signs in by federation.',
  }),
  doctor('remover', 'subscriptions'),
  action('remover', 'deny-list', `${NAMED_VALUES}/read`, {
    why: 'Reads the deny list with its ETag, so that two cases at once lose no entry.',
    source: `${OPERATIONS}/integration`,
  }),
  action('remover', 'deny-list', `${NAMED_VALUES}/write`, {
    why: 'Puts the leaver on the gateway’s deny list, which also refuses tokens that were issued before.',
    source: `${OPERATIONS}/integration`,
    risk: 'It can take people off the deny list; the app puts them back within five minutes, and says so.',
  }),
  action('remover', 'gateway', OPERATION_RESULTS, {
    why: 'Asks what became of a change of the deny list that Azure queued: its result stands at another address.',
    source: `${OPERATIONS}/integration`,
  }),
  doctor('remover', 'gateway'),
];

function sign(identity: 'reader' | 'remover'): PermissionRow {
  const name = 'Microsoft.KeyVault/vaults/keys/sign/action';
  return {
    id: `${identity}/key-vault/${name}`,
    system: 'key-vault',
    identity,
    grant: { kind: 'azure-data-action', action: name, scope: 'key', role: `${identity}-github-key` },
    why: 'Signs as the GitHub App; the key itself never leaves the vault. The built-in Key Vault Crypto User would also decrypt and unwrap.',
    source: 'learn.microsoft.com/azure/key-vault/general/rbac-guide',
    ...(identity === 'remover' ? { duties: ['the follow-up issue'] } : {}),
    risk: `It can act as the GitHub App with everything that the App is granted${identity === 'reader' ? ', writing included' : ''}.`,
  };
}

/** Data actions on the key of the GitHub App. */
export const KEY_VAULT_PERMISSIONS: readonly PermissionRow[] = [sign('reader'), sign('remover')];

/** Roles on the audit log. */
export const LOG_PERMISSIONS: readonly PermissionRow[] = [
  {
    id: 'reader/logs/Log Analytics Data Reader',
    system: 'logs',
    identity: 'reader',
    grant: {
      kind: 'azure-built-in-role',
      name: 'Log Analytics Data Reader',
      scope: 'workspace',
      role: 'reader-audit-log',
    },
    why: 'Queries the tool calls of the last 90 days. The one that reads the log must not be able to write it.',
    source: 'learn.microsoft.com/azure/azure-monitor/logs/manage-access',
  },
];
