import type { PermissionIdentity, PermissionRow } from '../permission.ts';

const REFERENCE = 'learn.microsoft.com/rest/api/azure/devops';

function devops(
  identity: PermissionIdentity,
  name: string,
  row: Pick<PermissionRow, 'why' | 'source' | 'duties' | 'risk'>,
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
    why: 'Reads the variables of pipelines, which can hold tokens in clear.',
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
  devops('reader', 'vso.tokenadministration', {
    why: 'Lists the leaver’s personal access tokens and SSH keys; the service has no scope that only reads them.',
    source: `${REFERENCE}/tokenadmin/personal-access-tokens/list`,
    risk: 'It can revoke anybody’s tokens in the organisation.',
  }),
  devops('remover', 'vso.agentpools_manage', {
    why: 'Disables agents that still act as the leaver.',
    source: `${REFERENCE}/distributedtask/agents/update`,
    risk: 'It can add agents to pools, and so receive the jobs and secrets of pipelines.',
  }),
  devops('remover', 'vso.tokenadministration', {
    why: 'Revokes the leaver’s personal access tokens.',
    source: `${REFERENCE}/tokenadmin/revocations/revoke-authorizations`,
    risk: 'It can revoke anybody’s tokens in the organisation.',
  }),
];
