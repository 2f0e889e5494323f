import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import host from '../../host.json' with { type: 'json' };
import { toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { emptyIngestion } from '../../local/tenant/ingestion/vendor.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { listDeadLetters, removeDeadLetters } from '../../src/connectors/storage/evidence/dead-letters.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { ingestToolCalls } from '../../src/triggers/ingest-tool-calls.ts';
import { readEventBatch } from '../../src/triggers/read-event-batch.ts';
import { uploadDeadLetters } from '../../src/triggers/upload-dead-letters.ts';
import {
  batchOf,
  type IngestToolCallsWorld,
  idsOf,
  LAST,
  log,
  logged,
  many,
  queue,
  startIngestToolCalls,
} from './ingest-tool-calls-world.ts';

let logs: IngestToolCallsWorld['logs'];
let ingestion: IngestToolCallsWorld['ingestion'];
let app: IngestToolCallsWorld['app'];
let ingest: IngestToolCallsWorld['ingest'];
let ids: IngestToolCallsWorld['ids'];
let sent: IngestToolCallsWorld['sent'];
let filesOf: IngestToolCallsWorld['filesOf'];
before(async () => {
  ({ logs, ingestion, app, ingest, ids, sent, filesOf } = await startIngestToolCalls());
});
after(() => app.stop());
beforeEach(() => {
  logs.rows.length = 0;
  logged.length = 0;
  app.tenant.calls.length = 0;
  Object.assign(ingestion, emptyIngestion());
});
afterEach(async () => {
  app.tenant.faults.clear();
  app.ingestor.ingestion.add(WORLD.audit.ruleId);
  for (const kind of ['rejected', 'not-uploaded'] as const) {
    for (const name of await listDeadLetters(app.config, kind, 100)) await removeDeadLetters(app.config, name);
  }
});

test('the calls of a batch are rows of the table, in one compressed upload', async () => {
  const events = [toolCallEvent(), toolCallEvent({ caller_upn: '' }), toolCallEvent()];
  await ingest(batchOf(...events));
  assert.deepEqual(ids(), idsOf(events));
  assert.deepEqual([sent(), ingestion.compressedBytes < ingestion.bytes], [1, true]);
  assert.match(logged.join('\n'), /"received":3,"uploaded":3,"repeated":0,"deadLettered":0/);
});

test('a call of last week has its own time in the table, although the service says that it came now', async () => {
  const timestamp = new Date(Date.now() - 7 * 86_400_000).toISOString();
  await ingest(batchOf(toolCallEvent({ timestamp })));
  const [row] = logs.rows;
  assert.deepEqual(row?.timestamp_t, new Date(timestamp));
  assert.notDeepEqual(row.TimeGenerated, new Date(timestamp));
});

test('more than one upload can hold is split before it is sent; none is over a million bytes', async () => {
  const events = many();
  await ingest(batchOf(...events));
  assert.deepEqual(new Set(ids()), new Set(idsOf(events)));
  assert.equal(logs.rows.length, events.length);
  assert.ok(sent() >= 3 && ingestion.largest <= 1_000_000, `${sent()} uploads, the largest of ${ingestion.largest}`);
});

test('a batch that was throttled comes again and is in the table once', async () => {
  const batch = batchOf(toolCallEvent(), toolCallEvent());
  app.tenant.faults.add({ vendor: 'ingestion', times: 1, effect: { kind: 'answer', status: 429 } });
  await assert.rejects(ingest(batch), { code: 'tool-calls-not-uploaded' });
  await ingest(batch, 1);
  assert.deepEqual([logs.rows.length, sent()], [2, 2]);
  assert.deepEqual(await filesOf('not-uploaded'), []);
});

for (const effect of [
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>busy</html>' },
  { kind: 'reset' },
] as const) {
  test(`an upload that ends with ${JSON.stringify(effect)} is tried again and not believed`, async () => {
    const batch = batchOf(toolCallEvent());
    app.tenant.faults.add({ vendor: 'ingestion', times: 1, effect });
    await assert.rejects(ingest(batch), { code: 'tool-calls-not-uploaded' });
    await ingest(batch, 1);
    assert.equal(logs.rows.length, 1);
  });
}

test('where some uploads of a batch failed, the next try sends those alone', async () => {
  const events = many();
  const batch = batchOf(...events);
  app.tenant.faults.add({ vendor: 'ingestion', times: 1, effect: { kind: 'answer', status: 500 } });
  await assert.rejects(ingest(batch), { code: 'tool-calls-not-uploaded' });
  const first = sent();
  assert.ok(logs.rows.length > 0 && logs.rows.length < events.length);
  await ingest(batch, 1);
  assert.equal(sent() - first, 1);
  assert.deepEqual(ids().sort(), idsOf(events).sort());
});

test('what the service finds too large is halved until it fits', async () => {
  const events = Array.from({ length: 5 }, () => toolCallEvent());
  app.tenant.faults.add({ vendor: 'ingestion', times: 2, effect: { kind: 'answer', status: 413 } });
  await ingest(batchOf(...events));
  assert.deepEqual(ids().sort(), idsOf(events).sort());
  assert.deepEqual(await filesOf('rejected'), []);
});

test('a row that is too large by itself is a dead letter, and its neighbours are rows', async () => {
  const events = [toolCallEvent(), toolCallEvent()];
  // The batch, and then its first half.
  app.tenant.faults.add({ vendor: 'ingestion', times: 2, effect: { kind: 'answer', status: 413 } });
  await ingest(batchOf(...events));
  assert.deepEqual(ids(), idsOf(events.slice(1)));
  const [file] = await filesOf('rejected');
  assert.match(file?.events[0]?.reason ?? '', /larger than one upload/);
});

test('without the role, the error names it, the rows are kept, and they are uploaded once it is there', async () => {
  const events = [toolCallEvent(), toolCallEvent()];
  const batch = batchOf(...events);
  app.ingestor.ingestion.clear();
  await assert.rejects(ingest(batch), /Monitoring Metrics Publisher/);
  await assert.rejects(ingest(batch, 1), { code: 'tool-calls-not-uploaded' });
  assert.deepEqual(await filesOf('not-uploaded'), []);
  await ingest(batch, LAST);
  const [file] = await filesOf('not-uploaded');
  assert.match(file?.events[0]?.reason ?? '', /^not uploaded: .+answered 403 \(OperationFailed\)/);
  assert.match(
    logged.join('\n'),
    /tool calls became dead letters .*"deadLettered":2.*dead-letter\/not-uploaded\/2026-11-23\/0-/,
  );

  await uploadDeadLetters(openVendors(app.config), log);
  assert.equal((await filesOf('not-uploaded')).length, 1, 'still without the role');
  app.ingestor.ingestion.add(WORLD.audit.ruleId);
  await uploadDeadLetters(openVendors(app.config), log);
  await uploadDeadLetters(openVendors(app.config), log);
  assert.deepEqual(ids(), idsOf(events));
  assert.deepEqual(await filesOf('not-uploaded'), []);
});

test('a file that the service refuses does not hold up the next one', async () => {
  app.ingestor.ingestion.clear();
  const events = [toolCallEvent(), toolCallEvent()];
  for (const event of events) await ingest(batchOf(event), LAST);
  app.ingestor.ingestion.add(WORLD.audit.ruleId);
  app.tenant.faults.add({ vendor: 'ingestion', times: 1, effect: { kind: 'answer', status: 400 } });
  await uploadDeadLetters(openVendors(app.config), log);
  assert.deepEqual(ids(), idsOf(events.slice(1)));
  assert.equal((await filesOf('not-uploaded')).length, 1);
});

test('what is no call is a dead letter with the reason; delivered again, it is the same blob', async () => {
  const good = toolCallEvent();
  const batch = batchOf('{"timestamp":"2026', good, JSON.stringify({ ...toolCallEvent(), caller_oid: 'nobody' }));
  await ingest(batch);
  await ingest(batch, 1);
  const files = await filesOf('rejected');
  assert.equal(files.length, 1);
  assert.deepEqual(
    files[0]?.events.map(({ reason, sequenceNumber }) => [reason, sequenceNumber]),
    [
      ['not JSON in UTF-8', queue.sequence - 3],
      ['/caller_oid: not an object id', queue.sequence - 1],
    ],
  );
  assert.ok(ids().includes(good.apim_request_id));
});

test('a token in a rejected event is in no blob and in no log line', async () => {
  const token = makeTokenMint().mint('github-classic');
  const odd = { ...toolCallEvent({ resource_accessed: `/home/${token}` }), latency_ms: null, [token]: token };
  await ingest(batchOf(JSON.stringify(odd), `{"${token}`));
  const written = JSON.stringify(await filesOf('rejected'));
  assert.match(written, /\/home\//);
  assert.ok(!written.includes(token.slice(4)) && !logged.join('\n').includes(token.slice(4)));
});

test('while dead letters cannot be written, the batch is not acknowledged', async () => {
  const config = { ...app.config, BLOB_ENDPOINT: `${app.config.BLOB_ENDPOINT}-of-nobody` };
  await assert.rejects(ingestToolCalls(openVendors(config), config, batchOf('nonsense'), LAST, log));
});

test('the lines that the alerts and the guide count are all kept: traces are not sampled', () => {
  const { excludedTypes } = host.logging.applicationInsights.samplingSettings;
  for (const kept of ['Trace', 'Exception', 'Request']) assert.ok(excludedTypes.split(';').includes(kept), kept);
});

test('while the service’s Retry-After lasts, it is not called at all', async () => {
  const batch = batchOf(toolCallEvent());
  const effect = { kind: 'answer', status: 429, headers: { 'retry-after': '600' } } as const;
  app.tenant.faults.add({ vendor: 'ingestion', times: 1, effect });
  await assert.rejects(ingest(batch), { code: 'tool-calls-not-uploaded' });
  await assert.rejects(ingest(batch, 1), /asked for \d+ more seconds/);
  await ingest(batch, LAST);
  assert.equal(sent(), 1);
  assert.equal((await filesOf('not-uploaded')).length, 1);
});

test('a sequence number is read as the worker hands it on, in halves, and as a plain number', () => {
  const numbers = [{ low: -1, high: 0, unsigned: false }, { low: 5, high: 2, unsigned: false }, 7];
  const { events } = readEventBatch(['a', 'b', 'c'], { sequenceNumberArray: numbers });
  assert.deepEqual(
    events.map(({ sequenceNumber }) => sequenceNumber),
    [2 ** 32 - 1, 2 ** 33 + 5, 7],
  );
});
