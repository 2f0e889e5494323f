import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { FaultEffect } from '../../../local/tenant/core/faults.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type AuditActivityWorld, DAY, lineOf, startAuditActivity } from './audit-activity-world.ts';

let seed: AuditActivityWorld['seed'];
let logs: AuditActivityWorld['logs'];
let app: AuditActivityWorld['app'];
let allRows: AuditActivityWorld['allRows'];
let table: AuditActivityWorld['table'];
let alex: AuditActivityWorld['alex'];
let ben: AuditActivityWorld['ben'];
let audit: AuditActivityWorld['audit'];
let prepare: AuditActivityWorld['prepare'];
let reset: AuditActivityWorld['reset'];
before(async () => {
  ({ seed, logs, app, allRows, table, alex, ben, audit, prepare, reset } = await startAuditActivity());
});
after(() => app.stop());
beforeEach(() => prepare());
afterEach(() => reset());

function fault(vendor: 'logs' | 'arm', effect: FaultEffect, times?: number): void {
  app.tenant.faults.add({ vendor, effect, ...(times === undefined ? {} : { times }) });
}

test('a table that keeps 30 days is 30 of 90 days of evidence, and nothing is called expected', async () => {
  logs.retentionDays = 30;
  if (table !== undefined) table.retentionInDays = 30;
  const { part, facts } = await audit(ben);
  const line = lineOf(part, 'log-analytics/retention');
  assert.deepEqual([line?.state, line?.looked], ['partial', { count: 30, unit: 'days' }]);
  assert.match(line?.detail ?? '', /30 of 90 days/);
  assert.equal(facts?.verdict, 'not-established');
});

test('a retention that may not be read is denied coverage with the permission to give', async () => {
  app.reader.azure.delete('Microsoft.OperationalInsights/workspaces/tables/read');
  const { part, facts } = await audit(ben);
  const line = lineOf(part, 'log-analytics/retention');
  assert.equal(line?.state, 'denied');
  assert.equal(line?.missingPermission, 'Microsoft.OperationalInsights/workspaces/tables/read');
  assert.equal(facts?.verdict, 'not-established');
});

test('a workspace that may not be read leaves no facts, no verdict and denied coverage', async () => {
  app.reader.logs.clear();
  const { ref, part } = await audit(alex);
  assert.equal(ref.coverage, 'denied');
  assert.deepEqual([part.findings, part.facts], [[], undefined]);
  assert.equal(lineOf(part, 'log-analytics/calls')?.missingPermission, 'Log Analytics Data Reader');
});

test('throttling is handed on with the service’s own time, for a second attempt', async () => {
  fault('logs', { kind: 'answer', status: 429, headers: { 'retry-after': '9' } });
  const { ref, part } = await audit(alex);
  assert.deepEqual([ref.coverage, ref.tryAgainAfterMs, part.facts], ['unavailable', 9_000, undefined]);
});

test('a partial answer counts for what it shows, and never as silence', async () => {
  logs.answers = 'partial';
  const { part, facts } = await audit(ben);
  assert.equal(lineOf(part, 'log-analytics/calls')?.state, 'partial');
  assert.equal(lineOf(part, 'log-analytics/days-with-rows')?.state, 'partial');
  assert.notEqual(facts?.verdict, 'as-expected');
  assert.equal(facts?.coverage.queriesComplete, false);
});

test('where the retention cannot be read, what the queries found stands', async () => {
  app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'reset' } });
  const { ref, facts } = await audit(alex);
  assert.deepEqual([ref.coverage, ref.tryAgainAfterMs, facts?.verdict], ['unavailable', 0, 'after-departure']);
});

test('days on which nobody left a row are named', async () => {
  const silent = new Set<string>();
  for (let back = 30; silent.size < 2; back += 1) {
    const at = new Date(seed.now.getTime() - back * DAY);
    if (at.getUTCDay() % 6 !== 0) silent.add(at.toISOString().slice(0, 10));
  }
  const onClock = new Intl.DateTimeFormat('en-CA', { timeZone: WORLD.timeZone });
  const kept = allRows.filter(({ timestamp_t: at }) => !(at instanceof Date && silent.has(onClock.format(at))));
  logs.rows.splice(0, logs.rows.length, ...kept);
  const { part, facts } = await audit(ben);
  assert.deepEqual(facts?.coverage.gapDays, [...silent].sort());
  assert.match(lineOf(part, 'log-analytics/days-with-rows')?.detail ?? '', /On 2 days nobody at all left a row/);
});

const faultName: readonly (readonly [string, FaultEffect])[] = [
  ['500', { kind: 'answer', status: 500 }],
  ['502 with HTML', { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' }],
  ['204', { kind: 'answer', status: 204 }],
  ['an empty 200', { kind: 'answer', status: 200 }],
  ['429 without a time', { kind: 'answer', status: 429 }],
  [
    '404',
    {
      kind: 'answer',
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: '{"error":{"code":"PathNotFoundError","message":"x"}}',
    },
  ],
  ['a reset', { kind: 'reset' }],
  ['a truncated body', { kind: 'truncate' }],
];
for (const [name, effect] of faultName) {
  test(`${name} from Log Analytics never passes for an audit without findings`, async () => {
    fault('logs', effect);
    const { ref, part } = await audit(alex);
    assert.equal(ref.coverage, 'unavailable');
    assert.equal(part.facts, undefined);
    assert.ok(
      (lineOf(part, 'log-analytics/calls')?.detail ?? '').startsWith('Log Analytics was asked for the calls of'),
    );
  });
}
