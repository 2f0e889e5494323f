import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HourOfRows } from '../../../src/connectors/audit-log/activity.ts';
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

test('what is only the leaver’s is no habit whose end is a silence', () => {
  const own = kept.slice(0, 60).map((date) => rowsOn(date, { hour: 2, byOthers: 0 }));
  assert.deepEqual(silences([...daily(10, kept), ...own]), []);
});

test('silences are told in a sentence, ten at the most', () => {
  const one = { what: 'no row of the server docs on 2 days', from: '2026-11-01', to: '2026-11-02' };
  assert.match(silenceSentence([one]), /none: no row of the server docs on 2 days \(2026-11-01 to 2026-11-02\)\. /);
  assert.match(silenceSentence([{ ...one, to: one.from }]), /days \(2026-11-01\)\. /);
  assert.match(silenceSentence(Array.from({ length: 12 }, () => one)), /, and 2 more\. /);
});
