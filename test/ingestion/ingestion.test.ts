import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { type AuditRow, auditRowOf } from '../../src/ingestion/audit-row.ts';
import { deadLetterName, deadLettersOf, TOO_LARGE } from '../../src/ingestion/dead-letter.ts';
import { packRows } from '../../src/ingestion/pack-rows.ts';
import { type AcceptedEvent, sortBatch } from '../../src/ingestion/sort-batch.ts';
import { keptText, readToolCall, TOOL_CALL_FIELDS, type ToolCall } from '../../src/ingestion/tool-call.ts';

const CALL: ToolCall = {
  ...{
    timestamp: '2026-11-23T10:00:00.1234567Z',
    caller_oid: 'a0000000-0000-4000-8000-00000000000a',
    caller_upn: 'a@x',
  },
  ...{ mcp_server: 'files', tool_name: 'read_file', tool_class: 'read', scope_used: 'mcp.tools.read' },
  ...{ resource_accessed: '/a.pdf', latency_ms: 12.5, response_status: 200, apim_request_id: 'r-1' },
};
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const read = (more: object) => readToolCall(bytes({ ...CALL, ...more }));
const callOf = (more: object): ToolCall => {
  const reading = read(more);
  return reading.kind === 'tool-call' ? reading.call : assert.fail(reading.reason);
};
const whyNot = (body: Uint8Array): string => {
  const reading = readToolCall(body);
  return reading.kind === 'rejected' ? reading.reason : assert.fail('it was accepted');
};

test('a call is read with its eleven fields, and whatever else comes with it is left out', () => {
  assert.equal(TOOL_CALL_FIELDS.length, 11);
  assert.deepEqual(callOf({ arguments: { password: 'x' } }), CALL);
});

test('times are told in UTC with all their digits, object ids in lower case', () => {
  assert.equal(callOf({ timestamp: '2026-11-23T11:30:00.1234567+01:30' }).timestamp, CALL.timestamp);
  assert.equal(callOf({ timestamp: '2026-11-24T00:30:00+01:00' }).timestamp, '2026-11-23T23:30:00Z');
  assert.equal(callOf({ caller_oid: CALL.caller_oid.toUpperCase() }).caller_oid, CALL.caller_oid);
});

test('nobody escapes the audit by an odd call: what a query does not rely on is kept as it is', () => {
  for (const odd of [{ tool_name: '' }, { caller_oid: '' }, { tool_name: '💥\u0000' }, { response_status: 999 }])
    assert.equal(read(odd).kind, 'tool-call', JSON.stringify(odd));
  const long = callOf({ resource_accessed: '/a'.repeat(10_000) }).resource_accessed;
  assert.ok(long.length < 9_000 && long.endsWith('[cut, 20000 characters]'));
  const { tool_class: _, ...older } = CALL;
  assert.equal(readToolCall(bytes(older)).kind, 'tool-call', 'a gateway of an earlier version');
});

test('what is no call is refused by the field that is wrong, and never by what stood there', () => {
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{ timestamp: 'secret-time' }, /^\/timestamp: /],
    [{ caller_oid: 'secret-oid' }, /^\/caller_oid: not an object id$/],
    [{ latency_ms: -1 }, /^\/latency_ms: /],
    [{ response_status: 1_000 }, /^\/response_status: /],
    [{ apim_request_id: '' }, /^\/apim_request_id: /],
    [{ mcp_server: 7, tool_name: null }, /\/mcp_server: .*; \/tool_name: /],
  ];
  for (const [more, reason] of wrong) {
    assert.match(whyNot(bytes({ ...CALL, ...more })), reason);
    assert.doesNotMatch(whyNot(bytes({ ...CALL, ...more })), /secret/);
  }
  for (const text of ['[1]', 'null', '7', '"text"', 'true'])
    assert.equal(whyNot(bytes(text)), 'not a JSON object', text);
  assert.equal(whyNot(bytes('{"a":')), 'not JSON in UTF-8');
  assert.equal(whyNot(Uint8Array.of(0x22, 0xff, 0x22)), 'not JSON in UTF-8');
  const cut = (length: number): string => whyNot(bytes('{"a":"'.padEnd(length, 'x')));
  assert.equal(cut(190_000), 'not JSON in UTF-8; API Management cuts events at 200 KB');
  assert.equal(cut(189_999), 'not JSON in UTF-8');
});

test('a text is kept without credentials, cut where it is too long, and whole letters at its end', () => {
  const token = makeTokenMint().mint('github-classic');
  assert.ok(!keptText(`see ${token}`, 8_192).includes(token));
  assert.equal(keptText('short', 5), 'short');
  assert.ok(keptText('a💥💥💥', 2).isWellFormed());
});

test('a row has the call’s own time twice, and each field in its column', () => {
  const row = auditRowOf(CALL);
  assert.deepEqual([row.TimeGenerated, row.timestamp_t], [CALL.timestamp, CALL.timestamp]);
  assert.deepEqual(
    [row.caller_oid_s, row.mcp_server_s, row.tool_name_s, row.tool_class_s, row.latency_ms_d, row.response_status_d],
    [CALL.caller_oid, 'files', 'read_file', 'read', 12.5, 200],
  );
  assert.equal(Object.keys(row).length, TOOL_CALL_FIELDS.length + 1);
});

const rowOf = (id: string): AuditRow => auditRowOf({ ...CALL, apim_request_id: id });
const size = Buffer.byteLength(JSON.stringify(rowOf('1')));

test('rows are packed in order, as many into a call as fit with brackets and commas', () => {
  const rows = ['1', '2', '3', '4', '5'].map(rowOf);
  const packs = (most: number) => packRows(rows, most).uploads.map(({ length }) => length);
  assert.deepEqual(packs(2 * size + 3), [2, 2, 1]);
  assert.deepEqual(packs(2 * size + 2), [1, 1, 1, 1, 1]);
  assert.deepEqual(packs(1e9), [5]);
  for (const upload of packRows(rows, 2 * size + 3).uploads)
    assert.ok(Buffer.byteLength(JSON.stringify(upload)) <= 2 * size + 3);
  assert.deepEqual(packRows([], 10), { uploads: [], tooLarge: [] });
});

test('a row that no call can take is told, and the others go', () => {
  const large = rowOf('é'.repeat(200));
  const { uploads, tooLarge } = packRows([rowOf('1'), large, rowOf('2')], 2 * size + 3);
  assert.deepEqual([uploads, tooLarge], [[[rowOf('1'), rowOf('2')]], [large]]);
  assert.equal(packRows([rowOf('1')], size + 2).tooLarge.length, 0);
  assert.equal(packRows([rowOf('1')], size + 1).tooLarge.length, 1);
});

const event = (sequenceNumber: number, body = bytes('x')) => ({
  ...{ body, sequenceNumber, enqueuedAt: '2026-11-23T10:00:00.000Z' },
});
const accepted = (n: number): AcceptedEvent => ({ event: event(n), call: CALL, row: rowOf(`${n}`) });

test('every event that became no row is in a file, in order, and a batch of rows leaves none', () => {
  const [one, two] = [accepted(1), accepted(2)];
  const none = { tooLarge: [], notUploaded: [] };
  assert.deepEqual(deadLettersOf('0', { accepted: [one, two], rejected: [], duplicates: [] }, none), []);
  const [rejected, stored, ...more] = deadLettersOf(
    '0',
    { accepted: [one, two], rejected: [{ event: event(3), reason: 'not JSON' }], duplicates: [] },
    { tooLarge: [one.row], notUploaded: [{ rows: [two.row], reason: '403' }] },
  );
  assert.deepEqual(
    rejected?.events.map(({ sequenceNumber, reason }) => [sequenceNumber, reason]),
    [
      [1, TOO_LARGE],
      [3, 'not JSON'],
    ],
  );
  assert.deepEqual(
    stored?.events.map((each) => [each.reason, 'row' in each && each.row]),
    [['not uploaded: 403', two.row]],
  );
  assert.equal(more.length, 0);
});

test('of an event that was refused the known fields are kept without credentials, and its bytes as a digest', () => {
  const token = makeTokenMint().mint('github-classic');
  const parsed = { ...CALL, tool_name: `x ${token}`, caller_oid: { a: 1 }, arguments: 'hunter2' };
  const batch = { accepted: [], rejected: [{ event: event(3, bytes(parsed)), reason: 'r', parsed }], duplicates: [] };
  const files = deadLettersOf('0', batch, { tooLarge: [], notUploaded: [] });
  const text = JSON.stringify(files);
  assert.ok(!text.includes(token) && !text.includes('hunter2'));
  assert.match(text, /"mcp_server":"files".*"latency_ms":12\.5/);
  assert.ok(!text.includes('"caller_oid"'));
});

test('a file is called by the day and the place of its first event, and by its own words', () => {
  const [file] = deadLettersOf(
    '3',
    { accepted: [], rejected: [{ event: event(42), reason: 'r' }], duplicates: [] },
    { tooLarge: [], notUploaded: [] },
  );
  assert.ok(file !== undefined);
  assert.match(deadLetterName(file, 'a'), /^rejected\/2026-11-23\/3-000000000042-[0-9a-f]{8}\.json$/);
  assert.equal(deadLetterName(file, 'a'), deadLetterName(file, 'a'));
  assert.notEqual(deadLetterName(file, 'a'), deadLetterName(file, 'b'));
  assert.match(deadLetterName({ ...file, events: [] }, 'a'), /^rejected\/undated\/3-0{12}-/);
});

test('dead letters stand by their place in the hub, and those without one come first', () => {
  const at = (sequenceNumber?: number) => ({ body: bytes('x'), ...(sequenceNumber && { sequenceNumber }) });
  const rejected = [at(3), at(), at(1), at(2)].map((each) => ({ event: each, reason: 'r' }));
  const [file] = deadLettersOf('0', { accepted: [], rejected, duplicates: [] }, { tooLarge: [], notUploaded: [] });
  assert.deepEqual(
    file?.events.map(({ sequenceNumber }) => sequenceNumber),
    [undefined, 1, 2, 3],
  );
  assert.ok(file?.events.every((each) => !('fields' in each)));
});

test('a call that comes twice is one row; another one under its id is refused, with what it said', () => {
  const call = (id: string, tool_name = 'read_file') => bytes({ ...CALL, apim_request_id: id, tool_name });
  const events = [call('a'), call('b'), call('a'), call('a', 'delete_file'), bytes('{}'), bytes('nonsense')].map(
    (body, sequenceNumber) => ({ body, sequenceNumber }),
  );
  const { accepted: rows, duplicates, rejected } = sortBatch(events);
  assert.deepEqual(
    rows.map((each) => [each.event.sequenceNumber, each.row.apim_request_id_s]),
    [
      [0, 'a'],
      [1, 'b'],
    ],
  );
  assert.deepEqual(duplicates, [events[2]]);
  assert.deepEqual(
    rejected.map(({ event: { sequenceNumber }, parsed }) => [sequenceNumber, parsed]),
    [
      [3, { ...CALL, apim_request_id: 'a', tool_name: 'delete_file' }],
      [4, {}],
      [5, undefined],
    ],
  );
  assert.equal(rejected[0]?.reason, '/apim_request_id: another call has this id');
  assert.ok(rejected[2] !== undefined && !('parsed' in rejected[2]));
});
