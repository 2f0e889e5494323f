import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerStore } from '../../../../src/connectors/github/points/held-points.ts';
import { type SharedPoints, sharedPoints } from '../../../../src/connectors/github/points/shared-points.ts';
import { fc } from '../../../support/properties.ts';
import { GitHubMinute, ORGANISATION, rowIn, Time, work } from './shared-points-world.ts';

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
