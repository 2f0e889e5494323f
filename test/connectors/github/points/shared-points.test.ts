import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Paused } from '../../../../src/connectors/github/call/paused.ts';
import type { LedgerStore } from '../../../../src/connectors/github/points/held-points.ts';
import { type SharedPoints, sharedPoints } from '../../../../src/connectors/github/points/shared-points.ts';
import { fc } from '../../../support/properties.ts';

const ORGANISATION = 'kestrel-data';

/** Time that passes when nobody has anything left to do. */
class Time {
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
function rowIn(time: Time, latencyMs: () => number): LedgerStore & { away: boolean; changes: number } {
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
class GitHubMinute {
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
async function work(
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

test('forty instances stay within a minute of GitHub’s, end, and keep nothing waiting longer than two minutes', async () => {
  const time = new Time();
  const minute = new GitHubMinute();
  const store = rowIn(time, () => 5);
  const instances = Array.from({ length: 40 }, () => sharedPoints(store, ORGANISATION, 900, time));
  const pieces = instances.flatMap((points, at) =>
    [0, 1, 2].map((which) =>
      work(points, time, minute, { name: `${at}/${which}`, planned: 100, calls: Array.from({ length: 100 }, () => 1) }),
    ),
  );
  let ended = false;
  const all = Promise.all(pieces).then((each) => {
    ended = true;
    return each;
  });
  const began = time.now();
  await time.passUntil(() => ended);
  const done = await all;
  assert.ok(minute.fullest <= 900, `${minute.fullest} points in one minute`);
  assert.equal(minute.arrivals.length, 40 * 3 * 100);
  assert.ok(Math.max(...done.map(({ longestMs }) => longestMs)) <= 120_000);
  assert.equal(
    done.reduce((sum, { givenUp }) => sum + givenUp, 0),
    0,
    'what has begun is not given up',
  );
  // 12,000 points take 13 minutes and a third; a tenth of each minute is kept for what nobody foresaw.
  assert.ok(time.now() - began <= 18 * 60_000, `${Math.round((time.now() - began) / 60_000)} minutes`);
});

test('whatever instances plan and need, no minute has more points than allowed, and all of it ends', async () => {
  const pieceOf = fc.record({
    planned: fc.integer({ min: 1, max: 60 }),
    calls: fc.array(fc.constantFrom(1, 1, 1, 5, 0), { maxLength: 60 }),
  });
  const plans = fc.array(fc.array(pieceOf, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      plans,
      fc.integer({ min: 60, max: 200 }),
      fc.integer({ min: 1, max: 300 }),
      async (plan, limit, ms) => {
        const time = new Time();
        const minute = new GitHubMinute();
        const store = rowIn(time, () => ms);
        let open = 0;
        plan.forEach((pieces, at) => {
          const points = sharedPoints(store, ORGANISATION, limit, time);
          pieces.forEach((piece, which) => {
            open += 1;
            void work(points, time, minute, { name: `${at}/${which}`, ...piece }).then(() => {
              open -= 1;
            });
          });
        });
        await time.passUntil(() => open === 0);
        assert.ok(minute.fullest <= limit, `${minute.fullest} of ${limit} points`);
      },
    ),
    { numRuns: 60 },
  );
});

test('whoever needs fewer points than a minute has never waits, and changes the row a few times only', async () => {
  const time = new Time();
  const store = rowIn(time, () => 0);
  const points = sharedPoints(store, ORGANISATION, 900, time);
  let open = 0;
  const began = time.now();
  for (let call = 0; call < 900; call += 1) {
    open += 1;
    void points.spend(1).then(() => {
      open -= 1;
    });
  }
  await time.passUntil(() => open === 0);
  assert.equal(time.now() - began, 0);
  assert.ok(store.changes <= 8, `${store.changes} changes`);
});

test('a pause that GitHub asks one instance for is everybody’s', async () => {
  const time = new Time();
  const store = rowIn(time, () => 5);
  const [one, other] = [1, 2].map(() => sharedPoints(store, ORGANISATION, 900, time)) as [SharedPoints, SharedPoints];
  one.pause(30_000);
  await time.passUntil(() => store.changes > 0);
  let told: unknown;
  const asked = other.admit('work', 10).then((answer) => {
    told = answer;
  });
  await time.passUntil(() => told !== undefined);
  await asked;
  assert.deepEqual(told, { ok: false, tryAgainAfterMs: 29_985 });
  assert.ok(one.pausedFor() > 0 && other.pausedFor() > 0);
});

test('where storage is away, an instance keeps to the limit by itself', async () => {
  const time = new Time();
  const minute = new GitHubMinute();
  const store = rowIn(time, () => 5);
  store.away = true;
  const points = sharedPoints(store, ORGANISATION, 60, time);
  let open = 0;
  for (let call = 0; call < 100; call += 1) {
    open += 1;
    void points.spend(1).then(() => {
      minute.arrivals.push({ at: time.now(), cost: 1 });
      open -= 1;
    });
  }
  await time.passUntil(() => open === 0);
  assert.ok(minute.fullest <= 60);
});

test('however many wait in line, the row that tells of them can be stored', async () => {
  const time = new Time();
  let longest = 0;
  const row = rowIn(time, () => 0);
  const store: LedgerStore = {
    change: (name, change) =>
      row.change(name, (before) => {
        const changed = change(before);
        longest = Math.max(longest, changed.ledger.length);
        return changed;
      }),
  };
  const instances = Array.from({ length: 40 }, () => sharedPoints(store, ORGANISATION, 900, time));
  let asked = 0;
  for (let each = 0; each < 1_000; each += 1) {
    const work = `3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1/github/northwind-capital/${each}`;
    void instances[each % 40]?.admit(work, 300).then(() => {
      asked += 1;
    });
  }
  await time.passUntil(() => asked === 1_000);
  // learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model: 64 KiB of UTF-16
  assert.ok(longest <= 32_768, `${longest} characters`);
});
