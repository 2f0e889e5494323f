import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultAudit, tunedAudit } from '../support/deployed-audit.ts';
import { ANA, BEN, many, PIPELINE, rule } from '../support/run-rule.ts';

const run = rule(await defaultAudit(), 'file-system-volume');
const MORNING = '2026-10-15T09:00:00Z';
const NOON = '2026-10-15T10:00:00Z';
const UPN = 'ana@northwind-capital.example';

const reported = (rows: ReturnType<typeof many>, now = NOON) =>
  run(rows, now).map(({ caller, hour, calls, directories }) => ({ caller, hour, calls, directories }));

test('the 101st file-system call of an hour is reported, the 100th is not', () => {
  assert.deepEqual(reported(many(100, MORNING)), []);
  assert.deepEqual(run(many(101, MORNING), NOON), [
    { caller: ANA, upn: UPN, hour: '2026-10-15 09:00', calls: 101, directories: 1 },
  ]);
});

test('the 21st directory of an hour is reported, the 20th is not', () => {
  const files = (index: number) => ({ resource: `/d/${index}/file` });
  assert.deepEqual(reported(many(20, MORNING, files)), []);
  assert.deepEqual(reported(many(21, MORNING, files)), [
    { caller: ANA, hour: '2026-10-15 09:00', calls: 21, directories: 21 },
  ]);
});

test('the root is a directory, and what is about no path is in none', () => {
  const listed = { tool: 'list_directory', resource: '/' };
  for (const [last, directories] of [
    [{ resource: '/file' }, 21],
    [listed, 21],
    [{ resource: String.raw`\file` }, 21],
    [{ resource: '' }, undefined],
    [{ ...listed, resource: '' }, undefined],
  ] as const) {
    const rows = many(21, MORNING, (index) => (index === 20 ? last : { resource: `/d/${index}/file` }));
    assert.equal(reported(rows)[0]?.directories, directories, JSON.stringify(last));
  }
  const root = ['/file', '/other', '/'].flatMap((resource) => many(1, MORNING, () => ({ resource })));
  assert.deepEqual(
    reported([...root, ...many(19, NOON.replace('10:00', '09:30'), (index) => ({ resource: `/d/${index}/f` }))]),
    [],
  );
});

test('directories are counted, not files, and a directory’s own listing is that directory', () => {
  const rows = [
    ...many(60, MORNING, (index) => ({ resource: `/d/e/${index}` })),
    ...many(10, MORNING, (index) => ({ tool: 'list_directory', resource: index % 2 === 0 ? '/d/e' : '/d/e/' })),
    ...many(31, MORNING, (index) => ({
      tool: 'search_files',
      resource: '/d/e',
      at: new Date(Date.parse(MORNING) + index),
    })),
  ];
  assert.deepEqual(reported(rows), [{ caller: ANA, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('Windows paths have directories too', () => {
  const rows = many(21, MORNING, (index) => ({ resource: String.raw`C:\documents\d${index}\file` }));
  assert.equal(reported(rows)[0]?.directories, 21);
});

test('a hundred calls each by two callers, in two hours, or through another server or tool are nothing', () => {
  const half = (index: number) => index % 2 === 0;
  assert.deepEqual(reported(many(200, MORNING, (index) => ({ oid: half(index) ? ANA : BEN }))), []);
  assert.deepEqual(reported(many(101, '2026-10-15T09:50:00Z'), '2026-10-15T10:30:00Z'), []);
  assert.deepEqual(reported(many(200, MORNING, () => ({ server: 'github' }))), []);
  assert.deepEqual(reported(many(200, MORNING, () => ({ tool: 'get_file_info' }))), []);
});

test('calls without a valid token have no caller and are not added up', () => {
  assert.deepEqual(reported(many(200, MORNING, () => ({ oid: '', upn: '', status: 401 }))), []);
});

test('a pipeline that reads in bulk is reported as a person is', () => {
  const rows = many(101, MORNING, () => ({ oid: PIPELINE, upn: '' }));
  assert.deepEqual(reported(rows), [{ caller: PIPELINE, hour: '2026-10-15 09:00', calls: 101, directories: 1 }]);
});

test('an id in capitals is the same caller', () => {
  const rows = many(101, MORNING, (index) => ({ oid: index % 2 === 0 ? ANA : ANA.toUpperCase() }));
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

test('other limits, servers and tools can be set', async () => {
  const tuned = rule(await tunedAudit(), 'file-system-volume');
  const calls = (n: number, tool: string, resource: (index: number) => string, server = 'documents') =>
    tuned(
      many(n, MORNING, (index) => ({ server, tool, resource: resource(index) })),
      NOON,
    ).length;
  const file = (index: number) => `/d/${index}`;
  assert.deepEqual([calls(10, 'read_text_file', file), calls(11, 'read_text_file', file)], [0, 1]);
  assert.deepEqual([calls(2, 'directory_tree', file), calls(3, 'directory_tree', file)], [0, 1]);
  assert.equal(calls(11, 'read_file', file), 0);
  assert.equal(calls(11, 'read_text_file', file, 'filesystem'), 0);
});
