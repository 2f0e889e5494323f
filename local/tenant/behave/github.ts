import { WORLD } from '../seeds/world.ts';
import { answering, type Scene, type Setting, type Settings } from './scene.ts';

const RUNS = 'github-run-path';
const RUNS_PATH = /\/actions\/runs\?.*event=schedule/;
const INHERITED = 'github-inherited-runners';
const GROUP = 4_242;
const SIGN_ON = 'org.sso_response';

function organisationOf({ states }: Scene) {
  const organisation = states.github.organisations.get(WORLD.github.organisation);
  if (organisation === undefined) throw new Error('the tenant has no such organisation');
  return organisation;
}

const mails =
  (how: 'shown' | 'none' | 'refused'): Setting =>
  (scene) => {
    const organisation = organisationOf(scene);
    organisation.hidesVerifiedMails = how === 'refused';
    const { githubId, userPrincipalName } = WORLD.colleagues[0];
    organisation.verifiedMails = new Map(how === 'none' ? [] : [[githubId, [userPrincipalName]]]);
  };

const log =
  (how: 'present' | 'absent' | 'no-events' | 'no-log'): Setting =>
  (scene) => {
    const organisation = organisationOf(scene);
    const others = (organisation.auditLog ?? []).filter(({ action }) => action !== SIGN_ON);
    const more = how === 'present' ? { more: { external_identity_nameid: 'somebody@example.com' } } : {};
    const event = { id: 'behave', action: SIGN_ON, actorId: WORLD.colleagues[0].githubId, at: scene.now, ...more };
    if (how === 'no-log') organisation.auditLog = null;
    else organisation.auditLog = how === 'no-events' ? others : [...others, event];
  };

const inherited =
  (how: 'listed' | 'empty' | 'refused' | 'no-case'): Setting =>
  (scene) => {
    scene.lift(INHERITED);
    const { runnerGroups } = organisationOf(scene);
    for (const group of runnerGroups.all()) if (group.inherited) runnerGroups.delete(String(group.id));
    if (how === 'no-case') return;
    const runner = { id: 9_100, name: 'shared', os: 'Linux', status: 'online' as const, busy: false, labels: [] };
    runnerGroups.add({ id: GROUP, name: 'Enterprise', inherited: true, runners: how === 'listed' ? [runner] : [] });
    const path = new RegExp(`/actions/runner-groups/${GROUP}/runners`);
    if (how === 'refused') scene.arm(INHERITED, answering('github', path, 403, { message: 'Must be an owner.' }));
  };

/** Runs of a schedule as they are, with their file written otherwise. */
const runs =
  (pathOf: ((index: number) => string) | undefined): Setting =>
  (scene) => {
    const row = (index: number) => ({ id: 77_000 + index, path: pathOf?.(index) });
    const rows = pathOf === undefined ? [] : [row(0), row(1)];
    scene.arm(RUNS, answering('github', RUNS_PATH, 200, { total_count: rows.length, workflow_runs: rows }));
  };
const SHORT = '.github/workflows/nightly.yml';
const LONG = `${WORLD.github.organisation}/reports/${SHORT}@refs/heads/main`;

const apps =
  (hidden: readonly boolean[]): Setting =>
  (scene) => {
    const organisation = organisationOf(scene);
    organisation.apps.clear();
    for (const [index, hides] of hidden.entries()) {
      const ownerId = WORLD.colleagues[0].githubId;
      organisation.apps.add({ id: 8_000 + index, slug: `other-app-${index}`, ownerId, hidden: hides });
    }
  };

const keys =
  (addedBy: readonly (string | null)[]): Setting =>
  ({ states: { github } }) => {
    for (const repository of github.repositories.all()) {
      repository.deployKeys.clear();
      for (const [index, by] of addedBy.entries()) {
        const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${index}`;
        repository.deployKeys.add({
          id: repository.id * 10 + index,
          key,
          title: 'deploy',
          readOnly: true,
          addedBy: by,
        });
      }
    }
  };

export const GITHUB_SETTINGS: Settings = {
  'github-verified-mails': { shown: mails('shown'), none: mails('none'), refused: mails('refused') },
  'github-audit-name-id': {
    present: log('present'),
    absent: log('absent'),
    'no-events': log('no-events'),
    'no-log': log('no-log'),
  },
  [INHERITED]: {
    listed: inherited('listed'),
    empty: inherited('empty'),
    refused: inherited('refused'),
    'no-case': inherited('no-case'),
  },
  [RUNS]: {
    short: runs(() => SHORT),
    'with-ref': runs(() => `${SHORT}@main`),
    'with-repository': runs(() => LONG),
    mixed: runs((index) => (index === 0 ? SHORT : LONG)),
    'no-runs': runs(undefined),
  },
  'github-private-apps': {
    'all-shown': apps([false]),
    'some-hidden': apps([false, true]),
    'all-hidden': apps([true]),
    'no-apps': apps([]),
  },
  'github-deploy-key-makers': {
    'all-named': keys([WORLD.colleagues[0].githubLogin]),
    'some-unnamed': keys([WORLD.colleagues[0].githubLogin, null]),
    'no-keys': keys([]),
  },
};
