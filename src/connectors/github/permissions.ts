import type { PermissionRow } from '../permission.ts';

const REFERENCE = 'docs.github.com/rest/authentication/permissions-required-for-github-apps';

/** The reader asks GitHub for tokens that only read, the remover for ones that write. */
function github(
  name: string,
  level: 'read' | 'write',
  row: Pick<PermissionRow, 'why' | 'duties' | 'risk' | 'inherent'> & Partial<Pick<PermissionRow, 'source'>>,
): PermissionRow {
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

/** Permissions of the GitHub App, by the names of GitHub’s API. */
export const GITHUB_PERMISSIONS: readonly PermissionRow[] = [
  github('metadata', 'read', {
    why: 'Lists the repositories; every installation has it.',
    inherent: true,
  }),
  github('contents', 'read', {
    why: 'Reads workflow files, for tokens in them, and who changed their schedules.',
    risk: 'It reads the source of every repository on which the App is installed.',
  }),
  github('actions', 'read', {
    why: 'Reads workflows, as whom their schedules run, who reviews deployments, and on which machine a job ran that told of one.',
  }),
  github('actions', 'write', {
    why: 'Disables workflows whose schedule still runs as the leaver, and cancels what runs on the leaver’s machine before that is removed.',
    risk: 'It can start workflows by hand, with the secrets that they use.',
  }),
  github('contents', 'write', {
    why: 'Writes a proposed change to a branch of its own, by which somebody takes a schedule over. It merges nothing.',
    risk: 'It can change every file that no ruleset or protected branch guards.',
  }),
  github('workflows', 'write', {
    why: 'Lets that proposed change be one of a workflow file.',
    risk: 'With write access to contents it can change what runs in CI, where no ruleset or protected branch guards it.',
  }),
  github('pull_requests', 'write', {
    why: 'Opens the pull request for that change.',
  }),
  github('actions_variables', 'read', {
    why: 'Reads the variables of repositories, where tokens are put although they are readable.',
  }),
  github('actions_variables', 'write', {
    why: 'Deletes variables of repositories that hold a token of the leaver.',
  }),
  github('environments', 'read', {
    why: 'Reads the variables of environments.',
  }),
  github('environments', 'write', {
    why: 'Deletes variables of environments that hold a token of the leaver.',
    risk: 'It can change what protects an environment, and so let a deployment through.',
  }),
  github('organization_actions_variables', 'read', {
    why: 'Reads the organisation’s variables.',
  }),
  github('organization_actions_variables', 'write', {
    why: 'Deletes variables of the organisation that hold a token of the leaver.',
  }),
  github('administration', 'read', {
    why: 'Lists the self-hosted runners, deploy keys and invitations of repositories, which no list of the organisation has.',
  }),
  github('administration', 'write', {
    why: 'Removes self-hosted runners and deploy keys from repositories, and cancels invitations to them.',
    risk: 'It can change settings of repositories, delete them, and add collaborators and deploy keys.',
  }),
  github('organization_self_hosted_runners', 'read', {
    why: 'Lists the organisation’s self-hosted runners, and those that the enterprise shares with it.',
  }),
  github('organization_self_hosted_runners', 'write', {
    why: 'Removes self-hosted runners from the organisation.',
    risk: 'It can register runners, and so receive jobs with their secrets.',
  }),
  github('organization_personal_access_tokens', 'read', {
    why: 'Lists the leaver’s fine-grained personal access tokens.',
  }),
  github('organization_personal_access_tokens', 'write', {
    why: 'Revokes the leaver’s fine-grained personal access tokens.',
  }),
  github('organization_personal_access_token_requests', 'read', {
    why: 'Lists the leaver’s fine-grained personal access tokens that wait for approval.',
  }),
  github('organization_personal_access_token_requests', 'write', {
    why: 'Denies the leaver’s fine-grained personal access tokens that wait for approval.',
    risk: 'It can approve tokens of members that wait.',
  }),
  github('organization_administration', 'read', {
    why: 'Lists what single sign-on authorised, the leaver’s to withdraw it and everybody’s to tell whose a found token is; the installed Apps; and who registered runners, wrote secrets, and did what after the last day.',
  }),
  github('organization_administration', 'write', {
    why: 'Withdraws the authorisation of the leaver’s classic tokens and SSH keys.',
    risk: 'It can change settings of the organisation.',
  }),
  github('members', 'read', {
    why: 'Reads whom single sign-on and provisioning know, members, outside collaborators and invitations, and asks of each account whose it is.',
    source: 'docs.github.com/graphql/reference/objects#organizationidentityprovider',
  }),
  github('members', 'write', {
    why: 'Removes the leaver from the organisation, and cancels invitations of theirs.',
    risk: 'It can invite people and make them owners of the organisation, and change teams.',
  }),
  github('issues', 'write', {
    why: 'Opens and updates the follow-up issue in the security repository.',
    duties: ['the follow-up issue'],
  }),
];
