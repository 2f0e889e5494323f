import type { AzureScope, PermissionIdentity, PermissionRow } from '../permission.ts';

const OPERATIONS = 'learn.microsoft.com/azure/role-based-access-control/permissions';
const IDENTITY = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const CREDENTIAL = `${IDENTITY}/federatedIdentityCredentials`;
const SERVICE = 'Microsoft.ApiManagement/service';
const NAMED_VALUES = `${SERVICE}/namedValues`;
const CONNECTIONS = `${SERVICE}/authorizationProviders`;
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
  'assessor-key': 'github-key',
  'evidence-key': 'evidence-key',
  storage: 'storage',
  'event-hub': 'tool-calls',
  'data-collection-rule': 'audit-rows',
  'application-insights': 'telemetry',
  'webhook-secret': 'webhook',
};

/** Azure leaves out of a list what the caller may not read: only its rights tell whether the list is all there is. */
const TELLS_WHETHER_ALL = action('reader', 'subscriptions', OWN_PERMISSIONS, {
  why: 'Tells whether the lists of managed identities, container groups and vaults are all there is: Azure leaves out of them what the identity may not read. The doctor asks the same.',
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

/** What is read of the gateway: who has keys and sign-ins there, and where tokens may stand. No action that tells a secret. */
const GATEWAY_READS: readonly (readonly [what: string, why: string])[] = [
  [
    'namedValues',
    'Reads the deny list, and named values in which tokens are found; those that are secret tell their name alone.',
  ],
  ['backends', 'Reads with what the gateway signs in at backends.'],
  ['policies', 'Reads the policy of the service, in which tokens are found.'],
  ['policyFragments', 'Reads the fragments of policies.'],
  ['products', 'Lists the products, each of which may have a policy.'],
  ['products/policies', 'Reads the policies of products.'],
  ['apis', 'Lists the APIs, each of which may have a policy.'],
  ['apis/policies', 'Reads the policies of APIs.'],
  ['apis/operations', 'Lists the operations of APIs, each of which may have a policy.'],
  ['apis/operations/policies', 'Reads the policies of operations.'],
  ['authorizationProviders', 'Lists the providers of the credential manager.'],
  ['authorizationProviders/authorizations', 'Lists the sign-ins at upstream services that the gateway keeps.'],
  ['authorizationProviders/authorizations/accessPolicies', 'Reads who may use each of them.'],
  ['users', 'Lists the users of the developer portal.'],
  ['subscriptions', 'Lists who owns subscription keys; the keys themselves are not told.'],
];

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
  action('reader', 'subscriptions', 'Microsoft.Authorization/roleAssignments/read', {
    why: 'Lists who holds a role in the subscriptions: some roles write the deny list, or read what the servers read.',
    source: `${OPERATIONS}/management-and-governance`,
  }),
  action('reader', 'subscriptions', 'Microsoft.Authorization/roleEligibilityScheduleInstances/read', {
    why: 'Lists who may activate a role there.',
    source: `${OPERATIONS}/management-and-governance`,
  }),
  action('reader', 'subscriptions', 'Microsoft.Authorization/roleDefinitions/read', {
    why: 'Tells what a role gives, which its assignment does not say.',
    source: `${OPERATIONS}/management-and-governance`,
  }),
  action('reader', 'subscriptions', 'Microsoft.ContainerInstance/containerGroups/read', {
    why: 'Reads the environment of the MCP servers’ containers, in which tokens are found. Azure never tells a secure value.',
    source: `${OPERATIONS}/containers`,
  }),
  action('reader', 'subscriptions', 'Microsoft.KeyVault/vaults/read', {
    why: 'Reads whom a vault lets in by a policy of its own; it reads no secret.',
    source: `${OPERATIONS}/security`,
  }),
  ...GATEWAY_READS.map(([what, why]) =>
    action('reader', 'gateway', `${SERVICE}/${what}/read`, { why, source: `${OPERATIONS}/integration` }),
  ),
  doctor('reader', 'gateway'),
  action('reader', 'workspace', 'Microsoft.OperationalInsights/workspaces/tables/read', {
    why: 'Reads how many days the audit table keeps: an audit over 90 days of a table that keeps 30 is none.',
    source: `${OPERATIONS}/monitor`,
  }),
  doctor('reader', 'workspace'),
  action('remover', 'subscriptions', `${CREDENTIAL}/delete`, {
    why: 'Deletes federated credentials that trust the leaver. The built-in Managed Identity Contributor would also let it make and delete identities.',
    source: `${OPERATIONS}/identity`,
    risk: 'It can stop any pipeline that signs in by federation.',
  }),
  action('remover', 'subscriptions', `${CREDENTIAL}/write`, {
    why: 'Creates a federated credential again that a case had deleted, when somebody has it undone.',
    source: `${OPERATIONS}/identity`,
    risk: 'It can let anybody sign in as any managed identity of the subscriptions. Without it, those are given back by hand.',
  }),
  doctor('remover', 'subscriptions'),
  action('remover', 'deny-list', `${NAMED_VALUES}/read`, {
    why: 'Reads the deny list with its ETag, so that two cases at once lose no entry.',
    source: `${OPERATIONS}/integration`,
  }),
  action('remover', 'deny-list', `${NAMED_VALUES}/write`, {
    why: 'Puts the leaver on the gateway’s deny list, which also refuses tokens that were issued before.',
    source: `${OPERATIONS}/integration`,
    risk: 'It can take people off the deny list; the app puts them back within a minute, and says so.',
  }),
  action('remover', 'gateway', OPERATION_RESULTS, {
    why: 'Asks what became of a change of the deny list that Azure queued: its result stands at another address.',
    source: `${OPERATIONS}/integration`,
  }),
  action('remover', 'gateway', `${SERVICE}/subscriptions/write`, {
    why: 'Suspends the leaver’s subscription keys.',
    source: `${OPERATIONS}/integration`,
    risk: 'It can make keys of the gateway’s APIs and activate suspended ones; what it sees of them is not their value.',
  }),
  action('remover', 'gateway', `${CONNECTIONS}/authorizations/accessPolicies/delete`, {
    why: 'Takes from the leaver what lets them use sign-ins that the gateway keeps. It cannot give it to anybody.',
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
