import { defineSource, noInterface, type SourceDefinition } from '../../define-source.ts';
import { comparedByName } from './compared-by-name.ts';

const devops = <const Kind extends string = never>(
  id: string,
  holds: string,
  scopes: readonly string[],
  more: Pick<SourceDefinition<Kind>, 'remedies'> = {},
): SourceDefinition<Kind> =>
  defineSource<Kind>({
    id,
    holds,
    examined: 'always',
    scope: 'DEVOPS_ORGANISATIONS',
    permissions: scopes.map((each) => `reader/azure-devops/${each}`),
    ...more,
  });

const READ = [
  devops('identity/azure-devops', 'the leaver’s accounts in Azure DevOps', ['vso.graph']),
  comparedByName(
    devops(
      'azure-devops/agents',
      'the leaver’s machines that run pipelines, and tokens in their environment',
      ['vso.agentpools'],
      { remedies: ['disable-agent', 'remove-agent'] },
    ),
  ),
  comparedByName(
    devops(
      'azure-devops/deployment-agents',
      'the leaver’s machines in deployment pools, which the list of agent pools leaves out',
      ['vso.agentpools'],
      { remedies: ['disable-agent'] },
    ),
  ),
  devops('azure-devops/pipeline-variables', 'tokens in variables of pipelines', ['vso.project', 'vso.build']),
  devops('azure-devops/variable-groups', 'tokens in variable groups', ['vso.project', 'vso.variablegroups_read']),
  devops('azure-devops/tokens', 'personal access tokens', ['vso.graph', 'vso.tokenadministration'], {
    remedies: ['revoke-devops-token'],
  }),
  devops('azure-devops/ssh-keys', 'SSH keys', ['vso.graph', 'vso.tokenadministration']),
  comparedByName(
    devops(
      'azure-devops/environment-machines',
      'the leaver’s machines in environments of pipelines, and tokens in what they publish',
      ['vso.project', 'vso.build', 'vso.agentpools'],
      { remedies: ['disable-agent'] },
    ),
  ),
  devops('azure-devops/classic-releases', 'tokens in variables of classic releases and their stages', [
    'vso.project',
    'vso.release',
  ]),
  devops(
    'azure-devops/service-connections',
    'service connections that hold a token or sign-in of the leaver',
    ['vso.project', 'vso.serviceendpoint', 'vso.graph'],
    { remedies: ['disable-service-connection'] },
  ),
  devops('azure-devops/yaml-files', 'tokens in, and code of the leaver’s called by, YAML pipelines of Azure Repos', [
    'vso.project',
    'vso.build',
    'vso.code',
  ]),
  devops(
    'azure-devops/service-hooks',
    'service hooks that send the organisation’s events to the leaver',
    ['vso.build', 'vso.graph'],
    { remedies: ['disable-service-hook'] },
  ),
  devops('azure-devops/memberships', 'the leaver’s membership of the organisation and its groups', ['vso.graph'], {
    remedies: ['remove-entitlement'],
  }),
  devops('azure-devops/audit-log', 'who registered an agent, and who wrote a service connection', [
    'vso.auditlog',
    'vso.graph',
  ]),
] as const;

const LIMITS = noInterface('azure-devops', [
  [
    'deployment-groups',
    'the projects’ groups of machines that are deployed to',
    'Their machines are the targets of deployment pools, which are read. The groups add names only, for a permission to manage them (vso.machinegroup_manage).',
  ],
  [
    'secure-files',
    'secure files that the leaver uploaded',
    'Nobody can read what is in them, and their names are not worth a permission of their own (vso.securefiles_read). Look at the library’s secure files, and replace the leaver’s.',
  ],
  [
    'other-branches',
    'tokens, and code of others, in branches that no pipeline names and in files that no pipeline reads',
    'The files of pipelines are read on the branch that each names. Search the repositories for tokens and for the leaver’s login.',
  ],
  [
    'other-organisations',
    'organisations of the tenant that DEVOPS_ORGANISATIONS does not name',
    'The service lists to an app only those that it is a member of. Compare DEVOPS_ORGANISATIONS with the list under Microsoft Entra in the settings of any organisation, which has all that are connected to the tenant.',
  ],
  [
    'key-vault-groups',
    'values of variable groups that are linked to a Key Vault',
    'Azure DevOps shows their names only; the values are the vault’s. Rotate those that the leaver could read.',
  ],
]);

export const DEVOPS_SOURCES = [...READ, ...LIMITS] as const;
