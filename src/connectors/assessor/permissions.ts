import type { AzureScope, PermissionRow } from '../permission.ts';

const OPERATIONS = 'learn.microsoft.com/azure/role-based-access-control/permissions';

/** An action in Azure of the identity that assesses. One custom role per scope has all of them. */
function action(scope: AzureScope, name: string, why: string, source: string): PermissionRow {
  return {
    id: `assessor/azure/${scope}/${name}`,
    system: 'azure',
    identity: 'assessor',
    grant: { kind: 'azure-action', action: name, scope, role: `assessor-${scope}` },
    why,
    source,
  };
}

const POLICY = `${OPERATIONS}/management-and-governance`;
const COMPLIANCE = 'how many resources there are that a policy would refuse today';

/** An action without which every point can be judged, and one shows less. */
function evidence(name: string, what: string): PermissionRow {
  const why = 'Evidence beside the policies of points 4 and 5: nothing passes or fails by it.';
  return { ...action('subscriptions', name, why, POLICY), duties: [what] };
}

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
    'subscriptions',
    'Microsoft.Network/virtualNetworks/subnets/read',
    'Reads the approved subnets: what they are delegated to, and which security group is at their door.',
    `${OPERATIONS}/networking`,
  ),
  action(
    'subscriptions',
    'Microsoft.Network/networkSecurityGroups/read',
    'Reads the rules of the security groups of the approved subnets.',
    `${OPERATIONS}/networking`,
  ),
  ...['policyAssignments', 'policyDefinitions', 'policySetDefinitions', 'policyExemptions'].map((what) =>
    action(
      'subscriptions',
      `Microsoft.Authorization/${what}/read`,
      'Tells whether Azure refuses a server without an identity of its own, or in another subnet: what is assigned at the subscription and above, with its rules and its exemptions.',
      POLICY,
    ),
  ),
  evidence('Microsoft.Authorization/policyEnrollments/read', 'how many are enrolled in a policy that waits for that'),
  evidence('Microsoft.PolicyInsights/policyStates/summarize/action', COMPLIANCE),
  evidence('Microsoft.PolicyInsights/policyStates/summarize/read', COMPLIANCE),
];
