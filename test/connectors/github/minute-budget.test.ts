import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { minuteBudget } from '../../../src/connectors/github/minute-budget.ts';

/** Asks for each cost in turn and tells when it was granted, on a clock that only waiting moves. */
async function grantsOf(points: number, costs: readonly number[]): Promise<number[]> {
  let now = 0;
  const budget = minuteBudget(points, {
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
  });
  const granted: number[] = [];
  await Promise.all(
    costs.map(async (cost, index) => {
      await budget(cost);
      granted[index] = now;
    }),
  );
  return granted;
}

const costs = fc.array(fc.constantFrom<number>(0, 1, 5), { maxLength: 400 });

test('no minute, wherever it begins, holds more points than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 5, max: 100 }), costs, async (points, asked) => {
      const granted = await grantsOf(points, asked);
      for (const from of granted) {
        const spent = asked.filter((_, index) => {
          const at = granted[index] ?? 0;
          return at >= from && at < from + 60_000;
        });
        assert.ok(spent.reduce((sum, cost) => sum + cost, 0) <= points);
      }
    }),
  );
});

test('calls are let through in the order in which they asked', async () => {
  await fc.assert(
    fc.asyncProperty(costs, async (asked) => {
      const granted = await grantsOf(10, asked);
      assert.deepEqual(
        granted,
        [...granted].sort((a, b) => a - b),
      );
    }),
  );
});

test('who needs fewer points than a minute has never waits', async () => {
  const granted = await grantsOf(
    900,
    Array.from({ length: 900 }, () => 1),
  );
  assert.deepEqual(new Set(granted), new Set([0]));
});

test('a call that costs more than a minute has is made all the same, alone', async () => {
  const [first, second] = await grantsOf(3, [5, 1]);
  assert.equal(first, 0);
  assert.ok((second ?? 0) >= 60_000);
});
