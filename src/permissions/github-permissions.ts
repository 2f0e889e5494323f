import { duty, line, ON_GITHUB, ON_GITHUB_ACCOUNT, remedy } from './dependents.ts';
import type { Dependent, Permission } from './permission.ts';

const REFERENCE = 'docs.github.com/rest/authentication/permissions-required-for-github-apps';

/** The reader asks GitHub for tokens that only read, the remover for ones that write. */
function github(
  name: string,
  level: 'read' | 'write',
  row: Pick<Permission, 'why' | 'neededFor' | 'risk' | 'inherent'> & Partial<Pick<Permission, 'source'>>,
): Permission {
  const identity = level === 'read' ? 'reader' : 'remover';
  return {
    id: `${identity}/github/${name}=${level}`,
    system: 'github',
    identity,
    grant: { kind: 'github-app-permission', name, level },
    source: REFERENCE,
    ...row,
  };
}

const runner = (source: string): Dependent => line('runner-credentials', source);

/** Permissions of the GitHub App, by the names of GitHub’s API. */
export const GITHUB_PERMISSIONS: readonly Permission[] = [
  github('metadata', 'read', {
    why: 'Lists the repositories; every installation has it.',
    neededFor: ON_GITHUB,
    inherent: true,
  }),
  github('contents', 'read', {
    why: 'Reads workflow files, for tokens in them.',
    neededFor: [runner('github/workflow-files')],
    risk: 'It reads the source of every repository on which the App is installed.',
  }),
  github('actions', 'read', {
    why: 'Reads workflows and as whom their schedules run.',
    neededFor: [runner('github/schedules')],
  }),
  github('actions', 'write', {
    why: 'Disables workflows whose schedule still runs as the leaver.',
    neededFor: [remedy('disable-workflow')],
    risk: 'It can start workflows by hand, with the secrets that they use.',
  }),
  github('actions_variables', 'read', {
    why: 'Reads the variables of repositories, where tokens are put although they are readable.',
    neededFor: [runner('github/repository-variables')],
  }),
  github('actions_variables', 'write', {
    why: 'Deletes variables of repositories that hold a token of the leaver.',
    neededFor: [remedy('delete-variable', 'repository')],
  }),
  github('environments', 'read', {
    why: 'Reads the variables of environments.',
    neededFor: [runner('github/environment-variables')],
  }),
  github('environments', 'write', {
    why: 'Deletes variables of environments that hold a token of the leaver.',
    neededFor: [remedy('delete-variable', 'environment')],
    risk: 'It can change what protects an environment, and so let a deployment through.',
  }),
  github('organization_actions_variables', 'read', {
    why: 'Reads the organisation’s variables.',
    neededFor: [runner('github/organisation-variables')],
  }),
  github('organization_actions_variables', 'write', {
    why: 'Deletes variables of the organisation that hold a token of the leaver.',
    neededFor: [remedy('delete-variable', 'organisation')],
  }),
  github('administration', 'read', {
    why: 'Lists the self-hosted runners of repositories, which the organisation’s list leaves out.',
    neededFor: [runner('github/repository-runners')],
  }),
  github('administration', 'write', {
    why: 'Removes self-hosted runners from repositories.',
    neededFor: [remedy('remove-runner', 'repository')],
    risk: 'It can change settings of repositories, delete them, and add collaborators and deploy keys.',
  }),
  github('organization_self_hosted_runners', 'read', {
    why: 'Lists the organisation’s self-hosted runners.',
    neededFor: [runner('github/organisation-runners')],
  }),
  github('organization_self_hosted_runners', 'write', {
    why: 'Removes self-hosted runners from the organisation.',
    neededFor: [remedy('remove-runner', 'organisation')],
    risk: 'It can register runners, and so receive jobs with their secrets.',
  }),
  github('organization_personal_access_tokens', 'read', {
    why: 'Lists the leaver’s fine-grained personal access tokens.',
    neededFor: [runner('github/fine-grained-tokens')],
  }),
  github('organization_personal_access_tokens', 'write', {
    why: 'Revokes the leaver’s fine-grained personal access tokens.',
    neededFor: [remedy('revoke-fine-grained-token')],
  }),
  github('organization_administration', 'read', {
    why: 'Lists what single sign-on authorised for the leaver, and which repositories may have runners of their own.',
    neededFor: [runner('github/sso-credentials')],
  }),
  github('organization_administration', 'write', {
    why: 'Withdraws the authorisation of the leaver’s classic tokens and SSH keys.',
    neededFor: [remedy('revoke-sso-credential')],
    risk: 'It can change settings of the organisation.',
  }),
  github('members', 'read', {
    why: 'Finds the leaver’s account by the identity that single sign-on linked.',
    source: 'docs.github.com/graphql/reference/objects#organizationidentityprovider',
    neededFor: ON_GITHUB_ACCOUNT,
  }),
  github('issues', 'write', {
    why: 'Opens and updates the follow-up issue in the security repository.',
    neededFor: [duty('the follow-up issue')],
  }),
];
