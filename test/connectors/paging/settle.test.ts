import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { readRows } from '../../../src/connectors/paging/rows.ts';
import type { Reading } from '../../../src/connectors/paging/settle.ts';
import { fc } from '../../support/properties.ts';
import { reading, refused, settled } from './settle-world.ts';

const two = { pages: 2 };

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
