import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import { defaultAudit } from '../support/deployed-audit.ts';
import { resultOf, uploaded } from '../support/run-rule.ts';

const { saved, schema } = await defaultAudit();
const NOW = new Date('2026-11-09T09:00:00Z');
const since = (name: string, start: string): string =>
  (saved.get(name) ?? '').replace('let windowStart = ago(90d);', `let windowStart = datetime(${start});`);
const run = (name: string, rows: readonly Row[], start = '2026-10-29T23:00:00Z'): readonly Row[] =>
  resultOf(since(name, start), schema, rows, NOW);
const call = (at: string, more: object = {}): Row => uploaded({ at: new Date(at), ...more });
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

test('working days without a call are named; weekends and today are not', () => {
  const rows = ['2026-10-30', '2026-11-02', '2026-11-03', '2026-11-05'].map((date) => call(`${date}T12:00:00Z`));
  assert.deepEqual(run('days-without-rows', rows), [{ day: day('2026-11-04') }, { day: day('2026-11-06') }]);
});

test('a day is the business’s: a call at 23:30 UTC is on the next', () => {
  const rows = [call('2026-11-03T23:30:00Z')];
  const days = run('days-without-rows', rows, '2026-11-02T23:00:00Z');
  assert.deepEqual(days, [{ day: day('2026-11-03') }, { day: day('2026-11-05') }, { day: day('2026-11-06') }]);
});

test('an empty log names every working day', () => {
  assert.equal(run('days-without-rows', []).length, 6);
});

test('ninety days are looked at where nobody says otherwise', () => {
  assert.equal(resultOf(saved.get('days-without-rows') ?? '', schema, [], NOW).length, 63);
});

test('the health of a day: rows, requests, what came twice, late, or without a name', () => {
  const once = call('2026-11-03T12:00:00Z');
  const late = call('2026-11-03T13:00:00Z', { ingestedAt: new Date('2026-11-03T15:00:00Z') });
  const unnamed = { ...call('2026-11-03T14:00:00Z', { oid: '' }), apim_request_id_s: '' };
  const rows = run('ingestion-health', [once, once, late, unnamed, call('2026-11-02T12:00:00Z')]);
  assert.deepEqual(rows, [
    {
      day: day('2026-11-02'),
      rows: 1,
      requests: 1,
      withoutRequestId: 0,
      withoutCaller: 0,
      lateRows: 0,
      longestDelay: { timespan: 30_000 },
    },
    {
      day: day('2026-11-03'),
      rows: 4,
      requests: 2,
      withoutRequestId: 1,
      withoutCaller: 1,
      lateRows: 1,
      longestDelay: { timespan: 7_200_000 },
    },
  ]);
});
