import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HourOfRows } from '../../../src/connectors/audit-log/activity.ts';
import { weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { logSilences, silenceSentence } from '../../../src/steps/activity-audit/rules/log-silence.ts';
import { rowsOn, window } from './activity-audit-world.ts';

const kept = window.dates;
const daily = (hour: number, dates: readonly string[], server = 'github') =>
  dates.map((date) => rowsOn(date, { hour, server }));
const silences = (rows: readonly HourOfRows[]) => logSilences(window, rows, kept).map(({ what }) => what);

test('a log that lost its nights, or a server, is silent there although every day has rows', () => {
  const usual = [...daily(10, kept), ...daily(2, kept)];
  assert.deepEqual(silences(usual), []);
  const lost = silences([...daily(10, kept), ...daily(2, kept.slice(0, 60))]);
  assert.equal(lost.length, 1);
  assert.match(lost[0] ?? '', /^\d+ times no row in the night from 20:00 to 07:00$/);
  assert.deepEqual(silences([...daily(10, kept), ...daily(2, kept.slice(0, 88))]), [], 'a night or two is chance');
  const server = silences([...usual, ...daily(11, kept.slice(0, 60), 'docs')]);
  assert.ok(server.includes('no row of the server docs on 29 days'), server.join('; '));
});

const told = (rows: readonly HourOfRows[], of = window) => logSilences(of, rows, of.dates);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Rows in every hour but those that are lost. */
const allBut = (lost: (date: string, hour: number) => boolean) =>
  HOURS.flatMap((hour) => daily(hour, kept)).filter(({ date, hour }) => !lost(date, hour));
const inOctober = (date: string): boolean => date >= '2026-10-05' && date < '2026-10-15';

test('each silence is told by what was silent, from its first day to its last', () => {
  assert.deepEqual(told(allBut((date, hour) => inOctober(date) && (hour === 2 || hour === 5))), [
    { what: '10 times no row in the hours from 02:00, 05:00', from: '2026-10-05', to: '2026-10-14' },
  ]);
  assert.deepEqual(told(allBut((date, hour) => inOctober(date) && hour >= 6 && hour <= 20)), [
    { what: '10 times no row between 07:00 and 20:00', from: '2026-10-05', to: '2026-10-14' },
    { what: '10 times no row in the hours from 06:00, 20:00', from: '2026-10-05', to: '2026-10-14' },
  ]);
  assert.deepEqual(told(allBut((date, hour) => date === '2026-10-07' && hour >= 9 && hour < 17)), [
    { what: '8 hours in a row without a row, from 09:00', from: '2026-10-07', to: '2026-10-07' },
  ]);
});

test('rows of the last two hours may still be on their way, and a day on which clocks change is left out', () => {
  const until = (to: string) => ({ ...window, to: new Date(to) });
  const evening = allBut((date, hour) => date === '2026-11-23' || (date === '2026-11-22' && hour >= 22));
  const from22 = (hours: number) => [
    { what: `${hours} hours in a row without a row, from 22:00`, from: '2026-11-22', to: '2026-11-23' },
  ];
  assert.deepEqual(told(evening, until('2026-11-23T11:59:00Z')), from22(13));
  assert.deepEqual(told(evening, until('2026-11-23T11:58:00Z')), from22(12));
  assert.deepEqual(told(allBut((date, hour) => date >= '2026-10-15' && date <= '2026-10-25' && hour === 2)), [
    { what: '10 times no row in the hours from 02:00', from: '2026-10-15', to: '2026-10-24' },
  ]);
});

test('nine working days without a row may be chance, where that hour had one on all others, and ten are not', () => {
  const since = (from: string) =>
    allBut((date, hour) => hour === 10 && (weekday(date) > 4 || (date >= from && date <= '2026-10-19')));
  assert.deepEqual(told(since('2026-10-07')), []);
  assert.equal(told(since('2026-10-06')).length, 1);
});

test('what a server did before it was there is not asked: one that is new is silent as any other', () => {
  const fresh = [...HOURS.flatMap((hour) => daily(hour, kept)), ...daily(11, kept.slice(45, 75), 'docs')];
  assert.deepEqual(told(fresh), [{ what: 'no row of the server docs on 14 days', from: kept[75], to: kept[88] }]);
});

test('a server is silent on working days and on weekends by what is usual on each', () => {
  const working = kept.filter((date) => weekday(date) < 5);
  const server = (dates: readonly string[], name = 'docs') =>
    told([...HOURS.flatMap((hour) => daily(hour, kept)), ...daily(11, dates, name)]);
  assert.deepEqual(server(working), [], 'nobody calls it on weekends');
  assert.deepEqual(
    server(
      working.filter((date) => date < '2026-11-01'),
      '',
    ),
    [{ what: 'no row of the server without a name on 23 days', from: '2026-10-31', to: '2026-11-22' }],
  );
});

test('what is only the leaver’s is no habit whose end is a silence', () => {
  const own = kept.slice(0, 60).map((date) => rowsOn(date, { hour: 2, byOthers: 0 }));
  assert.deepEqual(silences([...daily(10, kept), ...own]), []);
});

test('silences are told in a sentence, ten at the most', () => {
  const one = { what: 'no row of the server docs on 2 days', from: '2026-11-01', to: '2026-11-02' };
  assert.match(silenceSentence([one]), /none: no row of the server docs on 2 days \(2026-11-01 to 2026-11-02\)\. /);
  assert.match(silenceSentence([{ ...one, to: one.from }]), /days \(2026-11-01\)\. /);
  assert.doesNotMatch(silenceSentence(Array.from({ length: 10 }, () => one)), / more\./);
  assert.match(silenceSentence(Array.from({ length: 12 }, () => one)), /, and 2 more\. /);
});
