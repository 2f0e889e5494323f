import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { readRows } from '../../../src/connectors/paging/rows.ts';
import { type Reading, settle } from '../../../src/connectors/paging/settle.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import { fc } from '../../support/properties.ts';

const BY = {
  keyOf: (id: number): string => String(id),
  told: (came: string): string => came,
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
  [
    'a list of several pages that comes empty next is not empty',
    [reading([1, 2, 3, 4], two), reading([])],
    [1, 2, 3, 4],
    4,
    /gave 4, 0, 0, 0 rows|never gave the same list twice in 4 readings \(4, 0, 0, 0 rows\)/,
  ],
  [
    'a shorter answer of one page counts only once it came twice',
    [reading([1, 2, 3], two), reading([1]), reading([1, 3])],
    [1, 3],
    3,
    undefined,
  ],
  ['what grew between two readings is whole', [reading([1, 2], two), reading([1, 2, 3], two)], [1, 2, 3], 2, undefined],
  [
    'what the index that confirms an end lacks is kept, and told',
    [reading([1, 2, 3], { doubt: 'a full page' }), reading([1, 2], { totals: [2] })],
    [1, 2, 3],
    4,
    /gave 3, 2, 2, 2 rows in 4 readings/,
  ],
  [
    'where what is looked for was found, nothing more is asked',
    [reading([1, 2], { ...two, enough: true })],
    [1, 2],
    1,
    undefined,
  ],
  [
    'what is found in a later reading is found, with what came before',
    [reading([1, 2], two), reading([3], { enough: true })],
    [1, 2, 3],
    2,
    undefined,
  ],
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

const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.integer({ min: 1, max: 12 }).chain((n) => (n === 1 ? value : fc.constant(undefined)));
/** Any answer that a vendor may give to one reading, whatever it gave before. */
const anyReading = fc
  .record({
    items: fc.uniqueArray(fc.nat(5), { maxLength: 5 }),
    pages: fc.integer({ min: 1, max: 3 }),
    total: fc.option(fc.nat(5), { freq: 1, nil: undefined }),
    unreadable: rarely(fc.constant(1)),
    doubt: rarely(fc.constant('a full page')),
    torn: rarely(fc.constant(true)),
    failure: rarely(fc.constant(refused)),
  })
  .map(({ items, pages, total, unreadable = 0, doubt, torn, failure }) =>
    reading(items, {
      pages,
      unreadable,
      totals: total === undefined ? [] : [total === 5 ? total : items.length + unreadable],
      ...(doubt === undefined ? {} : { doubt }),
      ...(torn === undefined ? {} : { torn }),
      ...(failure === undefined ? {} : { failure }),
    }),
  );
/** Mostly several readings of the same, of which some are otherwise. */
const anyReadings = fc
  .tuple(anyReading, fc.array(fc.option(anyReading, { freq: 2, nil: undefined }), { minLength: 3, maxLength: 3 }))
  .map(([first, more]) => {
    const all = [first];
    for (const each of more) all.push(each ?? all.at(-1) ?? first);
    return all;
  });

test('whatever a vendor answers, no row that any reading had is lost unless two later readings agree without it, and nothing else is whole', async () => {
  let [whole, dropped] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyReadings, async (given) => {
      const { items, failure, asked } = await settled(...given);
      const readings = given.slice(0, asked.length);
      const [before, last] = [readings.at(-2), readings.at(-1)];
      assert.ok(last !== undefined);
      const has = (rows: readonly number[], of: readonly number[]) => of.every((id) => rows.includes(id));
      const agreed = before !== undefined && last.items.length > 0 && has(last.items, before.items);
      const seen = new Set(readings.flatMap((each) => each.items));
      const lost = [...seen].filter((id) => !items.includes(id));
      if (lost.length > 0) {
        dropped += 1;
        assert.ok(agreed && readings.length > 2, 'two readings agree');
        assert.ok(!lost.some((id) => before.items.includes(id) || last.items.includes(id)), 'neither has the row');
      }
      if (failure !== undefined) return;
      whole += 1;
      const atOnce = readings.length === 1 && last.pages === 1;
      const empty = readings.every((each) => each.items.length === 0);
      assert.ok(atOnce || agreed || empty, 'one page at once, or two readings that agree');
    }),
    { numRuns: 20_000 },
  );
  assert.ok(whole > 1_000 && dropped > 20, `${whole} whole, ${dropped} with a row that went`);
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
