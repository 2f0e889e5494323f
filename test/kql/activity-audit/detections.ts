import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import { AUDIT_SCHEMA, auditRow, type ToolCall } from '../../../local/tenant/logs/state.ts';
import { activityAuditHead } from '../../../src/connectors/audit-log/question.ts';
import { queryText } from '../../../src/kql.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { at, detected, LEAVER, many, now, run, section, window } from './world.ts';

test('the 101st file-system call of an hour is detected, the 100th is not', () => {
  assert.deepEqual(detected(run(many(100, () => ({})))), []);
  assert.deepEqual(detected(run(many(101, () => ({})))), [
    { detection: 'file-system-volume', calls: 101, directories: 1 },
  ]);
});

test('sixty minutes slide over the full hour, and end to the millisecond', () => {
  const across = section(run(many(101, () => ({}), '2026-10-15T09:55:00Z')), 'detection');
  assert.deepEqual(
    across.map(({ at: hour, calls }) => [hour, calls]),
    [[at('2026-10-15T10:00:00Z'), 101]],
  );
  // A hundred from 09:20:00 to 09:36:30, and one more than sixty minutes before the last of them, or just not.
  const hundred = many(100, () => ({}), '2026-10-15T09:20:00Z');
  assert.deepEqual(detected(run([{ at: at('2026-10-15T08:36:30.000Z') }, ...hundred])), []);
  assert.equal(detected(run([{ at: at('2026-10-15T08:36:30.001Z') }, ...hundred])).length, 1);
});

test('the hour that clocks repeat in autumn is two', () => {
  const twice = [...many(60, () => ({}), '2026-10-25T00:10:00Z'), ...many(60, () => ({}), '2026-10-25T01:20:00Z')];
  assert.deepEqual(detected(run(twice)), []);
});

test('a call for several documents is as many, in the directories of all of them', () => {
  const call = (resource: string) => [{ at: at('2026-10-15T09:00:00Z'), tool: 'read_multiple_files', resource }];
  const files = (n: number, directories: number) =>
    Array.from({ length: n }, (_, index) => `/d/${index % directories}/${index}`).join(', ');
  const found = (resource: string) =>
    detected(run(call(resource))).map(({ calls, directories }) => [calls, directories]);
  assert.deepEqual(found(`paths=${files(100, 20)}`), []);
  assert.deepEqual(found(`paths=${files(101, 1)}`), [[101, 1]]);
  assert.deepEqual(found(`paths=${files(21, 21)}`), [[21, 21]]);
  assert.deepEqual(found('paths=/d/f, /d/g... [20 in all]'), []);
  assert.deepEqual(found('uri=x; paths=/d/f, /d/g... [21 in all]'), [[21, 21]]);
  assert.deepEqual(found(`paths=/a${'%3B'.repeat(199)}... [540 characters]`), [[101, 101]]);
  assert.equal(found('uri=[private key]').length, 1);
  const each = Array.from({ length: 90 }, (_, index) => `path=/d/${index}`).join('; ');
  assert.deepEqual(found(`${each}; [10 more]`), []);
  assert.deepEqual(found(`${each}; [11 more]`), [[101, 12]]);
  assert.equal(found('x_paths=/d/f, /d/g... [cut]').length, 1);
  const total = section(run(call(`path=/d; paths=${files(6, 3)}`)), 'total').find(({ period }) => period === 'all');
  assert.deepEqual([total?.calls, total?.directories], [1, 4]);
  const alone = section(run(call(`paths=${files(6, 3)}`)), 'total').find(({ period }) => period === 'all');
  assert.deepEqual([alone?.calls, alone?.resources, alone?.directories], [1, 6, 3]);
});

test('paths that are too long for the log are places of their own', () => {
  const cut = `path=/d${'/.'.repeat(280)}... [700 characters]`;
  assert.deepEqual(detected(run(many(20, () => ({ resource: cut })))), []);
  assert.equal(detected(run(many(21, () => ({ resource: cut }))))[0]?.directories, 21);
});

test('the 21st directory of an hour is detected, the 20th is not', () => {
  const files = (index: number) => ({ resource: `/d/${index}/f` });
  assert.deepEqual(detected(run(many(20, files))), []);
  assert.deepEqual(detected(run(many(21, files))), [{ detection: 'file-system-volume', calls: 21, directories: 21 }]);
});

test('many files of one directory, and the directory’s own listing, are one directory', () => {
  const calls = [
    ...many(30, (index) => ({ resource: `/d/e/${index}` })),
    ...many(5, (index) => ({ tool: 'list_directory', resource: index % 2 === 0 ? '/d/e' : '/d/e/' })),
    ...many(1, () => ({ tool: 'search_files', resource: '/d/e' })),
  ];
  const total = section(run(calls), 'total').find(({ period }) => period === 'all');
  assert.deepEqual([total?.calls, total?.resources, total?.directories], [36, 30, 1]);
});

test('other servers and other tools do not count as file-system reads', () => {
  assert.deepEqual(detected(run(many(101, () => ({ server: 'github' })))), []);
  assert.deepEqual(detected(run(many(101, () => ({ tool: 'write_file' })))), []);
});

test('a read is what the gateway took for one; of rows without a class, the tools of the case study are', () => {
  const volume = (call: Partial<ToolCall>) => detected(run(many(101, () => call))).length;
  assert.equal(volume({ tool: 'read_text_file', toolClass: 'read' }), 1);
  assert.equal(volume({ tool: 'read_text_file', toolClass: 'secrets' }), 1);
  assert.equal(volume({ tool: 'read_text_file', toolClass: '' }), 0);
  assert.equal(volume({ tool: 'read_file', toolClass: '' }), 1);
  const night = (call: Partial<ToolCall>) => detected(run([{ at: at('2026-11-02T01:00:00Z'), ...call }])).length;
  assert.equal(night({ server: 'github', tool: 'merge_pull_request', toolClass: 'write' }), 1);
  assert.equal(night({ server: 'github', tool: 'update_webhook', toolClass: 'admin' }), 1);
  assert.equal(night({ server: 'secrets', tool: 'update_secret', toolClass: 'secrets' }), 1);
  assert.equal(night({ server: 'github', tool: 'create_issue', toolClass: 'read' }), 0);
});

test('refused calls read nothing', () => {
  for (const status of [401, 403, 404, 429, 500]) {
    const found = detected(run(many(101, () => ({ status })))).filter(({ detection }) => detection !== 'repeated-403');
    assert.deepEqual(found, [], String(status));
  }
});

test('a file is the same one, however the gateway wrote its path', () => {
  const resources = ['/d/e/f', 'path=/d/e/f', '/d/e/g', 'path=/d/e/g', '[none]', ''];
  const total = section(run(many(6, (index) => ({ resource: resources[index] ?? '' }))), 'total').find(
    ({ period }) => period === 'all',
  );
  assert.deepEqual([total?.calls, total?.resources, total?.directories], [6, 2, 1]);
  const files = ['owner=a; repo=b', 'owner=a; repo=c'];
  const several = section(run(many(2, (index) => ({ server: 'github', resource: files[index] ?? '' }))), 'total');
  assert.equal(several.find(({ period }) => period === 'all')?.resources, 2);
});

test('a table from before the gateway logged a class is read too', () => {
  const oid = parseOid(LEAVER);
  assert.ok(oid);
  const { MCPAuditLog_CL: columns = [] } = AUDIT_SCHEMA;
  const older = { MCPAuditLog_CL: columns.filter(({ name }) => name !== 'tool_class_s') };
  const rows = many(101, () => ({})).map((call) => {
    const { tool_class_s: _, ...row } = auditRow({
      oid: LEAVER,
      server: 'filesystem',
      tool: 'read_file',
      resource: '/d/f',
      ...call,
    });
    return row;
  });
  const query = activityAuditHead({ oid, relatedOids: [], window }) + queryText('activity-audit.kql');
  const result = evaluate(query, older, { MCPAuditLog_CL: rows }, now);
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(detected(result.rows), [{ detection: 'file-system-volume', calls: 101, directories: 1 }]);
});

const clock: readonly (readonly [string, string, boolean])[] = [
  ['06:59 in winter', '2026-11-02T05:59:59Z', true],
  ['07:00 in winter', '2026-11-02T06:00:00Z', false],
  ['19:59 in winter', '2026-11-02T18:59:59Z', false],
  ['20:00 in winter', '2026-11-02T19:00:00Z', true],
  ['19:59 in summer', '2026-10-20T17:59:59Z', false],
  ['20:00 in summer', '2026-10-20T18:00:00Z', true],
  ['19:59 on the day clocks change', '2026-10-25T18:59:59Z', false],
  ['20:00 on the day clocks change', '2026-10-25T19:00:00Z', true],
  ['06:59 on the day clocks change', '2026-10-25T05:59:59Z', true],
  ['07:00 on the day clocks change', '2026-10-25T06:00:00Z', false],
];
for (const [when, instant, expected] of clock) {
  test(`a write at ${when} is ${expected ? 'out of hours' : 'in hours'}`, () => {
    const found = detected(run([{ at: at(instant), tool: 'Update_issue', server: 'jira' }]));
    assert.deepEqual(found, expected ? [{ detection: 'out-of-hours-write', calls: 1, directories: null }] : []);
  });
}

test('a read at night is no write', () => {
  assert.deepEqual(detected(run([{ at: at('2026-11-02T01:00:00Z'), tool: 'get_issue', server: 'jira' }])), []);
});

test('the sixth 403 by one server in ten minutes is detected, the fifth is not, whatever the tools', () => {
  const refused = (n: number, call: (index: number) => Partial<ToolCall> = () => ({}), from?: string) =>
    many(n, (index) => ({ tool: `push_${index % 3}`, status: 403, server: 'github', ...call(index) }), from);
  const calls = (rows: ReturnType<typeof refused>) => detected(run(rows)).map((found) => found.calls);
  assert.deepEqual(calls(refused(5)), []);
  assert.deepEqual(detected(run(refused(6))), [{ detection: 'repeated-403', calls: 6, directories: null }]);
  // Over the full ten minutes of the clock, and ten minutes to the millisecond.
  assert.deepEqual(calls(refused(6, () => ({}), '2026-10-15T09:09:30Z')), [6]);
  assert.deepEqual(calls([...refused(5), ...refused(1, () => ({}), '2026-10-15T09:10:00.000Z')]), []);
  assert.deepEqual(calls([...refused(5), ...refused(1, () => ({}), '2026-10-15T09:09:59.999Z')]), [6]);
});

test('refusals spread over servers add up, and those of what administers or hands out secrets count twice', () => {
  const spread = (n: number, toolClass: string) =>
    detected(run(many(n, (index) => ({ server: `s${index % 3}`, status: 403, toolClass })))).map(({ calls }) => calls);
  assert.deepEqual([spread(10, 'write'), spread(11, 'write')], [[], [11]]);
  assert.deepEqual([spread(5, 'admin'), spread(6, 'admin')], [[], [6]]);
  const secrets = (n: number) => detected(run(many(n, () => ({ server: 'secrets', tool: 'get_secret', status: 403 }))));
  assert.deepEqual([secrets(2).length, secrets(3).length], [0, 1]);
});
