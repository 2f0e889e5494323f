import type { PermissionIdentity, PermissionRow } from '../permission.ts';

const REFERENCE = 'learn.microsoft.com/rest/api/azure/devops';

function devops(
  identity: PermissionIdentity,
  name: string,
  row: Pick<PermissionRow, 'why' | 'source' | 'duties' | 'risk' | 'unasked'>,
): PermissionRow {
  return {
    id: `${identity}/azure-devops/${name}`,
    system: 'azure-devops',
    identity,
    grant: { kind: 'devops-scope', name },
    ...row,
  };
}

/**
 * Scopes of Azure DevOps, by the names of its REST reference. A managed identity is given them as a member of the
 * organisation: by groups and by permissions on pools and projects, not by consent.
 */
export const DEVOPS_PERMISSIONS: readonly PermissionRow[] = [
  devops('reader', 'vso.graph', {
    why: 'Finds the leaver’s account by the object id of Entra.',
    source: `${REFERENCE}/graph/users/list`,
  }),
  devops('reader', 'vso.project', {
    why: 'Lists the projects, which hold pipelines and variable groups.',
    source: `${REFERENCE}/core/projects/list`,
  }),
  devops('reader', 'vso.build', {
    why: 'Reads the variables of pipelines, which can hold tokens in clear, environments with their machines, and service hooks.',
    source: `${REFERENCE}/build/definitions/list`,
  }),
  devops('reader', 'vso.variablegroups_read', {
    why: 'Reads variable groups, which can hold tokens in clear.',
    source: `${REFERENCE}/distributedtask/variablegroups/get-variable-groups`,
  }),
  devops('reader', 'vso.agentpools', {
    why: 'Reads the agents and the environment that each published at its start, where tokens show.',
    source: `${REFERENCE}/distributedtask/agents/list`,
  }),
  devops('reader', 'vso.code', {
    why: 'Reads the files of YAML pipelines in Azure Repos, which can hold tokens and name code of others.',
    source: `${REFERENCE}/git/items/get`,
    risk: 'It reads all code of the repositories.',
  }),
  devops('reader', 'vso.release', {
    why: 'Reads the variables of classic release pipelines and their stages, which can hold tokens in clear.',
    source: `${REFERENCE}/release/definitions/list`,
  }),
  devops('reader', 'vso.serviceendpoint', {
    why: 'Lists service connections, who made them, and which pipelines used them; never their credentials.',
    source: `${REFERENCE}/serviceendpoint/endpoints/get-service-endpoints`,
  }),
  devops('reader', 'vso.auditlog', {
    why: 'Reads who registered agents and who wrote service connections, which nothing else tells.',
    source: `${REFERENCE}/audit/audit-log/query`,
  }),
  devops('reader', 'vso.tokenadministration', {
    why: 'Lists the leaver’s personal access tokens and SSH keys; the service has no scope that only reads them.',
    source: `${REFERENCE}/tokenadmin/personal-access-tokens/list`,
    risk: 'It can revoke anybody’s tokens in the organisation.',
  }),
  devops('remover', 'vso.agentpools_manage', {
    why: 'Disables agents that still act as the leaver, and removes them where somebody decides so.',
    source: `${REFERENCE}/distributedtask/agents/update`,
    risk: 'It can add agents to pools, and so receive the jobs and secrets of pipelines.',
  }),
  devops('remover', 'vso.build_execute', {
    why: 'Cancels what runs on an agent of the leaver’s before the agent is disabled, which lets it go on.',
    source: `${REFERENCE}/build/builds/update-build`,
    risk: 'It can stop every build; the scope can start them too, which “Stop builds” alone does not let it do.',
  }),
  devops('remover', 'vso.serviceendpoint_manage', {
    why: 'Disables service connections that hold a credential of the leaver.',
    source: `${REFERENCE}/serviceendpoint/endpoints/update-service-endpoint`,
    risk: 'It can use and change every service connection, and so what their credentials may do.',
  }),
  devops('remover', 'vso.build', {
    why: 'Stops service hooks of the leaver; hooks take the scope of what they tell of, and the right to edit them.',
    source: `${REFERENCE}/hooks/subscriptions/replace-subscription`,
    risk: 'It can send what happens in the organisation to any address.',
  }),
  devops('remover', 'vso.memberentitlementmanagement_write', {
    why: 'Takes the leaver’s account out of an organisation.',
    source: `${REFERENCE}/memberentitlementmanagement/user-entitlements/delete`,
    risk: 'It can add and remove anybody in the organisation.',
    unasked: 'No question about it changes nothing. Where it is missing, removing a membership fails and names it.',
  }),
  devops('remover', 'vso.tokenadministration', {
    why: 'Revokes the leaver’s personal access tokens.',
    source: `${REFERENCE}/tokenadmin/revocations/revoke-authorizations`,
    risk: 'It can revoke anybody’s tokens in the organisation.',
  }),
];
