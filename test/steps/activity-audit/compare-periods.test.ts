import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { daysOfEvidence } from '../../../src/steps/activity-audit/rules/calendar/days-of-evidence.ts';
import { comparePeriods } from '../../../src/steps/activity-audit/rules/compare-periods.ts';
import { rowsOn, window } from './activity-audit-world.ts';
import { activity, EVERYBODY } from './verdict-world.ts';

const told = activity({ baseline: 55, final: 28 });
const compared = (retentionInDays: number, rowsByHour = EVERYBODY, of = told) =>
  comparePeriods(window, of, daysOfEvidence({ window, activity: of, rowsByHour, retentionInDays }));

test('the final days are compared with those before by days that the log is evidence for', () => {
  const whole = compared(90);
  assert.deepEqual(
    [whole?.final.from, whole?.final.to, whole?.final.days, whole?.final.callsPerDay],
    ['2026-10-20', '2026-11-02', 14, 2],
  );
  assert.deepEqual(
    [whole?.baseline.from, whole?.baseline.to, whole?.baseline.days, whole?.baseline.callsPerDay],
    ['2026-08-26', '2026-10-19', 55, 1],
  );
  const gap = compared(
    90,
    EVERYBODY.filter(({ date }) => date !== '2026-10-28'),
  );
  assert.equal(gap?.final.days, 13, 'a gap is no quieter day');
});

test('fewer than fourteen days before are no pattern, and final days of which nothing is known are none', () => {
  assert.equal(compared(49)?.baseline.days, 14);
  assert.equal(compared(48), undefined);
  // Where weekends usually have rows, one without is a gap as well.
  const weekends = window.dates.filter((date) => weekday(date) > 4).map((date) => rowsOn(date));
  const without = [...EVERYBODY, ...weekends].filter(({ date }) => date < '2026-10-20' || date > '2026-11-02');
  assert.equal(compared(90, without, activity({ baseline: 55 })), undefined);
});
