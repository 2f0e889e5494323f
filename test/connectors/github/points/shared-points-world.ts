import assert from 'node:assert/strict';
import { Paused } from '../../../../src/connectors/github/call/paused.ts';
import type { LedgerStore } from '../../../../src/connectors/github/points/held-points.ts';
import type { SharedPoints } from '../../../../src/connectors/github/points/shared-points.ts';

export const ORGANISATION = 'kestrel-data';

/** Time that passes when nobody has anything left to do. */
export class Time {
  #now = 1_800_000_000_000;
  readonly #due: { readonly at: number; readonly act: () => void }[] = [];

  readonly now = (): number => this.#now;
  readonly later = (ms: number, act: () => void): void => void this.#due.push({ at: this.#now + ms, act });
  readonly wait = (ms: number): Promise<void> => new Promise((resolve) => this.later(ms, resolve));

  async passUntil(done: () => boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done()) return;
      const next = this.#due.toSorted((a, b) => a.at - b.at)[0];
      assert.ok(next !== undefined, 'everybody waits for nothing');
      this.#due.splice(this.#due.indexOf(next), 1);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
  }
}

/** A row under an ETag, which takes a while to read and to write. */
export function rowIn(time: Time, latencyMs: () => number): LedgerStore & { away: boolean; changes: number } {
  let row: string | undefined;
  let etag = 0;
  const store = {
    away: false,
    changes: 0,
    async change<T>(_: string, change: (ledger: string | undefined) => { ledger: string; answer: T }): Promise<T> {
      for (;;) {
        const read = { row, etag };
        await time.wait(latencyMs());
        if (store.away) throw new Error('storage is away');
        const { ledger, answer } = change(read.row);
        await time.wait(latencyMs());
        if (read.etag !== etag) continue;
        [row, etag] = [ledger, etag + 1];
        store.changes += 1;
        return answer;
      }
    },
  };
  return store;
}

/** Counts as GitHub does: no minute, wherever it begins, may have more points than the limit. */
export class GitHubMinute {
  readonly arrivals: { readonly at: number; readonly cost: number }[] = [];
  /** Points of the fullest minute. */
  get fullest(): number {
    let [most, sum, from] = [0, 0, 0];
    const sorted = this.arrivals.toSorted((a, b) => a.at - b.at);
    for (const { at, cost } of sorted) {
      sum += cost;
      for (; (sorted[from]?.at ?? at) <= at - 60_000; from += 1) sum -= sorted[from]?.cost ?? 0;
      most = Math.max(most, sum);
    }
    return most;
  }
}

/** One piece of work as the engine has it done: where it is sent away it comes again, in its own time. */
export async function work(
  points: SharedPoints,
  time: Time,
  minute: GitHubMinute,
  { name, planned, calls }: { readonly name: string; readonly planned: number; readonly calls: readonly number[] },
): Promise<{ readonly longestMs: number; readonly givenUp: number }> {
  let longestMs = 0;
  let givenUp = 0;
  for (;;) {
    const since = time.now();
    const admitted = await points.admit(name, planned);
    longestMs = Math.max(longestMs, time.now() - since);
    if (!admitted.ok) {
      await time.wait(admitted.tryAgainAfterMs);
      continue;
    }
    try {
      await Promise.all(
        calls.map(async (cost, index) => {
          await points.spend(cost);
          await time.wait((index * 37) % 900);
          minute.arrivals.push({ at: time.now(), cost });
        }),
      );
      return { longestMs: Math.max(longestMs, time.now() - since), givenUp };
    } catch (error) {
      assert.ok(error instanceof Paused);
      givenUp += 1;
      await time.wait(error.tryAgainAfterMs);
    } finally {
      await admitted.done();
    }
  }
}
