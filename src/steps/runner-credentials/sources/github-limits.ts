import { noInterface } from '../../define-source.ts';

/** What of GitHub nobody can read, and who has to look instead. */
export const LIMITS = noInterface('github', [
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
