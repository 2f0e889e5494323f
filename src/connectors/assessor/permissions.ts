import { OWN_PERMISSIONS } from '../arm/permissions.ts';
import { ASSESSOR_GITHUB_PERMISSIONS } from '../github/assessor-permissions.ts';
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
  [
    'workspaces/',
    'Lists the workspaces, whose APIs are not read: while there is one, no point that rests on the APIs passes.',
  ],
  ['backends/', 'Lists where the gateway forwards, to see whether anybody else gets there.'],
  ['namedValues/', 'Lists named values, which policies refer to; those that are secret tell their name alone.'],
];

const POLICY = `${OPERATIONS}/management-and-governance`;
const COMPLIANCE = 'how many resources there are that a policy would refuse today';

/** An action without which every point can be judged, and one shows less. */
function evidence(name: string, what: string): PermissionRow {
  const why = 'Evidence beside the policies of points 4 and 5: nothing passes or fails by it.';
  return { ...action('subscriptions', name, why, POLICY), duties: [what] };
}

/** An application permission in Microsoft Graph of the identity that assesses. */
function graph(name: string, row: Pick<PermissionRow, 'why' | 'source' | 'risk' | 'optIn'>): PermissionRow {
  return {
    id: `assessor/graph/${name}`,
    system: 'graph',
    identity: 'assessor',
    grant: { kind: 'graph-application-permission', name },
    ...row,
  };
}

/** A scope of Azure DevOps of the identity that assesses. */
function devops(name: string, row: Pick<PermissionRow, 'why' | 'source'>): PermissionRow {
  return {
    id: `assessor/azure-devops/${name}`,
    system: 'azure-devops',
    identity: 'assessor',
    grant: { kind: 'devops-scope', name },
    ...row,
  };
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
    'gateway',
    'Microsoft.Authorization/permissions/read',
    'Lets the doctor ask Azure which actions the identity may take on the gateway.',
    'learn.microsoft.com/rest/api/authorization/permissions',
    ['the doctor’s look at Azure roles'],
  ),
  ...GATEWAY_READS.map(([what, why]) =>
    action('gateway', `Microsoft.ApiManagement/service/${what}read`, why, `${OPERATIONS}/integration`),
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
  graph('Application.Read.All', {
    why: 'Reads which rights the gateway and the secrets application publish, who holds one, which clients need no consent, and with what pipelines sign in; never a secret.',
    source: 'learn.microsoft.com/graph/api/application-list, /serviceprincipal-list',
  }),
  graph('DelegatedPermissionGrant.Read.All', {
    why: 'Lists the consents that were given for everybody.',
    source: 'learn.microsoft.com/graph/permissions-reference#delegatedpermissiongrantreadall',
  }),
  graph('Policy.Read.All', {
    why: 'Reads the policies of Conditional Access, one of which keeps people from the secrets application.',
    source: 'learn.microsoft.com/graph/api/conditionalaccessroot-list-policies',
    risk: 'It reads every policy of the tenant, and so what is not guarded.',
  }),
  graph('ThreatHunting.Read.All', {
    why: 'Asks Defender for MCP servers that ran on workstations, by the hash of their command lines.',
    source: 'learn.microsoft.com/graph/api/security-security-runhuntingquery',
    risk: 'It reads all that Defender knows: every process, connection, sign-in and message of the firm.',
    optIn: 'WORKSTATION_HUNTING',
  }),
  graph('Device.Read.All', {
    why: 'Lists the devices of the directory, to tell how many of them Defender sees.',
    source: 'learn.microsoft.com/graph/api/device-list',
    optIn: 'WORKSTATION_HUNTING',
  }),
  devops('vso.project', {
    why: 'Lists the projects, which hold service connections.',
    source: 'learn.microsoft.com/rest/api/azure/devops/core/projects/list',
  }),
  devops('vso.serviceendpoint', {
    why: 'Lists service connections and how they sign in; never their credentials.',
    source: 'learn.microsoft.com/rest/api/azure/devops/serviceendpoint/endpoints/get-service-endpoints',
  }),
  ...[
    [
      'Microsoft.Insights/scheduledQueryRules',
      'Lists the alert rules over logs: what they ask, how often, and whom they tell.',
    ],
    ['Microsoft.Insights/actionGroups', 'Lists whom alerts tell; of the addresses none is kept.'],
    ['Microsoft.AlertsManagement/actionRules', 'Lists alert processing rules, which may keep an alert from everybody.'],
    ['Microsoft.AlertsManagement/alerts', 'Lists the alerts of thirty days, to compare them with what the log holds.'],
  ].map(([what = '', why = '']) => action('subscriptions', `${what}/read`, why, `${OPERATIONS}/monitor`)),
  action(
    'subscriptions',
    'Microsoft.Insights/eventtypes/values/read',
    'Reads the activity log, which says what the policies refused.',
    `${OPERATIONS}/monitor`,
    ['how often Azure refused a server'],
  ),
  ...[
    [
      'Microsoft.ApiManagement/service/diagnostics',
      'Reads how many of its calls the gateway writes to its own log.',
      'integration',
    ],
    [
      'Microsoft.ApiManagement/service/apis/diagnostics',
      'Reads how many of its calls an API writes to that log.',
      'integration',
    ],
    ['Microsoft.Insights/diagnosticSettings', 'Reads where the gateway’s own log goes.', 'monitor'],
  ].map(([what = '', why = '', of = '']) => action('gateway', `${what}/read`, why, `${OPERATIONS}/${of}`)),
  action(
    'workspace',
    'Microsoft.OperationalInsights/workspaces/tables/read',
    'Reads how many days the two logs are kept, and whether queries see all of them.',
    `${OPERATIONS}/monitor`,
  ),
  ...ASSESSOR_GITHUB_PERMISSIONS,
  doctor('workspace'),
  {
    id: 'assessor/logs/Log Analytics Data Reader',
    system: 'logs',
    identity: 'assessor',
    grant: {
      kind: 'azure-built-in-role',
      name: 'Log Analytics Data Reader',
      scope: 'workspace',
      role: 'assessor-audit-log',
    },
    why: 'Compares the audit log with the gateway’s own, counts how often principals call, and asks what the alert rules ask.',
    source: 'learn.microsoft.com/azure/azure-monitor/logs/manage-access',
    unasked:
      'The doctor asks the log as the reader alone. Without it points 9 and 12 to 15 of the checklist are unknown, and name it.',
  },
];

/** The doctor asks on each scope what the identity may do there. */
function doctor(scope: AzureScope): PermissionRow {
  const why = 'Lets the doctor ask Azure which actions the identity may take, instead of trying them.';
  const source = 'learn.microsoft.com/rest/api/authorization/permissions';
  return { ...action(scope, OWN_PERMISSIONS, why, source), duties: ['the doctor’s look at Azure roles'] };
}
