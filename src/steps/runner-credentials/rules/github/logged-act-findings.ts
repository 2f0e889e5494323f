import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { counted } from '../../../../cases/words/wording.ts';
import type { LoggedAct } from '../../../../connectors/github/audit-log/audit-log-acts.ts';
import type { GitHubAccount } from '../../../../people/leaver.ts';
import { permitted } from '../../../permitted.ts';
import { webUrl } from './web-url.ts';

/** What somebody can leave behind, by the actions that GitHub logs of it. */
const LEFT_BEHIND = [
  {
    kind: 'hook-by-leaver',
    noun: ['webhook', 'webhooks'],
    is: (action: string) => /^hook\.(?:create|config_changed)$/.test(action),
    settings: 'hooks',
    reason:
      'A webhook sends what happens there to whatever address it names. Look where it goes, and set it inactive if nobody knows.',
  },
  {
    kind: 'key-by-leaver',
    noun: ['deploy key', 'deploy keys'],
    is: (action: string) => /^public_key\.(?:create|update)$/.test(action),
    settings: 'keys',
    reason:
      'A deploy key opens its repository to whoever has the private half, and ends with nobody’s account. The list of the repository shows none that the log names: look whether it still stands, and delete it unless somebody answers for it.',
  },
  {
    kind: 'app-by-leaver',
    noun: ['GitHub App', 'GitHub Apps'],
    is: (action: string) => /^integration\.(?:create|generate_\w+|manager_added)$/.test(action),
    settings: 'apps',
    reason:
      'Whoever made an App, or secrets of it, knows what acts as it. Make new keys and secrets, and delete the old ones.',
  },
] as const;

/** Lines that one finding lists; the rest are counted. */
const MOST_NAMED = 50;

/** One finding for each place and sort of thing that the leaver's account left behind, by the log. */
export function leftBehindFindings(
  organisation: string,
  acts: readonly LoggedAct[],
  accounts: readonly GitHubAccount[],
  apiEndpoint: string,
): Finding[] {
  return LEFT_BEHIND.flatMap(({ kind, noun, is, settings, reason }) => {
    // A key without a repository is one of somebody's own account, which single sign-on lists.
    const own = acts.filter(
      ({ action, repository }) => is(action) && (settings !== 'keys' || repository !== undefined),
    );
    return [...Map.groupBy(own, ({ repository }) => repository ?? organisation)].flatMap(([where, here]) => {
      const account = accountOf(here, accounts);
      if (account === undefined) return [];
      const path =
        where === organisation
          ? `/organizations/${organisation}/settings/${settings}`
          : `/${where}/settings/${settings}`;
      const told = here.map(({ at, action, about }) => `${about ?? 'not named'}: ${action}, ${at.slice(0, 10)}`);
      const unique = [...new Set(told)].sort();
      const finding: Finding = {
        id: findingId('runner-credentials', kind, `${where}/${settings}`),
        step: 'runner-credentials',
        kind,
        title: `The leaver added or changed ${noun[1]} of ${where}`,
        resource: {
          system: 'github',
          type: settings,
          id: `${where}/${settings}`,
          name: where,
          url: webUrl(apiEndpoint, path),
        },
        severity: 'medium',
        status: 'manual-action',
        reason: `${reason} The log says who did it, and not whether it still stands.`,
        evidence: {
          logged: unique.slice(0, MOST_NAMED),
          ...(unique.length > MOST_NAMED ? { more: unique.length - MOST_NAMED } : {}),
        },
      };
      return [permitted(finding, account)];
    });
  });
}

/** What an account of the leaver's did after the last day: whoever did it acts as the leaver. */
export function actedAfterFindings(
  organisation: string,
  acts: readonly LoggedAct[],
  accounts: readonly GitHubAccount[],
  lastDay: string,
  apiEndpoint: string,
): Finding[] {
  // A schedule is started by GitHub itself, and a finding of its own says that it runs as the leaver.
  const own = acts.filter(({ bySchedule }) => !bySchedule);
  return [...Map.groupBy(own, ({ actorId }) => actorId)].flatMap(([actorId, done]) => {
    const account = accounts.find(({ id }) => id === actorId);
    if (account === undefined) return [];
    const days = done.map(({ at }) => at).sort();
    const byAction = Map.groupBy(done, ({ action }) => action);
    const counts = [...byAction].map(([action, { length }]) => `${action}: ${length}`).sort();
    const kind = 'acted-after-departure';
    const key = `${organisation}/audit-log/${actorId}`;
    const proved = account.confidence === 'proved';
    const phrase = encodeURIComponent(`actor:${account.login}`);
    const finding: Finding = {
      id: findingId('runner-credentials', kind, key),
      step: 'runner-credentials',
      kind,
      title: `${account.login} did ${counted(done.length, 'thing', 'things')} in ${organisation} after the last day`,
      resource: {
        system: 'github',
        type: 'audit-log',
        id: key,
        name: account.login,
        url: webUrl(apiEndpoint, `/organizations/${organisation}/settings/audit-log?q=${phrase}`),
      },
      severity: proved ? 'critical' : 'high',
      status: 'manual-action',
      reason: `The last day was ${lastDay}. Somebody acts as the leaver: find what they hold, and undo what they did.`,
      ...(proved ? { incident: true as const } : {}),
      evidence: {
        login: account.login,
        firstAt: days[0] ?? null,
        lastAt: days.at(-1) ?? null,
        actions: counts.slice(0, MOST_NAMED),
        repositories: [...new Set(done.flatMap(({ repository }) => repository ?? []))].sort().slice(0, MOST_NAMED),
      },
    };
    return [permitted(finding, account)];
  });
}

/** Of several accounts the one that is proved best: what the log says of it decides. */
function accountOf(acts: readonly LoggedAct[], accounts: readonly GitHubAccount[]): GitHubAccount | undefined {
  const own = accounts.filter(({ id }) => acts.some(({ actorId }) => actorId === id));
  const order = ['proved', 'likely', 'weak'] as const;
  return own.toSorted((one, other) => order.indexOf(one.confidence) - order.indexOf(other.confidence))[0];
}
