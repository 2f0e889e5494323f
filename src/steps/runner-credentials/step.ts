import { defineSource, type SourceDefinition } from '../define-source.ts';
import { defineStep, NO_FACTS } from '../define-step.ts';
import { GITHUB_ACCOUNT, ON_GITHUB } from '../github-account.ts';
import { deleteVariable } from './remedies/delete-variable.ts';
import { disableAgent } from './remedies/disable-agent.ts';
import { disableWorkflow } from './remedies/disable-workflow.ts';
import { removeRunner } from './remedies/remove-runner.ts';
import { revokeDevOpsToken } from './remedies/revoke-devops-token.ts';
import { revokeFineGrainedToken } from './remedies/revoke-fine-grained-token.ts';
import { revokeSsoCredential } from './remedies/revoke-sso-credential.ts';

const github = (
  what: string,
  holds: string,
  permissions: readonly string[],
  more: Pick<SourceDefinition, 'restsOn' | 'remedies'> = {},
): SourceDefinition =>
  defineSource({
    id: `github/${what}`,
    holds,
    permissions: [...ON_GITHUB, ...permissions.map((each) => `reader/github/${each}`)],
    ...more,
  });
const devops = (
  id: string,
  holds: string,
  scopes: readonly string[],
  more: Pick<SourceDefinition, 'remedies'> = {},
): SourceDefinition =>
  defineSource({ id, holds, permissions: scopes.map((each) => `reader/azure-devops/${each}`), ...more });
/** Looked up by the leaver's account. */
const restsOn = [GITHUB_ACCOUNT];

export const runnerCredentials = defineStep({
  name: 'runner-credentials',
  title: 'Runner credentials',
  phase: 'discover',
  needsAccounts: true,
  filings: 'added',
  tells: 'exposure',
  sources: [
    github('repositories', 'everything below that lives in a repository', []),
    github('workflow-files', 'tokens written into workflow files', ['contents=read']),
    github('repository-variables', 'tokens in variables of repositories', ['actions_variables=read'], {
      remedies: [deleteVariable.kind],
    }),
    github('environment-variables', 'tokens in variables of environments', ['environments=read'], {
      remedies: [deleteVariable.kind],
    }),
    github(
      'organisation-variables',
      'tokens in variables of the organisation',
      ['organization_actions_variables=read'],
      { remedies: [deleteVariable.kind] },
    ),
    github('repository-runners', 'the leaver’s machines that take jobs of a repository', ['administration=read'], {
      remedies: [removeRunner.kind],
    }),
    github(
      'organisation-runners',
      'the leaver’s machines that take jobs of the organisation',
      ['organization_self_hosted_runners=read'],
      { remedies: [removeRunner.kind] },
    ),
    github('fine-grained-tokens', 'fine-grained personal access tokens', ['organization_personal_access_tokens=read'], {
      restsOn,
      remedies: [revokeFineGrainedToken.kind],
    }),
    github(
      'sso-credentials',
      'classic tokens and SSH keys that single sign-on let in',
      ['organization_administration=read'],
      { restsOn, remedies: [revokeSsoCredential.kind] },
    ),
    github('schedules', 'workflows that run as the leaver', ['actions=read'], {
      restsOn,
      remedies: [disableWorkflow.kind],
    }),
    devops('identity/azure-devops', 'the leaver’s accounts in Azure DevOps', ['vso.graph']),
    devops(
      'azure-devops/agents',
      'the leaver’s machines that run pipelines, and tokens in their environment',
      ['vso.agentpools'],
      { remedies: [disableAgent.kind] },
    ),
    devops('azure-devops/pipeline-variables', 'tokens in variables of pipelines', ['vso.project', 'vso.build']),
    devops('azure-devops/variable-groups', 'tokens in variable groups', ['vso.project', 'vso.variablegroups_read']),
    devops('azure-devops/tokens', 'personal access tokens', ['vso.graph', 'vso.tokenadministration'], {
      remedies: [revokeDevOpsToken.kind],
    }),
    devops('azure-devops/ssh-keys', 'SSH keys', ['vso.graph', 'vso.tokenadministration']),
  ],
  remedies: [
    revokeFineGrainedToken,
    revokeSsoCredential,
    deleteVariable,
    disableWorkflow,
    removeRunner,
    disableAgent,
    revokeDevOpsToken,
  ],
  acts: [],
  facts: NO_FACTS,
  verdict: 'none',
  readBacks: 'none',
  refutes: 'nothing',
  page: 'tables-only',
});
