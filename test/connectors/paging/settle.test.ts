import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod';
import { readRows } from '../../../src/connectors/paging/rows.ts';
import { type Reading, settle } from '../../../src/connectors/paging/settle.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';

const BY = {
  keyOf: (id: number): string => String(id),
  incomplete: (message: string): VendorFailure => ({ kind: 'incomplete', status: 200, message }),
  moving: (message: string): VendorFailure => ({ kind: 'unavailable', status: 200, tryAgainAfterMs: 0, message }),
};
const reading = (items: readonly number[], more: Partial<Reading<number>> = {}): Reading<number> => ({
  items,
  unreadable: 0,
  pages: 1,
  totals: [],
  ...more,
});

/** Settles on readings that are given one after the other; the last one is given again and again. */
async function settled(...readings: readonly Reading<number>[]) {
  const asked: boolean[] = [];
  const listing = await settle<number>({
    ...BY,
    read: ({ confirming }) => {
      asked.push(confirming);
      return Promise.resolve(readings[Math.min(asked.length, readings.length) - 1] ?? reading([]));
    },
  });
  return { ...listing, asked };
}

const two = { pages: 2 };
const refused: VendorFailure = { kind: 'refused', status: 400, message: 'no' };

/** What came, reading by reading; what is kept, how often it was asked for, and what is said about it. */
const SITUATIONS: readonly (readonly [
  name: string,
  readings: readonly Reading<number>[],
  items: readonly number[],
  times: number,
  failure: RegExp | undefined,
])[] = [
  ['one page is one moment', [reading([1, 2])], [1, 2], 1, undefined],
  ['two pages are read until two readings agree', [reading([1, 2], two)], [1, 2], 2, undefined],
  ['what moved once is read once more', [reading([1, 2], two), reading([1, 3], two)], [1, 3], 3, undefined],
  [
    'what never holds still is told as it is',
    [[1], [2], [3], [4]].map((ids) => reading(ids, two)),
    [1, 2, 3, 4],
    4,
    /never gave the same list twice in 4 readings/,
  ],
  ['the same row twice is no steady list', [reading([1, 1], two)], [1], 4, /never gave the same list twice/],
  ['a total that agrees is a total', [reading([1, 2], { totals: [2] })], [1, 2], 1, undefined],
  ['a total that lies is told', [reading([1, 2], { totals: [3] })], [1, 2], 4, /counts 3 in all/],
  ['totals of two pages that differ are told', [reading([1, 2], { ...two, totals: [2, 3] })], [1, 2], 4, /counts 2, 3/],
  [
    'a doubtful end that a total confirms is one',
    [reading([1], { doubt: 'a full page' }), reading([1], { doubt: 'a full page', totals: [1] })],
    [1],
    2,
    undefined,
  ],
  [
    'a doubtful end that nothing confirms is told',
    [reading([1], { doubt: 'an empty page' })],
    [1],
    2,
    /ended with an empty page, which proves no end/,
  ],
  [
    'where the total is refused the doubt stays, with what was read',
    [reading([1], { doubt: 'a full page' }), reading([], { failure: refused })],
    [1],
    2,
    /ended with a full page/,
  ],
  ['what breaks off keeps what came', [reading([1], { failure: refused })], [1], 1, /^no$/],
  ['an odd row is counted', [reading([1], { unreadable: 2 })], [1], 1, /gave 2 of 3 rows in a shape/],
];

for (const [name, readings, items, times, failure] of SITUATIONS) {
  test(name, async () => {
    const listing = await settled(...readings);
    assert.deepEqual([...listing.items].sort(), items);
    assert.equal(listing.asked.length, times);
    if (failure === undefined) assert.equal(listing.failure, undefined);
    else assert.match(listing.failure?.message ?? '', failure);
  });
}

test('the longest pause that any reading was asked for is kept', async () => {
  const listing = await settled(reading([1], { ...two, slowDownMs: 9 }), reading([1], { ...two, slowDownMs: 3 }));
  assert.equal(listing.slowDownMs, 9);
});

/** What may happen to a list between two pages: a row ends, a new one comes, one moves to another place. */
const change = fc.record({ what: fc.constantFrom('remove', 'insert', 'move'), at: fc.nat(40), to: fc.nat(40) });

test('however a list changes while it is paged, it never counts as whole with a row missing that was there all the time', async () => {
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rows: fc.integer({ min: 0, max: 30 }),
        size: fc.integer({ min: 1, max: 12 }),
        totals: fc.boolean(),
        changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }),
      }),
      async ({ rows, size, totals, changes }) => {
        const list = Array.from({ length: rows }, (_, id) => id);
        const always = new Set(list);
        let next = rows;
        let moment = 0;
        const pass = (): void => {
          for (const { what, at, to } of changes[moment] ?? []) {
            const place = at % Math.max(list.length, 1);
            if (what === 'insert') list.splice(place, 0, next++);
            else {
              const [row] = list.splice(place, 1);
              if (row === undefined) continue;
              if (what === 'remove') always.delete(row);
              else list.splice(to % (list.length + 1), 0, row);
            }
          }
          moment += 1;
        };
        const listing = await settle<number>({
          ...BY,
          read: () => {
            const items: number[] = [];
            const told: number[] = [];
            let pages = 0;
            for (let more = true; more; pages += 1) {
              const from = pages * size;
              items.push(...list.slice(from, from + size));
              told.push(list.length);
              // The link is on the page, and is followed whatever becomes of the list meanwhile.
              more = from + size < list.length;
              pass();
            }
            return Promise.resolve(reading(items, { pages, ...(totals ? { totals: told } : {}) }));
          },
        });
        if (listing.failure !== undefined) return;
        whole += 1;
        const seen = new Set(listing.items);
        assert.deepEqual(
          [...always].filter((id) => !seen.has(id)),
          [],
        );
      },
    ),
    { numRuns: 3_000 },
  );
  assert.ok(whole > 500, 'lists that hold still count as whole');
});

test('rows are read one by one: an odd one is counted and takes no other with it', () => {
  const Row = z.object({ id: z.number(), name: z.string() });
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(), fc.jsonValue())), (values) => {
      const rows = values.map((value) => (typeof value === 'number' ? { id: value, name: 'any' } : value));
      const good = rows.filter((row) => Row.safeParse(row).success).length;
      const { items, unreadable } = readRows(Row, rows);
      assert.deepEqual([items.length, unreadable], [good, rows.length - good]);
    }),
  );
});
