import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { readDeadLetterCalls } from '../../../activities/activity-audit/read-dead-letters.ts';
import { principalIdOf } from '../../../local/tenant/arm/seeds/seed.ts';
import { toolCallEvent } from '../../../local/tenant/event-hub/gateway.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import {
  ensureDeadLetters,
  keepDeadLetters,
  removeDeadLetters,
} from '../../../src/connectors/storage/evidence/dead-letters.ts';
import { deadLettersOf } from '../../../src/ingestion/dead-letter.ts';
import { sortBatch } from '../../../src/ingestion/sort-batch.ts';
import { AuditFactsSchema } from '../../../src/steps/activity-audit/rules/audit-facts.ts';
import { type AuditActivityWorld, lineOf, oid, startAuditActivity } from './audit-activity-world.ts';

let seed: AuditActivityWorld['seed'];
let app: AuditActivityWorld['app'];
let alex: AuditActivityWorld['alex'];
let ben: AuditActivityWorld['ben'];
let audit: AuditActivityWorld['audit'];
let prepare: AuditActivityWorld['prepare'];
let reset: AuditActivityWorld['reset'];
before(async () => {
  ({ seed, app, alex, ben, audit, prepare, reset } = await startAuditActivity());
});
after(() => app.stop());
beforeEach(() => prepare());
afterEach(() => reset());

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
  assert.match(await told(of(ben.oid), false), /^1 tool call of theirs is not in the log/);
  assert.match(await told(of(ben.oid.toUpperCase(), { latency_ms: -1 })), /^1 tool call of theirs/);
  assert.match(await told(`{"caller_oid":"${ben.oid}","cut off`), /^1 dead letter does not tell whose/);
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
