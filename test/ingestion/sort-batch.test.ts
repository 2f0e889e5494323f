import assert from 'node:assert/strict';
import { test } from 'node:test';
import schemaFile from '../../kql/mcp-audit-log.schema.json' with { type: 'json' };
import { toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { deadLetterName, deadLettersOf } from '../../src/ingestion/dead-letter.ts';
import { packRows } from '../../src/ingestion/pack-rows.ts';
import { sortBatch } from '../../src/ingestion/sort-batch.ts';
import { readToolCall } from '../../src/ingestion/tool-call.ts';
import { fc } from '../support/properties.ts';
import { batches } from './arbitrary-event.ts';

const body = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const sorted = (...events: readonly unknown[]) =>
  sortBatch(events.map((event, sequenceNumber) => ({ body: body(event), sequenceNumber })));
const reasonOf = (event: unknown): string => {
  const reading = readToolCall(body(event));
  return reading.kind === 'rejected' ? reading.reason : 'accepted';
};

test('a call becomes a row with exactly the columns that the table declares, each of its type', () => {
  const { accepted } = sorted(toolCallEvent());
  const row = accepted[0]?.row ?? assert.fail('not accepted');
  assert.deepEqual(
    Object.keys(row),
    schemaFile.columns.map(({ name }) => name),
  );
  for (const { name, type } of schemaFile.columns) {
    assert.equal(typeof row[name as keyof typeof row], type === 'real' ? 'number' : 'string', name);
  }
});

test('a row keeps the call’s own time, to the digit, however late it comes', () => {
  const times = ['2026-11-01T02:03:04.1234567Z', '2019-01-01T00:00:00Z', '2026-11-01T04:03:04.1234567+02:00'];
  const { accepted } = sorted(
    ...times.map((timestamp, index) => toolCallEvent({ timestamp, apim_request_id: `${index}` })),
  );
  assert.deepEqual(
    accepted.map(({ row }) => [row.timestamp_t, row.TimeGenerated]),
    ['2026-11-01T02:03:04.1234567Z', '2019-01-01T00:00:00Z', '2026-11-01T02:03:04.1234567Z'].map((at) => [at, at]),
  );
});

test('object ids are lower case in the table, whatever the token says', () => {
  const { accepted } = sorted(toolCallEvent({ caller_oid: '3C9D1F7A-52E8-4B6D-8F10-A4C7E2B90D35' }));
  assert.equal(accepted[0]?.row.caller_oid_s, '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
});

test('the call of a service principal, and one that was refused before anybody was known, are rows too', () => {
  assert.equal(reasonOf(toolCallEvent({ caller_upn: '' })), 'accepted');
  assert.equal(reasonOf(toolCallEvent({ caller_oid: '', caller_upn: '', response_status: 401 })), 'accepted');
});

test('what the gateway took a call for is in its row; a gateway that does not say yet loses no row', () => {
  assert.equal(sorted(toolCallEvent({ tool_class: 'secrets' })).accepted[0]?.row.tool_class_s, 'secrets');
  const { tool_class: _, ...before } = toolCallEvent();
  assert.equal(sorted(before).accepted[0]?.row.tool_class_s, '');
});

test('nobody escapes the audit by a very long or a broken name: the row is cut, not refused', () => {
  const { accepted } = sorted(toolCallEvent({ resource_accessed: `/${'ä'.repeat(100_000)}`, tool_name: 'read\ud800' }));
  const row = accepted[0]?.row ?? assert.fail('not accepted');
  assert.match(row.resource_accessed_s, /^\/ä+… \[cut, 100001 characters\]$/);
  assert.ok(Buffer.byteLength(row.resource_accessed_s) < 65_536);
  assert.ok(row.tool_name_s.isWellFormed());
});

test('members that are not known do not keep a call out', () => {
  assert.equal(reasonOf({ ...toolCallEvent(), region: 'west' }), 'accepted');
});

test('what is wrong with an event is said by field, and never quotes what stood there', () => {
  const event = toolCallEvent();
  const { apim_request_id: _, ...withoutId } = event;
  assert.match(reasonOf({ ...event, caller_oid: 'secret-value' }), /^\/caller_oid: not an object id$/);
  assert.match(reasonOf({ ...event, timestamp: '23.11.2026' }), /^\/timestamp: /);
  assert.match(
    reasonOf({ ...event, latency_ms: '41', response_status: 1.5 }),
    /^\/latency_ms: .+; \/response_status: /,
  );
  assert.match(reasonOf(withoutId), /^\/apim_request_id: /);
  assert.equal(reasonOf([event]), 'not a JSON object');
  assert.equal(reasonOf('{"timestamp":'), 'not JSON in UTF-8');
  assert.equal(readToolCall(Uint8Array.of(0xff, 0xfe)).kind, 'rejected');
});

test('an event that API Management cut at 200 KB is recognised as such', () => {
  const whole = JSON.stringify(toolCallEvent({ resource_accessed: 'a'.repeat(300_000) }));
  assert.match(reasonOf(whole.slice(0, 204_800)), /API Management cuts events at 200 KB/);
});

test('the same call twice in a batch is one row, and another call under the same id is refused with the reason', () => {
  const event = toolCallEvent({ apim_request_id: 'same' });
  const { accepted, duplicates, rejected } = sorted(event, event, { ...event, tool_name: 'delete_file' });
  assert.deepEqual([accepted.length, duplicates.length, rejected.length], [1, 1, 1]);
  assert.match(rejected[0]?.reason ?? '', /another call has this id/);
});

test('whatever a batch holds: each event is a row once, the repetition of one, or a dead letter; none is two, none is lost', () => {
  fc.assert(
    fc.property(batches, fc.integer({ min: 300, max: 2_000 }), (events, mostBytes) => {
      const batch = sortBatch(events);
      const ended = [
        ...batch.accepted.map(({ event }) => event),
        ...batch.rejected.map(({ event }) => event),
        ...batch.duplicates,
      ];
      assert.deepEqual(new Set(ended), new Set(events));
      assert.equal(ended.length, events.length);

      const ids = batch.accepted.map(({ row }) => row.apim_request_id_s);
      assert.equal(new Set(ids).size, ids.length);

      const packed = packRows(
        batch.accepted.map(({ row }) => row),
        mostBytes,
      );
      assert.deepEqual(
        new Set([...packed.uploads.flat(), ...packed.tooLarge]),
        new Set(batch.accepted.map(({ row }) => row)),
      );
      assert.equal(packed.uploads.flat().length + packed.tooLarge.length, batch.accepted.length);
      for (const upload of packed.uploads) {
        assert.ok(upload.length > 0);
        assert.ok(Buffer.byteLength(JSON.stringify(upload)) <= mostBytes);
      }
      for (const row of packed.tooLarge) assert.ok(Buffer.byteLength(JSON.stringify([row])) > mostBytes);

      const files = deadLettersOf('0', batch, { tooLarge: packed.tooLarge, notUploaded: [] });
      const kept = files.flatMap((file) => file.events.map(({ sequenceNumber }) => sequenceNumber));
      const uploaded = new Set(packed.uploads.flat());
      const rows = batch.accepted.filter(({ row }) => uploaded.has(row)).map(({ event }) => event.sequenceNumber);
      const repeated = batch.duplicates.map(({ sequenceNumber }) => sequenceNumber);
      assert.deepEqual(
        [...kept, ...rows, ...repeated].sort((a, b) => Number(a) - Number(b)),
        events.map(({ sequenceNumber }) => sequenceNumber),
      );
    }),
    { numRuns: 300 },
  );
});

test('a batch that is delivered again leaves the same blobs under the same names', () => {
  fc.assert(
    fc.property(batches, (events) => {
      const names = [events, structuredClone(events)].map((each) =>
        deadLettersOf('3', sortBatch(each), { tooLarge: [], notUploaded: [] }).map((file) =>
          deadLetterName(file, JSON.stringify(file)),
        ),
      );
      assert.deepEqual(names[0], names[1]);
    }),
  );
});

test('rows that were not uploaded are kept whole, with where they stood and why', () => {
  const batch = sortBatch([
    { body: body(toolCallEvent({ apim_request_id: 'a' })), sequenceNumber: 41, enqueuedAt: '2026-11-22T23:59:59.000Z' },
    { body: body('nonsense'), sequenceNumber: 42, enqueuedAt: '2026-11-23T00:00:00.000Z' },
  ]);
  const rows = batch.accepted.map(({ row }) => row);
  const files = deadLettersOf('7', batch, { tooLarge: [], notUploaded: [{ rows, reason: 'it answered 503.' }] });
  assert.deepEqual(
    files.map((file) => [file.kind, file.partition, file.events.map(({ sequenceNumber }) => sequenceNumber)]),
    [
      ['rejected', '7', [42]],
      ['not-uploaded', '7', [41]],
    ],
  );
  const [rejected = assert.fail(), stored = assert.fail()] = files;
  assert.match(deadLetterName(rejected, ''), /^rejected\/2026-11-23\/7-000000000042-[0-9a-f]{8}\.json$/);
  assert.match(deadLetterName(stored, ''), /^not-uploaded\/2026-11-22\/7-000000000041-/);
  assert.ok(stored.kind === 'not-uploaded');
  assert.deepEqual(stored.events[0]?.row, rows[0]);
  assert.equal(stored.events[0]?.reason, 'not uploaded: it answered 503.');
});

test('a token in an event reaches neither a row nor a dead letter', () => {
  const token = makeTokenMint().mint('github-classic');
  const resource_accessed = `/config/${token}/x`;
  const batch = sorted(
    toolCallEvent({ resource_accessed }),
    toolCallEvent({ resource_accessed, latency_ms: -1, tool_name: token }),
    { ...toolCallEvent({ resource_accessed }), caller_oid: token, note: token },
    token,
  );
  const files = deadLettersOf('0', batch, { tooLarge: batch.accepted.map(({ row }) => row), notUploaded: [] });
  assert.deepEqual([batch.accepted.length, batch.rejected.length], [1, 3]);
  const written = JSON.stringify([batch.accepted.map(({ row }) => row), files]);
  assert.ok(!written.includes(token));
  assert.ok(!written.includes(token.slice(-12)));
  assert.match(written, /\/config\/\[[^\]]+\]/);
});
