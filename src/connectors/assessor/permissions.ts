import { OWN_PERMISSIONS } from '../arm/permissions.ts';
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
  ...[
    [
      'Microsoft.Insights/scheduledQueryRules',
      'Lists the alert rules over logs: what they ask, how often, and whom they tell.',
    ],
    ['Microsoft.Insights/actionGroups', 'Lists whom alerts tell; of the addresses none is kept.'],
    ['Microsoft.AlertsManagement/actionRules', 'Lists alert processing rules, which may keep an alert from everybody.'],
    ['Microsoft.AlertsManagement/alerts', 'Lists the alerts of thirty days, to compare them with what the log holds.'],
  ].map(([what = '', why = '']) => action('subscriptions', `${what}/read`, why, `${OPERATIONS}/monitor`)),
  ...[
    [
      'Microsoft.ApiManagement/service/diagnostics',
      'Reads how many of its calls the gateway writes to its own log.',
      'integration',
    ],
    ['Microsoft.ApiManagement/service/apis', 'Lists the APIs, each of which may write less.', 'integration'],
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
  doctor('gateway'),
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
    why: 'Compares the audit log with the gateway’s own, and asks it what the alert rules ask.',
    source: 'learn.microsoft.com/azure/azure-monitor/logs/manage-access',
    unasked:
      'The doctor asks the log as the reader alone. Without it points 12 to 15 of the checklist are unknown, and name it.',
  },
];

/** The doctor asks on each scope what the identity may do there. */
function doctor(scope: AzureScope): PermissionRow {
  const why = 'Lets the doctor ask Azure which actions the identity may take, instead of trying them.';
  const source = 'learn.microsoft.com/rest/api/authorization/permissions';
  return { ...action(scope, OWN_PERMISSIONS, why, source), duties: ['the doctor’s look at Azure roles'] };
}
