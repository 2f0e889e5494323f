import { defineSource, noInterface, type SourceDefinition } from '../../define-source.ts';
import { GITHUB_ACCOUNT, GITHUB_OWNERS, ON_GITHUB, SIGNING } from '../../github-account.ts';
import { comparedByName } from './compared-by-name.ts';

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

const LIMITS = noInterface('github', [
  [
    'before-the-log',
    'machines, secrets and hooks that carry no sign of the leaver, who added them before the audit log begins',
    'GitHub keeps no author with them, and the log goes back 180 days. Ask the teams whose they are; ship the log elsewhere to keep it.',
  ],
  [
    'secret-names',
    'secrets of Actions, Dependabot, agents and private registries that the leaver set before the log begins',
    'Nobody can read the values, and the names have no author. Ask their teams, and rotate what the leaver knew.',
  ],
  [
    'agent-variables',
    'tokens in variables of the Copilot cloud agent',
    'They take a permission of their own, whose name for repositories GitHub does not document. Look at the agent’s variables of organisation and repositories.',
  ],
  [
    'webhooks',
    'webhooks that send events to the leaver, and that the audit log does not tell of',
    'A webhook has an address and no author, so that a list of them tells of nobody; who added one is in the audit log. Look at the addresses that webhooks call.',
  ],
  [
    'other-branches',
    'tokens, and code of others, in the files of branches other than the default one',
    'Files are read where schedules and most runs take them; of other branches there may be thousands. Search the organisation’s code for tokens and for the leaver’s login.',
  ],
  [
    'ruleset-bypass',
    'rulesets that the leaver may bypass',
    'GitHub shows who may bypass to callers with write permission only, which the app does not ask for; it ends with the account’s access. Look at the bypass lists.',
  ],
  [
    'called-code',
    'code of the leaver’s that scripts, build files and packages of a repository fetch when they run',
    'No interface tells what a program fetches. Files of CI are read, and what they name by a path; search what they call, manifests and lock files among it, for the leaver’s login.',
  ],
  [
    'enterprise',
    'runners, audit log, teams, licences, single sign-on and provisioning of the enterprise',
    'No GitHub App of an organisation may read an enterprise: its provisioning takes an App of the enterprise itself, the rest its owner. The owner looks there by hand.',
  ],
  [
    'one-job-runners',
    'runners for one job (ephemeral, or by a just-in-time configuration) that came and went',
    'One that waits for its job is in the lists of runners, which are read; GitHub takes it away after the job, or after a day. Of those that are gone no list tells, and no page says that the audit log has an event for a just-in-time configuration; what it has of registrations is read. Look in the log for runners that came after the last day.',
  ],
  [
    'codespaces-secrets',
    'secrets of the organisation’s codespaces',
    'No GitHub App may list them. An owner looks at the organisation’s settings.',
  ],
  [
    'credentials-without-sign-on',
    'classic tokens, SSH keys and OAuth grants that single sign-on never saw',
    'GitHub lists them to their holder only. They end with the membership of the organisation.',
  ],
  ['codespaces', 'codespaces of the leaver', 'No GitHub App may list them. An owner deletes them.'],
  [
    'packages',
    'packages that the leaver published',
    'No GitHub App may list an organisation’s packages. An owner looks.',
  ],
  [
    'caches',
    'caches of workflows that the leaver filled',
    'GitHub lists caches without their author. Delete a repository’s caches where in doubt.',
  ],
]);

export const GITHUB_SOURCES = [...READ, ...LIMITS] as const;
