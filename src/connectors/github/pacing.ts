import Bottleneck from 'bottleneck';
import type { Config } from '../../config.ts';
import type { IdentityName } from '../credentials.ts';

/**
 * The groups that `@octokit/plugin-throttling` schedules calls in. Its defaults let ten calls run at once and put a
 * second between GraphQL queries, which are reads here: 40 batches of repositories would wait 40 seconds for nothing.
 * GitHub's published limits (docs.github.com/rest, "Rate limits for the REST API"): 100 requests at once, 900 points
 * a minute, a read 1 point, a write 5 and at least a second apart.
 */
export interface Pacing {
  readonly global: Bottleneck.Group;
  readonly write: Bottleneck.Group;
}

/** Of 100: other instances of the app, and other users of the installation, need some too. */
const AT_ONCE = 50;
/** The part of a minute's points that may be spent at once; the rest flows evenly. Any minute stays within the limit. */
const BURST = 0.2;
const TICK_MS = 250;

const shared = new Map<number, Bottleneck.Group>();
const writing = new Map<number, Bottleneck.Group>();
const querying = new Bottleneck.Group({ maxConcurrent: 10 });

/** Waiting here is queueing for a place, a minute or two at most; what GitHub refuses is never waited for. */
export function pacingOf(config: Config, identity: IdentityName): Pacing {
  const points = config.GITHUB_POINTS_PER_MINUTE;
  const burst = Math.ceil(points * BURST);
  return {
    global: once(shared, points, {
      maxConcurrent: AT_ONCE,
      reservoir: burst,
      reservoirIncreaseMaximum: burst,
      reservoirIncreaseInterval: TICK_MS,
      reservoirIncreaseAmount: Math.max(((points * (1 - BURST)) / 60_000) * TICK_MS, 0.1),
    }),
    // The reader writes nothing: what the plugin takes for writes are its GraphQL queries.
    write: identity === 'reader' ? querying : once(writing, points, { maxConcurrent: 1, minTime: 900_000 / points }),
  };
}

function once(
  groups: Map<number, Bottleneck.Group>,
  points: number,
  options: Bottleneck.ConstructorOptions,
): Bottleneck.Group {
  const known = groups.get(points);
  if (known !== undefined) return known;
  const group = new Bottleneck.Group(options);
  groups.set(points, group);
  return group;
}
