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

/** An application permission in Microsoft Graph of the identity that assesses. */
function graph(name: string, row: Pick<PermissionRow, 'why' | 'source' | 'risk'>): PermissionRow {
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
  devops('vso.project', {
    why: 'Lists the projects, which hold service connections.',
    source: 'learn.microsoft.com/rest/api/azure/devops/core/projects/list',
  }),
  devops('vso.serviceendpoint', {
    why: 'Lists service connections and how they sign in; never their credentials.',
    source: 'learn.microsoft.com/rest/api/azure/devops/serviceendpoint/endpoints/get-service-endpoints',
  }),
];
