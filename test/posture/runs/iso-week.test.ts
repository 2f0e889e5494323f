import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mondayOf, mondaysUntil, weekOf } from '../../../src/posture/runs/iso-week.ts';

test('a week begins on Monday and belongs to the year of its Thursday', () => {
  const weeks: readonly (readonly [day: string, week: string, monday: string])[] = [
    ['2026-11-23T00:00:00.000Z', '2026-W48', '2026-11-23'],
    ['2026-11-29T23:59:59.999Z', '2026-W48', '2026-11-23'],
    ['2026-11-30T00:00:00.000Z', '2026-W49', '2026-11-30'],
    ['2027-01-03T12:00:00.000Z', '2026-W53', '2026-12-28'],
    ['2027-01-04T00:00:00.000Z', '2027-W01', '2027-01-04'],
    ['2024-12-30T00:00:00.000Z', '2025-W01', '2024-12-30'],
    ['2023-01-01T00:00:00.000Z', '2022-W52', '2022-12-26'],
  ];
  for (const [day, week, monday] of weeks) {
    assert.deepEqual([weekOf(new Date(day)), mondayOf(new Date(day))], [week, monday], day);
  }
  assert.deepEqual(mondaysUntil(new Date('2027-01-04T05:00:00Z'), 3), ['2026-12-21', '2026-12-28', '2027-01-04']);
});
