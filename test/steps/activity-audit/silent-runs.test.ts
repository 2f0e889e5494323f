import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastOf, runs, type Unit, unitOf } from '../../../src/steps/activity-audit/rules/silent-runs.ts';
import { rowsOn } from './activity-audit-world.ts';

/** A line of days: `x` has rows of somebody else, `o` of the leaver alone, `.` none. */
const lineOf = (days: string, label = 'a'): Unit[] =>
  [...days].map((day, at) => {
    const date = `day ${at}`;
    return unitOf(date, 'any day', label, day === '.' ? [] : [rowsOn(date, { byOthers: day === 'x' ? 1 : 0 })]);
  });
const told = (units: readonly Unit[]) =>
  runs(units, ({ label }) => label).map((run) => [run[0].label, run[0].date, lastOf(run).date, run.length]);

const LINES: readonly (readonly [what: string, days: string, runs: readonly (readonly [string, string, number])[]])[] =
  [
    ['every day has rows', 'x'.repeat(60), []],
    ['nobody ever called', '.'.repeat(60), []],
    ['it is silent at the end', `${'x'.repeat(60)}${'.'.repeat(10)}`, [['day 60', 'day 69', 10]]],
    [
      'it is silent twice',
      `${'x'.repeat(60)}${'.'.repeat(10)}${'x'.repeat(30)}${'.'.repeat(12)}x`,
      [
        ['day 60', 'day 69', 10],
        ['day 100', 'day 111', 12],
      ],
    ],
    ['nothing was usual before the first row', `${'.'.repeat(10)}${'x'.repeat(60)}`, []],
    ['a few days may be chance', `${'x'.repeat(60)}..x`, []],
    ['few days prove little', 'xxx......', []],
    ['only the leaver called', `${'o'.repeat(60)}${'.'.repeat(10)}`, []],
    ['a row of the leaver ends it', `${'x'.repeat(60)}${'.'.repeat(10)}o${'x'.repeat(9)}`, [['day 60', 'day 69', 10]]],
  ];
for (const [what, days, expected] of LINES) {
  test(`silences of a line where ${what}`, () =>
    assert.deepEqual(
      told(lineOf(days)),
      expected.map((run) => ['a', ...run]),
    ));
}

test('each line is silent by itself, and what is usual is learnt from all of a kind', () => {
  const [one, other] = [lineOf(`${'x'.repeat(30)}${'.'.repeat(10)}`, 'a'), lineOf('x'.repeat(40), 'b')];
  assert.deepEqual(told(one), [], 'alone it proves too little');
  assert.deepEqual(told([...one, ...other, ...lineOf('x'.repeat(40), 'c')]), [['a', 'day 30', 'day 39', 10]]);
});
