import { defineSource, noInterface, notRead, type SourceDefinition } from '../../define-source.ts';
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
      { remedies: ['disable-agent'] },
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
] as const;

const NOT_READ = notRead(
  'azure-devops',
  [
    [
      'environment-machines',
      'the leaver’s machines in environments of pipelines',
      'Look at the virtual machines of each project’s environments.',
    ],
    [
      'deployment-groups',
      'the projects’ groups of those machines',
      'Their machines are the targets of deployment pools: look there.',
    ],
    [
      'classic-releases',
      'tokens in variables of classic releases',
      'Reading them needs vso.release. Look at the variables of each release pipeline and its stages.',
    ],
    [
      'service-connections',
      'service connections that hold a token or sign-in of the leaver',
      'Reading them needs vso.serviceendpoint. Look at the service connections that the leaver made.',
    ],
    [
      'yaml-files',
      'tokens written into YAML pipelines of Azure Repos',
      'Reading them needs vso.code. Search the repositories for tokens.',
    ],
    [
      'secure-files',
      'secure files that the leaver uploaded',
      'Reading their names needs vso.securefiles_read. Look at the library’s secure files, and replace the leaver’s.',
    ],
    [
      'service-hooks',
      'service hooks that send the organisation’s events to the leaver',
      'Look at the service hooks of each project, and at the addresses that they call.',
    ],
    [
      'memberships',
      'the leaver’s membership of the organisation and its groups',
      'Remove the person under Users; groups of Entra bring the membership back.',
    ],
    [
      'audit-log',
      'who added an agent, a token or a service connection',
      'Reading it needs vso.auditlog, and auditing must be on. Filter the organisation’s auditing by the leaver.',
    ],
    [
      'other-organisations',
      'organisations of the tenant that DEVOPS_ORGANISATIONS does not name',
      'Compare DEVOPS_ORGANISATIONS with the list under Microsoft Entra in the settings of any organisation, which has all that are connected to the tenant.',
    ],
  ],
  'DEVOPS_ORGANISATIONS',
);

const LIMITS = noInterface('azure-devops', [
  [
    'key-vault-groups',
    'values of variable groups that are linked to a Key Vault',
    'Azure DevOps shows their names only; the values are the vault’s. Rotate those that the leaver could read.',
  ],
]);

export const DEVOPS_SOURCES = [...READ, ...NOT_READ, ...LIMITS] as const;
