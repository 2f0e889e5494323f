import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolCall } from '../../../../local/tenant/logs/state.ts';
import { EXPECTED, tunedAudit } from '../../support/deployed-audit.ts';
import { ANA, BEN, many, PIPELINE, rule, uploaded } from '../../support/run-rule.ts';
import { audit, MORNING, NOON, reported, run } from './world.ts';

const tunedRules = await tunedAudit();
const tuned = rule(tunedRules, 'file-system-volume');

test('reading spread over callers is that of all', () => {
  const spread = (n: number, directories = 1) =>
    Array.from({ length: n }, (_, index) =>
      uploaded({
        at: new Date(Date.parse(MORNING) + index * 5_000),
        oid: `b0b0b0b0-0000-4000-8000-00000000000${index % 9}`,
        resource: `path=/d/${index % directories}/f`,
      }),
    );
  assert.deepEqual(reported(spread(500)), []);
  assert.deepEqual(run(spread(501), NOON), [
    { caller: 'all callers', upn: '', hour: '2026-10-15 09:00', calls: 501, directories: 1 },
  ]);
  assert.deepEqual(reported(spread(100, 100)), []);
  assert.equal(reported(spread(101, 101))[0]?.directories, 101);
});

test('the sum of all callers is not said where one caller’s is', () => {
  const rows = Array.from({ length: 600 }, (_, index) =>
    uploaded({ at: new Date(Date.parse(MORNING) + index * 5_000) }),
  );
  assert.deepEqual(
    reported(rows).map(({ caller, calls }) => [caller, calls]),
    [[ANA, 600]],
  );
});

test('calls without a valid token have no caller and are not added up', () => {
  assert.deepEqual(reported(many(200, MORNING, () => ({ oid: '', upn: '', status: 401 }))), []);
});

test('a pipeline that reads in bulk is reported as a person is', () => {
  const rows = many(101, MORNING, () => ({ oid: PIPELINE, upn: '' }));
  assert.deepEqual(reported(rows), [{ caller: PIPELINE, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('an id in capitals or in braces is the same caller', () => {
  const rows = many(101, MORNING, (index) => ({ oid: [ANA, ANA.toUpperCase(), `{${ANA}}`][index % 3] ?? '' }));
  assert.deepEqual(reported(rows), [{ caller: ANA, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('a batch that was delivered twice counts once', () => {
  const rows = many(60, MORNING);
  assert.deepEqual(reported([...rows, ...rows]), []);
  // Without a request id, calls of one instant and one resource cannot be told apart, those of two instants can.
  const anonymous = many(101, MORNING).map((row) => ({ ...row, apim_request_id_s: '' }));
  assert.equal(reported(anonymous)[0]?.calls, 101);
});

test('an hour is reported again only while rows are added to it', () => {
  const rows = many(101, MORNING);
  assert.equal(run(rows, '2026-10-15T12:17:00Z').length, 1);
  assert.deepEqual(run(rows, '2026-10-15T12:18:00Z'), []);
});

test('an hour whose last rows arrive a day late, or three, is reported when they do', () => {
  const now = '2026-10-18T09:30:00Z';
  const dayLate = many(101, '2026-10-17T09:00:00Z', () => ({ ingestedAt: new Date('2026-10-18T09:00:00Z') }));
  assert.equal(reported(dayLate, now)[0]?.hour, '2026-10-17 09:00');
  const threeDaysLate = many(101, MORNING, () => ({ ingestedAt: new Date('2026-10-18T09:00:00Z') }));
  assert.equal(reported(threeDaysLate, now)[0]?.hour, '2026-10-15 09:00');
});

test('other limits, servers and tools can be set', () => {
  const calls = (n: number, tool: string, resource: (index: number) => string, server = 'documents') =>
    tuned(
      many(n, MORNING, (index) => ({ server, tool, toolClass: '', resource: resource(index) })),
      NOON,
    ).length;
  const file = (index: number) => `/d/${index}`;
  assert.deepEqual([calls(10, 'read_text_file', file), calls(11, 'read_text_file', file)], [0, 1]);
  assert.deepEqual([calls(2, 'directory_tree', file), calls(3, 'directory_tree', file)], [0, 1]);
  assert.equal(calls(11, 'read_file', file), 0);
  assert.equal(calls(11, 'read_text_file', file, 'filesystem'), 0);
  const spread = (n: number, directories: number) =>
    tuned(
      many(n, MORNING, (index) => ({
        oid: index % 2 === 0 ? ANA : BEN,
        server: 'documents',
        resource: `path=/d/${index % directories}/f`,
      })),
      NOON,
    ).length;
  assert.deepEqual([spread(15, 1), spread(16, 1)], [0, 1]);
  assert.deepEqual([spread(4, 4), spread(5, 5)], [0, 1]);
});

test('who is expected to read in bulk at a server is not reported for it, until the end of the last day of the entry', () => {
  const read = (from: string, call: Partial<ToolCall> = {}) =>
    tuned(
      many(11, from, () => ({ oid: EXPECTED, server: 'documents', ...call })),
      new Date(Date.parse(from) + 600_000),
    ).length;
  // In Kolkata the 15th ends at 18:30 UTC.
  assert.equal(read('2026-10-15T18:28:00Z'), 0);
  assert.equal(read('2026-10-15T18:28:10Z', { server: 'DOCUMENTS', oid: EXPECTED.toUpperCase() }), 0);
  assert.equal(read('2026-10-15T18:30:00Z'), 1);
  // Nor in the sum of all callers, until then.
  const all = (from: string) =>
    tuned(
      many(16, from, (index) => ({ oid: index < 8 ? EXPECTED : ANA, server: 'documents' })),
      new Date(Date.parse(from) + 600_000),
    ).map(({ caller }) => caller);
  assert.deepEqual([all('2026-10-15T18:27:00Z'), all('2026-10-15T18:30:00Z')], [[], ['all callers']]);
  // Another caller, and another server, at which the entry is for something else.
  assert.equal(read('2026-10-15T18:28:00Z', { oid: ANA }), 1);
  assert.equal(read('2026-10-15T18:28:00Z', { server: 'archive' }), 1);
});

test('the alert says whom it does not report, why, and until when', () => {
  assert.ok(
    tunedRules.alerts
      .get('file-system-volume')
      ?.description.endsWith(
        ` Not reported: ${EXPECTED} at Documents until 2026-10-15 (Nightly index of the document store).`,
      ),
  );
  assert.ok(!audit.alerts.get('file-system-volume')?.description.includes('Not reported'));
});
