import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HourOfRows } from '../../../../src/connectors/audit-log/activity.ts';
import { coverageOf, judge, rowsOn, whole, window } from './world.ts';

/** Rows of every hour of every day, but where `silent` says that there are none. */
const aroundTheClock = (silent: (date: string, hour: number) => boolean = () => false, server = 'github') =>
  window.dates.flatMap((date) =>
    Array.from({ length: 24 }, (_, hour) => rowsOn(date, hour, { server })).filter((row) => !silent(date, row.hour)),
  );
const daysCoverage = (rowsByHour: readonly HourOfRows[]) =>
  coverageOf({ rowsByHour }).find(({ source }) => source === 'log-analytics/days-with-rows');

test('ten nights without rows where nights usually have some are a gap, although every day has rows', () => {
  const nights = aroundTheClock((date, hour) => {
    const at = `${date} ${String(hour).padStart(2, '0')}`;
    return at >= '2026-10-05 20' && at < '2026-10-15 07' && (hour < 7 || hour >= 20);
  });
  const line = daysCoverage(nights);
  assert.equal(line?.state, 'partial');
  assert.match(
    line?.detail ?? '',
    /10 times no row in the hours from 20:00, 21:00, 22:00, 23:00 \(2026-10-0\d to 2026-10-1\d\)/,
  );
  const { facts } = judge({ rowsByHour: nights });
  assert.deepEqual([facts.verdict, facts.coverage.gapDays], ['not-established', []]);
  assert.match(facts.basis, /against it stand \d silences of the log/);
});

test('one hour of the day that falls silent for ten days is a gap, and so are eight hours of one day', () => {
  const hour = aroundTheClock((date, hour) => date >= '2026-10-05' && date < '2026-10-15' && hour === 2);
  assert.match(daysCoverage(hour)?.detail ?? '', /10 times no row in the hours from 02:00/);
  const stretch = aroundTheClock((date, hour) => date === '2026-10-07' && hour >= 9 && hour < 17);
  assert.match(daysCoverage(stretch)?.detail ?? '', /8 hours in a row without a row, from 09:00 \(2026-10-07\)/);
});

test('nights on which a job alone leaves rows are a gap once the job is silent', () => {
  const job = window.dates.flatMap((date) => [
    ...(date >= '2026-10-05' && date < '2026-10-20' ? [] : [rowsOn(date, 2)]),
    ...[9, 10, 11, 14, 15, 16].map((hour) => rowsOn(date, hour)),
  ]);
  assert.match(
    daysCoverage(job)?.detail ?? '',
    /15 times no row in the night from 20:00 to 07:00 \(2026-10-04 to 2026-10-18\)/,
  );
});

test('what runs by UTC, an hour later on the business’s clock in summer, is no gap', () => {
  const byUtc = window.dates.flatMap((date) => {
    const shift = date < '2026-10-25' ? 2 : 1;
    return [5, 8, 13].map((hour) => rowsOn(date, hour + shift));
  });
  assert.equal(daysCoverage(byUtc)?.state, 'complete');
});

test('a workload that begins in the middle of the window is no silence before it', () => {
  const begins = window.dates.flatMap((date) => [
    rowsOn(date, 14),
    ...(date >= '2026-10-05' ? [rowsOn(date, 10), rowsOn(date, 3)] : []),
  ]);
  assert.equal(daysCoverage(begins)?.state, 'complete');
});

test('a server that falls silent while others go on is a gap', () => {
  const both = [
    ...aroundTheClock(undefined, 'github'),
    ...aroundTheClock((date) => date >= '2026-11-01', 'filesystem'),
  ];
  assert.match(
    daysCoverage(both)?.detail ?? '',
    /no row of the server filesystem on 22 days \(2026-11-01 to 2026-11-22\)/,
  );
});

test('an hour that is quiet now and then, a server that is new, and the leaver who stopped calling are no gaps', () => {
  const calm = aroundTheClock((date, hour) => hour < 6 && (Number(date.slice(8)) + hour) % 3 !== 0);
  assert.equal(daysCoverage(calm)?.state, 'complete');
  const fresh = [...aroundTheClock(), ...aroundTheClock((date) => date < '2026-11-01', 'filesystem')];
  assert.equal(daysCoverage(fresh)?.state, 'complete');
  // Only the leaver worked at night.
  const own = aroundTheClock((date, hour) => hour < 7 && date > '2026-11-02').map((row) =>
    row.hour < 7 ? { ...row, byOthers: 0 } : row,
  );
  assert.equal(daysCoverage(own)?.state, 'complete');
});

test('rows that name no caller may be the leaver’s: nothing is called expected', () => {
  const rowsByHour = [...(whole.rowsByHour ?? []), rowsOn('2026-10-05', 3, { unattributed: 1_080, rows: 1_080 })];
  const line = coverageOf({ rowsByHour }).find(({ source }) => source === 'log-analytics/calls');
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /^1080 rows of the log name no caller/);
  assert.equal(judge({ rowsByHour }).facts.verdict, 'not-established');
});
