import Bottleneck from 'bottleneck';
import type { IdentityName } from '../../credentials.ts';
import type { GitHubSettings } from '../../settings.ts';
import { changeGitHubPoints, readGitHubPoints } from '../../storage/github-points.ts';
import { foresee } from '../points/foresee.ts';
import { enter, NEW_LEDGER, parseLedger } from '../points/ledger.ts';
import { type SharedPoints, sharedPoints } from '../points/shared-points.ts';

/**
 * How calls of one installation are paced, whichever identity makes them. GitHub's published limits
 * (docs.github.com/rest, "Rate limits for the REST API"): 100 requests at once; 900 points a minute, a read 1 point,
 * a write 5 and at least a second apart; GraphQL has 2,000 points of its own, which we come nowhere near.
 */
export interface Pacing {
  /**
   * The groups that `@octokit/plugin-throttling` schedules calls in. Its defaults let ten calls run at once and put a
   * second between GraphQL queries, which are reads here: 40 batches of repositories would wait 40 seconds for nothing.
   */
  readonly global: Bottleneck.Group;
  readonly write: Bottleneck.Group;
  /** What notifies people, such as an issue: three times as far apart as other writes, as in the plugin itself. */
  readonly notifications: Bottleneck.Group;
  /** Shared by every instance of the app. Waiting here is queueing for a place; what GitHub refuses is never waited for. */
  readonly points: SharedPoints;
}

/** Of 100: other instances of the app, and other users of the installation, need some too. */
const AT_ONCE = 50;

const everything = new Bottleneck.Group({ maxConcurrent: AT_ONCE });
const querying = new Bottleneck.Group({ maxConcurrent: 10 });
const writing = new Map<number, Bottleneck.Group>();
const notifying = new Map<number, Bottleneck.Group>();
const shared = new Map<string, SharedPoints>();

/** `installation` names what GitHub counts together: an organisation, or the App itself. */
export function pacingOf(settings: GitHubSettings, identity: IdentityName, installation: string): Pacing {
  const points = settings.GITHUB_POINTS_PER_MINUTE;
  return {
    global: everything,
    // Those who read write nothing: what the plugin takes for writes are their GraphQL queries.
    write:
      identity === 'reader' || identity === 'assessor'
        ? querying
        : once(writing, points, () => apart(900_000 / points)),
    notifications: once(notifying, points, () => apart(2_700_000 / points)),
    points: pointsOf(settings, installation),
  };
}

/** The points of an installation. All that ask for them share one row: by the API's address, the App and the organisation. */
export function pointsOf(settings: GitHubSettings, installation: string): SharedPoints {
  const { GITHUB_POINTS_PER_MINUTE: limit } = settings;
  const counted = rowOf(settings, installation);
  const key = `${settings.TABLE_ENDPOINT} ${counted} ${limit}`;
  const store = {
    change: <T>(row: string, change: Parameters<typeof changeGitHubPoints<T>>[2]) =>
      changeGitHubPoints<T>(settings, row, change),
  };
  return once(shared, key, () => sharedPoints(store, counted, limit));
}

/**
 * Milliseconds in which an installation can be asked so much more, at best; undefined where nothing tells it. `work` is
 * what the names of its pieces of work begin with.
 */
export async function timeForPoints(
  settings: GitHubSettings,
  installation: string,
  { points, work, now }: { readonly points: number; readonly work: string; readonly now: Date },
): Promise<number | undefined> {
  try {
    const text = await readGitHubPoints(settings, rowOf(settings, installation));
    const stored = text === undefined ? NEW_LEDGER : parseLedger(text);
    const ledger = enter(stored, { process: 'nobody', now: now.getTime(), spent: [], held: 0 });
    const limit = settings.GITHUB_POINTS_PER_MINUTE;
    return foresee(ledger, { now: now.getTime(), points, limit, mine: (id) => id.startsWith(work) });
  } catch {
    return undefined;
  }
}

function rowOf(
  { GITHUB_API_ENDPOINT: endpoint, GITHUB_APP_ID: app }: Pick<GitHubSettings, 'GITHUB_API_ENDPOINT' | 'GITHUB_APP_ID'>,
  installation: string,
): string {
  return [new URL(endpoint).host, app, installation.toLowerCase()].join(' ');
}

function apart(minTime: number): Bottleneck.Group {
  return new Bottleneck.Group({ maxConcurrent: 1, minTime });
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const there = known.get(key);
  if (there !== undefined) return there;
  const made = make();
  known.set(key, made);
  return made;
}
