import { defineSource, type SourceDefinition } from '../../define-source.ts';
import { GITHUB_ACCOUNT, GITHUB_OWNERS, ON_GITHUB, SIGNING } from '../../github-account.ts';
import { comparedByName } from './compared-by-name.ts';
import { LIMITS } from './github-limits.ts';

const github = <const Kind extends string = never>(
  what: string,
  holds: string,
  permissions: readonly string[],
  more: Pick<SourceDefinition<Kind>, 'restsOn' | 'remedies'> = {},
): SourceDefinition<Kind> =>
  defineSource<Kind>({
    id: `github/${what}`,
    holds,
    examined: 'always',
    scope: 'GITHUB_ORGANISATIONS',
    permissions: [...ON_GITHUB, ...permissions.map((each) => `reader/github/${each}`)],
    ...more,
  });

/** Looked up by the leaver's account, or compared with it. */
const restsOn = [GITHUB_ACCOUNT];

const READ = [
  github('repositories', 'everything below that lives in a repository', []),
  github('workflow-files', 'tokens written into workflow files', ['contents=read'], {
    remedies: ['revoke-found-token'],
  }),
  github('ci-files', 'tokens written into actions, compose files and other pipelines’ files', ['contents=read'], {
    remedies: ['revoke-found-token'],
  }),
  github(
    'workflow-uses',
    'actions, reusable workflows, templates and images of the leaver’s, or of names that anybody can register',
    ['contents=read'],
    { restsOn: [GITHUB_ACCOUNT, GITHUB_OWNERS], remedies: ['disable-workflow'] },
  ),
  github('repository-variables', 'tokens in variables of repositories', ['actions_variables=read'], {
    remedies: ['delete-variable', 'blank-variable', 'revoke-found-token'],
  }),
  github('environment-variables', 'tokens in variables of environments', ['environments=read'], {
    remedies: ['delete-variable', 'blank-variable', 'revoke-found-token'],
  }),
  github('organisation-variables', 'tokens in variables of the organisation', ['organization_actions_variables=read'], {
    remedies: ['delete-variable', 'blank-variable', 'revoke-found-token'],
  }),
  comparedByName(
    github(
      'repository-runners',
      'the leaver’s machines that take jobs of a repository',
      ['administration=read', 'actions=read'],
      { restsOn, remedies: ['remove-runner'] },
    ),
  ),
  comparedByName(
    github(
      'organisation-runners',
      'the leaver’s machines that take jobs of the organisation',
      ['organization_self_hosted_runners=read'],
      { restsOn, remedies: ['remove-runner'] },
    ),
  ),
  github('deploy-keys', 'deploy keys that the leaver added', ['administration=read'], {
    restsOn,
    remedies: ['remove-deploy-key'],
  }),
  github(
    'repository-invitations',
    'invitations to single repositories that the leaver could still accept, or sent',
    ['administration=read'],
    { restsOn, remedies: ['cancel-repository-invitation'] },
  ),
  github('environment-reviewers', 'environments whose deployments the leaver may approve', ['actions=read'], {
    restsOn,
  }),
  // Organisations without GitHub Enterprise Cloud have no audit log: a line says so.
  github('runner-registrations', 'machines that the leaver registered', ['organization_administration=read'], {
    restsOn,
  }),
  github('secret-authors', 'secrets that the leaver wrote', ['organization_administration=read'], { restsOn }),
  github('fine-grained-tokens', 'fine-grained personal access tokens', ['organization_personal_access_tokens=read'], {
    restsOn,
    remedies: ['revoke-fine-grained-token'],
  }),
  github(
    'sso-credentials',
    'classic tokens and SSH keys that single sign-on let in',
    ['organization_administration=read'],
    { restsOn, remedies: ['revoke-sso-credential'] },
  ),
  github(
    'schedules',
    'workflows that run as the leaver, or will because the leaver changed their schedule',
    ['actions=read', 'contents=read'],
    {
      restsOn,
      remedies: ['disable-workflow', 'hand-over-schedule'],
    },
  ),
  github('membership', 'the leaver’s membership of the organisation, and ownership of it', ['members=read'], {
    restsOn,
    remedies: ['remove-membership'],
  }),
  github('outside-collaborators', 'accounts of the leaver’s that are let into single repositories', ['members=read'], {
    restsOn,
    remedies: ['remove-outside-collaborator'],
  }),
  comparedByName(
    github(
      'invitations',
      'invitations to the organisation that the leaver could still accept, or sent',
      ['members=read'],
      { restsOn, remedies: ['cancel-invitation'] },
    ),
  ),
  github(
    'token-requests',
    'fine-grained tokens of the leaver that wait for approval',
    ['organization_personal_access_token_requests=read'],
    { restsOn, remedies: ['deny-token-request'] },
  ),
  github(
    'installed-apps',
    'GitHub Apps that belong to an account of the leaver’s',
    ['organization_administration=read'],
    {
      restsOn,
    },
  ),
  comparedByName(
    github(
      'runner-groups',
      'the leaver’s machines among those that the enterprise shares with the organisation',
      ['organization_self_hosted_runners=read'],
      { restsOn },
    ),
  ),
  // Organisations without GitHub Enterprise Cloud have no audit log: a line says so.
  github(
    'audit-log',
    'webhooks and Apps that the leaver added, deploy keys of theirs that no list shows, and what their account did after the last day',
    ['organization_administration=read'],
    { restsOn },
  ),
  defineSource({
    id: 'github/other-organisations',
    holds: 'everything above in organisations on which the App is installed and GITHUB_ORGANISATIONS does not name',
    examined: 'always',
    scope: 'GITHUB_ORGANISATIONS',
    // The App asks as itself: what its installations may do does not matter.
    permissions: [SIGNING],
  }),
] as const;

export const GITHUB_SOURCES = [...READ, ...LIMITS] as const;
