import { setTimeout as delay } from 'node:timers/promises';

/** The time, in milliseconds since 1970, and waiting. */
export interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** Nothing waits longer than this in a row inside an activity: the host ends those that do, and loses what they read. */
const MOST_WAIT_MS = 100_000;

/** How the calls to one organisation slow down. */
export interface Pace {
  /** Waits as long as the service asked for; where that is too long by now, the milliseconds that are left. */
  turn(): Promise<number>;
  /** An answer came, and asked for so long a pause; undefined where it asked for none. */
  heard(pauseMs: number | undefined): void;
}

/**
 * Heeds the pause that a successful answer asks for: the organisation is over its share, and who goes on is blocked for
 * everybody (429, TF400733). Every call of this process waits for it, and not for longer than a while in a row.
 * Source: learn.microsoft.com/azure/devops/integrate/concepts/rate-limits, "API client experience".
 */
export function paceOf({ now, wait }: Clock = { now: Date.now, wait: (ms) => delay(ms) }): Pace {
  let until = 0;
  /** Since when one pause follows another. */
  let since: number | undefined;
  return {
    turn: async () => {
      for (let left = until - now(); left > 0; left = until - now()) {
        since ??= now();
        if (now() + left - since > MOST_WAIT_MS) return left;
        await wait(left);
      }
      return 0;
    },
    heard: (pauseMs) => {
      if (pauseMs === undefined) {
        if (until <= now()) since = undefined;
      } else until = Math.max(until, now() + pauseMs);
    },
  };
}
