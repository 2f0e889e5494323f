import { defineSource, noInterface, notRead, type SourceDefinition } from '../../define-source.ts';
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
  defineSource({
    id: 'github/other-organisations',
    holds: 'everything above in organisations on which the App is installed and GITHUB_ORGANISATIONS does not name',
    examined: 'always',
    scope: 'GITHUB_ORGANISATIONS',
    // The App asks as itself: what its installations may do does not matter.
    permissions: [SIGNING],
  }),
] as const;

const NOT_READ = notRead(
  'github',
  [
    [
      'runner-groups',
      'runners that the enterprise shares with the organisation',
      'Look at the organisation’s runner groups; those of the enterprise are its owner’s to remove.',
    ],
    [
      'secret-names',
      'secrets of Actions, Dependabot, agents and private registries that the leaver set before the log begins',
      'Nobody can read the values, and the names have no author. Ask their teams, and rotate what the leaver knew.',
    ],
    [
      'token-requests',
      'fine-grained tokens of the leaver that wait for approval',
      'Reading them needs organization_personal_access_token_requests=read. Deny what waits under Personal access tokens.',
    ],
    [
      'membership',
      'the leaver’s membership of the organisation, and ownership of it',
      'Remove the person under People; schedules and runners live on all the same.',
    ],
    [
      'outside-collaborators',
      'accounts that are let into single repositories',
      'Look at Outside collaborators: an account without single sign-on may be a second one of the leaver.',
    ],
    [
      'invitations',
      'invitations to the organisation that the leaver could still accept',
      'Look at pending invitations of the organisation, and cancel the leaver’s.',
    ],
    [
      'installed-apps',
      'GitHub Apps whose private key the leaver holds',
      'Look at the installed GitHub Apps and their owners, and suspend those of the leaver.',
    ],
    [
      'other-branches',
      'tokens, and code of others, in the files of branches other than the default one',
      'Search the organisation’s code for tokens and for the leaver’s login.',
    ],
    [
      'audit-log',
      'who added a key, and what was done after the last day',
      'Filter the organisation’s audit log by the leaver as actor.',
    ],
    [
      'ruleset-bypass',
      'rulesets that the leaver may bypass',
      'GitHub shows who may bypass to callers with write permission only, which the app does not ask for. Look at the bypass lists.',
    ],
  ],
  'GITHUB_ORGANISATIONS',
);

const LIMITS = noInterface('github', [
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

export const GITHUB_SOURCES = [...READ, ...NOT_READ, ...LIMITS] as const;
