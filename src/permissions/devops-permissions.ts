import { lines, remedy } from './dependents.ts';
import type { Dependent, Permission, PermissionIdentity } from './permission.ts';

const REFERENCE = 'learn.microsoft.com/rest/api/azure/devops';

function devops(
  identity: PermissionIdentity,
  name: string,
  row: Pick<Permission, 'why' | 'source' | 'neededFor' | 'risk'>,
): Permission {
  return {
    id: `${identity}/azure-devops/${name}`,
    system: 'azure-devops',
    identity,
    grant: { kind: 'devops-scope', name },
    ...row,
  };
}

const runner = (...sources: readonly string[]): Dependent[] => lines('runner-credentials', ...sources);

/**
 * Scopes of Azure DevOps, by the names of its REST reference. A managed identity is given them as a member of the
 * organisation: by groups and by permissions on pools and projects, not by consent.
 */
export const DEVOPS_PERMISSIONS: readonly Permission[] = [
  devops('reader', 'vso.graph', {
    why: 'Finds the leaver’s account by the object id of Entra.',
    source: `${REFERENCE}/graph/users/list`,
    neededFor: runner('identity/azure-devops', 'azure-devops/tokens', 'azure-devops/ssh-keys'),
  }),
  devops('reader', 'vso.project', {
    why: 'Lists the projects, which hold pipelines and variable groups.',
    source: `${REFERENCE}/core/projects/list`,
    neededFor: runner('azure-devops/pipeline-variables', 'azure-devops/variable-groups'),
  }),
  devops('reader', 'vso.build', {
    why: 'Reads the variables of pipelines, which can hold tokens in clear.',
    source: `${REFERENCE}/build/definitions/list`,
    neededFor: runner('azure-devops/pipeline-variables'),
  }),
  devops('reader', 'vso.variablegroups_read', {
    why: 'Reads variable groups, which can hold tokens in clear.',
    source: `${REFERENCE}/distributedtask/variablegroups/get-variable-groups`,
    neededFor: runner('azure-devops/variable-groups'),
  }),
  devops('reader', 'vso.agentpools', {
    why: 'Reads the agents and the environment that each published at its start, where tokens show.',
    source: `${REFERENCE}/distributedtask/agents/list`,
    neededFor: runner('azure-devops/agents'),
  }),
  devops('reader', 'vso.tokenadministration', {
    why: 'Lists the leaver’s personal access tokens and SSH keys; the service has no scope that only reads them.',
    source: `${REFERENCE}/tokenadmin/personal-access-tokens/list`,
    neededFor: runner('azure-devops/tokens', 'azure-devops/ssh-keys'),
    risk: 'It can revoke anybody’s tokens in the organisation.',
  }),
  devops('remover', 'vso.agentpools_manage', {
    why: 'Disables agents that still act as the leaver.',
    source: `${REFERENCE}/distributedtask/agents/update`,
    neededFor: [remedy('disable-agent')],
    risk: 'It can add agents to pools, and so receive the jobs and secrets of pipelines.',
  }),
  devops('remover', 'vso.tokenadministration', {
    why: 'Revokes the leaver’s personal access tokens.',
    source: `${REFERENCE}/tokenadmin/revocations/revoke-authorizations`,
    neededFor: [remedy('revoke-devops-token')],
    risk: 'It can revoke anybody’s tokens in the organisation.',
  }),
];
