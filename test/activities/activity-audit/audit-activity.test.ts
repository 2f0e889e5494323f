import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import { auditActivity } from '../../../activities/activity-audit/audit-activity.ts';
import { readDeadLetterCalls } from '../../../activities/activity-audit/read-dead-letters.ts';
import { principalIdOf, seedArm } from '../../../local/tenant/arm/seeds/seed.ts';
import { makeArm } from '../../../local/tenant/arm/vendor.ts';
import type { FaultEffect } from '../../../local/tenant/core/faults.ts';
import { toolCallEvent } from '../../../local/tenant/event-hub/gateway.ts';
import { makeLogs, seedLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import {
  ensureDeadLetters,
  keepDeadLetters,
  removeDeadLetters,
} from '../../../src/connectors/storage/evidence/dead-letters.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { deadLettersOf } from '../../../src/ingestion/dead-letter.ts';
import { sortBatch } from '../../../src/ingestion/sort-batch.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { parseOid } from '../../../src/people/oid.ts';
import type { AuditFacts } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { AuditFactsSchema } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const seed = seedContext();
const logs = seedLogs(seed);
const arm = seedArm(seed);
const app = await startApp({
  vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)],
  storage: 'memory',
});
after(() => app.stop());

const allRows = [...logs.rows];
const [table] = arm.tables.all();
beforeEach(() => {
  logs.answers = 'complete';
  logs.retentionDays = 90;
  logs.rows.splice(0, logs.rows.length, ...allRows);
  if (table !== undefined) table.retentionInDays = 90;
});
afterEach(() => {
  app.tenant.faults.clear();
  app.reader.logs.add(WORLD.audit.workspaceId);
  app.reader.azure.add('Microsoft.OperationalInsights/workspaces/tables/read');
});

const DAY = 86_400_000;
const lastDay = new Date(seed.now.getTime() - WORLD.daysSinceLastDay * DAY);

function leaverOf(oid: string, more: Partial<Leaver>): Leaver {
  const parsed = parseOid(oid);
  assert.ok(parsed);
  return { oid: parsed, state: 'soft-deleted', github: [], devops: [], leaveAt: lastDay.toISOString(), ...more };
}
const { oid, displayName, userPrincipalName } = WORLD.leaver;
const alex = leaverOf(oid, { displayName, userPrincipalName, deletedAt: seed.now.toISOString() });
const ben = leaverOf(WORLD.colleagues[1].oid, { leaveAt: seed.now.toISOString() });

async function audit(leaver: Leaver, relatedPrincipals?: readonly { readonly oid: string; readonly name: string }[]) {
  const caseId = makeCaseId(leaver.oid, 1);
  const context = { ...app.context, now: () => seed.now };
  const ref = await auditActivity.handler(
    { caseId, leaver, ...(relatedPrincipals === undefined ? {} : { relatedPrincipals }) },
    context,
  );
  const part = await getJson<StepResult>(app.config, ref.ref);
  return { ref, part, facts: part.facts as AuditFacts | undefined };
}

const lineOf = (part: StepResult, source: string) => part.coverage.find((line) => line.source === source);

function fault(vendor: 'logs' | 'arm', effect: FaultEffect, times?: number): void {
  app.tenant.faults.add({ vendor, effect, ...(times === undefined ? {} : { times }) });
}

test('the case study: the runner’s 847 files in 34 directories are an incident, complete to the last row', async () => {
  const { ref, part, facts } = await audit(alex);
  assert.equal(ref.coverage, 'complete');
  assert.equal(ref.tryAgainAfterMs, undefined);
  assert.equal(facts?.verdict, 'after-departure');
  assert.deepEqual([facts.afterDeparture.distinctResources, facts.afterDeparture.distinctDirectories], [847, 34]);
  const [finding] = part.findings;
  assert.deepEqual(
    [finding?.kind, finding?.severity, finding?.status],
    ['after-departure', 'critical', 'manual-action'],
  );
  assert.match(
    finding?.title ?? '',
    /calls as Alex Moreau after the departure reached 847 resources in 34 directories/,
  );
  assert.match(String(finding?.evidence.hours), /^02:00 \(\d+\)$/);
  assert.match(String(finding?.evidence.alerts), /file-system-volume at .* 02:00: 1\d\d calls/);
  assert.deepEqual(part.findings.slice(1), [], 'the days before the departure were as always');
  assert.equal(facts.days.length, 90);
  assert.equal(facts.rows.length, 20);
});

test('what is handed to the report is what the report’s schema takes', async () => {
  const { facts } = await audit(alex, [
    { oid: principalIdOf(WORLD.subscriptions.platform, 'id-docstore-sync'), name: 'x' },
  ]);
  assert.deepEqual(AuditFactsSchema.safeParse(facts).error?.issues ?? [], []);
});

test('a colleague’s ordinary ninety days are as expected', async () => {
  const { part, facts } = await audit(ben);
  assert.deepEqual([facts?.verdict, part.findings], ['as-expected', []]);
  assert.ok((facts?.totals.calls ?? 0) > 500);
});

test('calls that became dead letters are no silence: theirs and nobody’s make the audit partial, other people’s do not', async () => {
  await ensureDeadLetters(app.config);
  const enqueuedAt = seed.now.toISOString();
  const told = async (event: string, uploaded = true): Promise<string> => {
    const batch = sortBatch([{ body: Buffer.from(event), sequenceNumber: 1, enqueuedAt }]);
    const rows = uploaded ? [] : batch.accepted.map(({ row }) => row);
    const [file] = deadLettersOf('0', batch, { tooLarge: [], notUploaded: [{ rows, reason: 'no role' }] });
    assert.ok(file !== undefined);
    const name = await keepDeadLetters(app.config, file);
    const { ref, part, facts } = await audit(ben);
    await removeDeadLetters(app.config, name.replace(/^dead-letter\//, ''));
    const line = lineOf(part, 'dead-letter/tool-calls');
    assert.equal(ref.coverage, line?.state ?? 'complete');
    assert.equal(facts?.verdict, line === undefined ? 'as-expected' : 'not-established');
    return line?.detail ?? 'complete';
  };
  const of = (caller: string, more = {}): string =>
    JSON.stringify(toolCallEvent({ caller_oid: caller, caller_upn: 'somebody', ...more }));
  assert.match(await told(of(ben.oid), false), /^1 tool calls of theirs are not in the log/);
  assert.match(await told(of(ben.oid.toUpperCase(), { latency_ms: -1 })), /^1 tool calls of theirs/);
  assert.match(await told(`{"caller_oid":"${ben.oid}","cut off`), /^1 dead letters do not tell whose/);
  assert.equal(await told(of(alex.oid), false), 'complete');
  assert.equal(await told(of(alex.oid, { latency_ms: -1 })), 'complete');
});

test('a file of dead letters that is taken away between the list and the reading is a gap', async () => {
  const storage = {
    ...app.context.vendors.storage,
    listDeadLetters: async (kind: string) => (kind === 'not-uploaded' ? ['not-uploaded/2026-11-22/a.json'] : []),
    readDeadLetters: async () => undefined,
  };
  const [line] = await readDeadLetterCalls({ storage }, new Date('2026-09-01T00:00:00Z'), {
    oid,
    relatedOids: [],
  });
  assert.deepEqual([line?.source, line?.state], ['dead-letter/tool-calls', 'partial']);
});

test('it takes three calls in all: two queries and the table’s retention', async () => {
  const before = app.tenant.calls.length;
  await audit(ben);
  assert.deepEqual(
    app.tenant.calls
      .slice(before)
      .map(({ vendor }) => vendor)
      .sort(),
    ['arm', 'logs', 'logs'],
  );
});

test('calls of pipeline identities tied to the leaver are listed beside theirs', async () => {
  const related = { oid: principalIdOf(WORLD.subscriptions.platform, 'id-docstore-sync'), name: 'id-docstore-sync' };
  const { facts } = await audit(ben, [related]);
  const [found] = facts?.related ?? [];
  assert.deepEqual([found?.oid, found?.name], [related.oid, related.name]);
  assert.ok((found?.calls ?? 0) > 24 * 85);
  assert.equal(facts?.verdict, 'as-expected');
  assert.ok((facts?.days[40]?.relatedCalls ?? 0) > 20);
});

test('the same audit twice files the same document', async () => {
  const [first, second] = [await audit(alex), await audit(alex)];
  assert.deepEqual(first.ref, second.ref);
});

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
