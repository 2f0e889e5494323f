import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weeksBetween, worstOfWeeks } from '../../../src/posture/runs/history.ts';

const AT = '2026-11-23T04:10:00.000Z';

test('of a week the worst counts: what fails before what nobody knows, and that before what passes', () => {
  const checks = [
    { id: 'b', point: 2, title: 'B' },
    { id: 'a', point: 1, title: 'A' },
  ];
  const seen = (
    check: string,
    week: string,
    ...statuses: readonly ('pass' | 'fail' | 'unknown' | 'not-applicable')[]
  ) => statuses.map((status) => ({ check, week, status }));
  const weeks = worstOfWeeks(checks, [
    ...seen('a', '2026-W48', 'pass', 'fail', 'unknown'),
    ...seen('a', '2026-W47', 'pass', 'unknown', 'not-applicable'),
    ...seen('a', '2026-W46', 'not-applicable', 'pass'),
    ...seen('gone', '2026-W46', 'fail'),
  ]);
  assert.deepEqual(
    weeks.map(({ check }) => check),
    ['a', 'b'],
  );
  assert.deepEqual(weeks[0]?.weeks, [
    { week: '2026-W46', status: 'pass' },
    { week: '2026-W47', status: 'unknown' },
    { week: '2026-W48', status: 'fail' },
  ]);
  assert.deepEqual(weeks[1]?.weeks, [], 'a week without a run is a gap');
});

test('weeks go from the Monday of the first day to now, a year at most', () => {
  assert.deepEqual(weeksBetween('2026-11-18', new Date(AT)), {
    ...{ from: '2026-11-16', weeks: ['2026-W47', '2026-W48'] },
  });
  const year = weeksBetween(undefined, new Date(AT)).weeks;
  assert.deepEqual([year.length, year.at(-1)], [52, '2026-W48']);
});
