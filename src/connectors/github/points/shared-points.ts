import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Paused } from '../call/paused.ts';
import { heldPoints, type LedgerStore } from './held-points.ts';

/** The time by which instances agree, in milliseconds since 1970, and waiting. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Calls after so long, without keeping the process alive for it. */
  readonly later: (ms: number, act: () => void) => void;
}

const CLOCK: Clock = {
  now: () => Date.now(),
  wait: (ms) => delay(ms),
  later: (ms, act) => void setTimeout(act, ms).unref(),
};

/** Nothing waits longer than this inside an activity: the host ends those that do, and loses what they read. */
const MOST_WAIT_MS = 100_000;

/** Points that are taken at once for calls that nobody foresaw: one change of the row for many of them. */
const SLICE = 1 / 36;

/** What nobody spends any more is given back after so long. */
const IDLE_MS = 2_000;

/** Points that were promised to a piece of work. */
export interface Admission {
  readonly ok: true;
  /** Gives back what the work did not need. */
  done(): Promise<void>;
}

/** The points of one installation, shared by every instance of the app. */
export interface SharedPoints {
  /** Waits until a call of so many points may be made; in the order of asking. @throws Paused where that takes too long */
  spend(cost: number): Promise<void>;
  /**
   * Waits until all points of a piece of work are there, so that nothing that has begun is given up in the middle. The
   * work keeps its place in the line under its name.
   */
  admit(work: string, points: number): Promise<Admission | { readonly ok: false; readonly tryAgainAfterMs: number }>;
  /** GitHub asked for a pause, in milliseconds; nobody asks anything until it is over. */
  pause(ms: number): void;
  /** Milliseconds that are left of a pause. */
  pausedFor(): number;
}

interface Waiter {
  readonly cost: number;
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (why: Error) => void;
}

/** Points of an installation, `limit` a minute. */
export function sharedPoints(
  store: LedgerStore,
  installation: string,
  limit: number,
  { now, wait, later }: Clock = CLOCK,
): SharedPoints {
  const points = heldPoints(store, installation, limit, now);
  const queue: Waiter[] = [];
  let asking = false;

  const serve = (): void => {
    points.letGoOfOld();
    for (let [first] = queue; first !== undefined && points.spend(first.cost); [first] = queue) {
      queue.shift();
      first.resolve();
    }
  };
  const fetchPoints = async (): Promise<void> => {
    for (serve(); queue.length > 0; serve()) {
      const wanted = queue.reduce((sum, { cost }) => sum + cost, 0);
      const slice = Math.floor(limit * SLICE);
      const [first] = queue;
      const least = Math.max(1, (first?.cost ?? 1) - points.held());
      const answer = await points.ask({
        points: Math.min(Math.max(wanted - points.held(), slice, least), Math.ceil(limit / 4)),
        least,
      });
      if (answer.granted) continue;
      const waited = first === undefined ? 0 : now() - first.since;
      if (answer.paused || waited + answer.waitMs > MOST_WAIT_MS) {
        for (const { reject } of queue.splice(0)) reject(new Paused(answer.waitMs));
      } else await wait(answer.waitMs);
    }
  };
  const kick = (): void => {
    if (asking) return;
    asking = true;
    fetchPoints()
      .catch((error: unknown) => {
        for (const { reject } of queue.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        asking = false;
        if (queue.length > 0) kick();
        else if (points.hasSpare()) giveBackWhenIdle();
      });
  };
  const giveBackWhenIdle = (): void =>
    later(IDLE_MS, () => {
      if (!asking && points.hasSpare()) points.giveBack().catch(() => {});
    });

  return {
    spend: (cost) =>
      cost === 0
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            queue.push({ cost, since: now(), resolve, reject });
            serve();
            if (queue.length > 0) kick();
          }),
    admit: async (work, wanted) => {
      for (const since = now(); ; ) {
        const answer = await points.ask({ points: wanted, work: placeOf(work) });
        if (answer.granted) {
          let ended = false;
          return {
            ok: true,
            done: async () => {
              if (ended) return;
              ended = true;
              await points.endWork(answer.points);
            },
          };
        }
        const waited = now() - since;
        if (answer.paused || waited + answer.waitMs > MOST_WAIT_MS)
          return { ok: false, tryAgainAfterMs: answer.waitMs };
        await wait(answer.waitMs);
      }
    },
    pause: points.pause,
    pausedFor: points.pausedFor,
  };
}

/** Names of work are long, and the row is small. */
function placeOf(work: string): string {
  return createHash('sha256').update(work).digest('hex').slice(0, 16);
}
