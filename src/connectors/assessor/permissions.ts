import type { AzureScope, PermissionRow } from '../permission.ts';

const OPERATIONS = 'learn.microsoft.com/azure/role-based-access-control/permissions';

/** An action in Azure of the identity that assesses. One custom role per scope has all of them. */
function action(
  scope: AzureScope,
  name: string,
  why: string,
  source: string,
  duties?: readonly string[],
): PermissionRow {
  return {
    id: `assessor/azure/${scope}/${name}`,
    system: 'azure',
    identity: 'assessor',
    grant: { kind: 'azure-action', action: name, scope, role: `assessor-${scope}` },
    why,
    source,
    ...(duties === undefined ? {} : { duties }),
  };
}

/** What is read of the gateway; nothing of it tells a secret value. */
const GATEWAY_READS: readonly (readonly [what: string, why: string])[] = [
  ['', 'Reads the tier and the units of the gateway.'],
  ['apis/', 'Lists the APIs, also those of the type MCP.'],
  ['apis/policies/', 'Reads the policies of APIs: whether a token is checked before anything is forwarded.'],
  ['apis/operations/', 'Lists operations, each of which may have a policy that replaces its API’s.'],
  ['apis/operations/policies/', 'Reads the policies of operations.'],
  ['policies/', 'Reads the policy of the service, which others take over or leave out.'],
  ['policyFragments/', 'Reads the fragments that policies include.'],
  ['products/', 'Lists the products, whose policies stand between an API’s and the service’s.'],
  ['products/policies/', 'Reads the policies of products.'],
  ['backends/', 'Lists where the gateway forwards, to see whether anybody else gets there.'],
  ['namedValues/', 'Lists named values, which policies refer to; those that are secret tell their name alone.'],
];

/** What the checklist is assessed with. Nothing of it changes anything, or tells a secret. */
export const ASSESSOR_PERMISSIONS: readonly PermissionRow[] = [
  action(
    'subscriptions',
    'Microsoft.Authorization/permissions/read',
    'Tells whether the lists of what runs in the subscriptions are all there is: Azure leaves out of them what the identity may not read. The doctor asks the same.',
    'learn.microsoft.com/rest/api/authorization/permissions',
  ),
  action(
    'subscriptions',
    'Microsoft.ContainerInstance/containerGroups/read',
    'Lists container groups, their tags, images, networks and identities. Azure never tells a secure value.',
    `${OPERATIONS}/containers`,
  ),
  ...['containerApps', 'jobs', 'managedEnvironments'].map((what) =>
    action(
      'subscriptions',
      `Microsoft.App/${what}/read`,
      'Lists container apps, their jobs and the environments that say in which network they are; an MCP server may run in one.',
      `${OPERATIONS}/containers`,
    ),
  ),
  action(
    'subscriptions',
    'Microsoft.ContainerService/managedClusters/read',
    'Lists Kubernetes clusters. What runs in one, Azure does not tell.',
    `${OPERATIONS}/containers`,
  ),
  action(
    'subscriptions',
    'Microsoft.Web/sites/read',
    'Lists web apps, in which an MCP server may run; their settings are not read.',
    `${OPERATIONS}/web-and-mobile`,
  ),
  action(
    'gateway',
    'Microsoft.Authorization/permissions/read',
    'Lets the doctor ask Azure which actions the identity may take on the gateway.',
    'learn.microsoft.com/rest/api/authorization/permissions',
    ['the doctor’s look at Azure roles'],
  ),
  ...GATEWAY_READS.map(([what, why]) =>
    action('gateway', `Microsoft.ApiManagement/service/${what}read`, why, `${OPERATIONS}/integration`),
  ),
];
