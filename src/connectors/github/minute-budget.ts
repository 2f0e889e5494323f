import { setTimeout as delay } from 'node:timers/promises';

/** A minute and a little: the vendor counts when calls arrive, which is later by an uneven amount. */
const MINUTE_MS = 61_000;

/** Milliseconds from any start, which nobody can set back. */
interface Clock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

const STEADY: Clock = { now: () => performance.now(), wait: (ms) => delay(ms) };

/** Waits until a call of so many points may be made; in the order of asking. */
export type Budget = (cost: number) => Promise<void>;

/**
 * Points that may be spent in a minute. Any minute counts, wherever it begins, so the vendor's may begin when it
 * likes; and whoever needs fewer than a minute's points never waits.
 */
export function minuteBudget(points: number, clock: Clock = STEADY): Budget {
  const spent: { readonly at: number; readonly cost: number }[] = [];
  let used = 0;
  let turn = Promise.resolve();

  const take = async (cost: number): Promise<void> => {
    for (;;) {
      const now = clock.now();
      for (let first = spent[0]; first !== undefined && first.at + MINUTE_MS <= now; first = spent[0]) {
        used -= first.cost;
        spent.shift();
      }
      const [oldest] = spent;
      if (oldest === undefined || used + cost <= points) {
        spent.push({ at: now, cost });
        used += cost;
        return;
      }
      await clock.wait(oldest.at + MINUTE_MS - now);
    }
  };

  return (cost) => {
    turn = turn.then(() => take(cost));
    return turn;
  };
}
