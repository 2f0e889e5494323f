import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolCall } from '../../../local/tenant/logs/state.ts';
import { EXPECTED, tunedAudit } from '../support/deployed-audit.ts';
import { ANA, BEN, many, PIPELINE, rule } from '../support/run-rule.ts';
import { FROM, graver, NOW, ordinary, refused, reported } from './repeated-403/world.ts';
import './repeated-403/graver.ts';

const tuned = await tunedAudit();

test('the sixth refusal by one server in ten minutes is reported, the fifth is not', () => {
  assert.deepEqual(reported(refused(5)), []);
  assert.deepEqual(ordinary(refused(6), NOW), [
    {
      caller: ANA,
      upn: 'ana@northwind-capital.example',
      server: 'github',
      since: '2026-10-15 09:00',
      category: 'ordinary',
      calls: 6,
      weight: 6,
      privileged: 0,
      callers: `["${ANA}"]`,
      tools: '["push_files"]',
      scopes: '["mcp.tools.write"]',
    },
  ]);
  assert.deepEqual(graver(refused(60)), []);
});

test('refusals spread over tools add up, and the report names the tools', () => {
  const rows = many(6, FROM, (index) => ({ server: 'github', tool: `push_${index}`, status: 403 }));
  assert.deepEqual(
    ordinary(rows, NOW).map(({ calls, tools }) => [calls, tools]),
    [[6, '["push_0","push_1","push_2","push_3","push_4","push_5"]']],
  );
});

test('the report names the tools of its ten minutes, none from before or after and nobody else’s', () => {
  const rows = [
    ...refused(1, { tool: 'before' }, '2026-10-15T08:50:00Z'),
    ...refused(6),
    ...refused(1, { tool: 'after' }, '2026-10-15T09:10:50Z'),
    ...refused(1, { tool: 'elsewhere', server: 'jira' }),
    ...refused(1, { tool: 'of_another', oid: BEN }),
  ];
  assert.deepEqual(
    ordinary(rows, NOW).map(({ tools }) => tools),
    ['["push_files"]'],
  );
});

test('refusals are counted by caller and by server', () => {
  assert.deepEqual(reported([...refused(5), ...refused(5, { server: 'jira' })]), []);
  assert.deepEqual(reported([...refused(5), ...refused(5, { oid: BEN })]), []);
  assert.deepEqual(
    reported([...refused(6), ...refused(7, { oid: BEN, server: 'GitHub' })]).map(({ caller, calls }) => [
      caller,
      calls,
    ]),
    [
      [ANA, 6],
      [BEN, 7],
    ],
  );
});

test('five refusals at each of two servers are nothing, and the eleventh is one caller’s at all servers', () => {
  const spread = (n: number, call: Partial<ToolCall> = {}) =>
    many(n, FROM, (index) => ({ server: `server-${index % 3}`, tool: 'push_files', status: 403, ...call }));
  assert.deepEqual(reported(spread(10)), []);
  assert.deepEqual(ordinary(spread(11), NOW), [
    {
      caller: ANA,
      upn: 'ana@northwind-capital.example',
      server: 'all servers',
      since: '2026-10-15 09:00',
      category: 'ordinary',
      calls: 11,
      weight: 11,
      privileged: 0,
      callers: `["${ANA}"]`,
      tools: '["server-0/push_files","server-1/push_files","server-2/push_files"]',
      scopes: '["mcp.tools.read"]',
    },
  ]);
  // Ten minutes of it slide too, over the full ten of the clock.
  const late = many(6, '2026-10-15T09:10:30Z', (index) => ({ server: `server-${index % 2}`, status: 403 }));
  const early = many(5, '2026-10-15T09:09:00Z', (index) => ({ server: `other-${index % 2}`, status: 403 }));
  assert.equal(reported(late).length, 0);
  assert.ok(reported([...early, ...late]).some(({ server, calls }) => server === 'all servers' && calls === 11));
});

test('refusals spread over callers are those of all', () => {
  const spread = (n: number, toolClass = 'write') =>
    many(n, FROM, (index) => ({
      oid: `b0b0b0b0-0000-4000-8000-00000000000${index % 7}`,
      server: `s${index % 2}`,
      status: 403,
      toolClass,
    }));
  assert.deepEqual(reported(spread(30)), []);
  assert.deepEqual(
    ordinary(spread(31), NOW).map(({ caller, upn, server, calls }) => [caller, upn, server, calls]),
    [['all callers', '', 'all servers', 31]],
  );
  assert.deepEqual(graver(spread(15, 'admin')), []);
  assert.equal(graver(spread(16, 'admin'))[0]?.weight, 32);
});

test('what one server’s sum says is not said again by the wider ones', () => {
  const rows = many(55, FROM, () => ({ server: 'github', tool: 'push_files', status: 403 }));
  assert.deepEqual(
    reported(rows).map(({ caller, server, calls }) => [caller, server, calls]),
    [[ANA, 'github', 55]],
  );
});

test('ten minutes slide: three before the full ten and three after it are six', () => {
  const rows = [...refused(3, {}, '2026-10-15T09:09:00Z'), ...refused(3, {}, '2026-10-15T09:11:00Z')];
  assert.deepEqual(reported(rows), [{ caller: ANA, server: 'github', since: '2026-10-15 09:10', calls: 6, weight: 6 }]);
  // The last is at 09:10:40.
  const five = refused(5, {}, '2026-10-15T09:10:00Z');
  assert.deepEqual(reported([...refused(1, {}, '2026-10-15T09:00:40.000Z'), ...five]), []);
  assert.equal(reported([...refused(1, {}, '2026-10-15T09:00:40.001Z'), ...five])[0]?.calls, 6);
});

test('other refusals than 403 are not this', () => {
  for (const status of [200, 401, 404, 429, 500]) assert.deepEqual(reported(refused(50, { status })), []);
});

test('a pipeline that knocks on is reported as a person is', () => {
  assert.deepEqual(reported(refused(6, { oid: PIPELINE, upn: '' }))[0]?.caller, PIPELINE);
});

test('a batch that was delivered twice counts once', () => {
  const rows = refused(5);
  assert.deepEqual(reported([...rows, ...rows]), []);
  // Without a request id, refusals of different instants or resources are different ones.
  const anonymous = refused(6).map((row) => ({ ...row, apim_request_id_s: '' }));
  assert.equal(reported(anonymous)[0]?.calls, 6);
  const atOnce = Array.from({ length: 6 }, (_, index) => refused(1, { resource: `file-${index}` })).flat();
  assert.equal(reported(atOnce.map((row) => ({ ...row, apim_request_id_s: '' })))[0]?.calls, 6);
});

test('an id in capitals or in braces is the same caller', () => {
  const rows = [
    ...refused(3),
    ...refused(2, { oid: ANA.toUpperCase() }, '2026-10-15T09:05:00Z'),
    ...refused(1, { oid: `{${ANA}}` }),
  ];
  assert.deepEqual(
    reported(rows).map(({ caller, calls }) => [caller, calls]),
    [[ANA, 6]],
  );
});

test('ten minutes are reported again only while rows are added to them', () => {
  const late = refused(1, { ingestedAt: new Date('2026-10-15T11:00:00Z') }, '2026-10-15T09:09:00Z');
  assert.equal(ordinary(refused(6), '2026-10-15T10:01:00Z').length, 1);
  assert.deepEqual(ordinary(refused(6), '2026-10-15T10:02:00Z'), []);
  assert.deepEqual(ordinary([...refused(5), ...late], '2026-10-15T10:59:00Z'), []);
  assert.equal(ordinary([...refused(5), ...late], '2026-10-15T11:59:00Z')[0]?.calls, 6);
});

test('the weight, the limit and the scopes can be set', () => {
  const strict = rule(tuned, 'repeated-403');
  const strictly = rule(tuned, 'repeated-403-privileged');
  const call = { scope: 'mcp.tools.read' };
  assert.deepEqual(strict(refused(2, call), NOW), []);
  assert.equal(strict(refused(3, call), NOW).length, 1);
  assert.equal(strictly(refused(1, { scope: 'mcp.tools.write' }), NOW).length, 1);
  assert.deepEqual(strictly(refused(2, { scope: 'mcp.tools.admin' }), NOW), []);
  const spread = (n: number, oids: readonly string[]) =>
    strict(
      many(n, FROM, (index) => ({
        ...call,
        oid: oids[index % oids.length] ?? '',
        server: `s${index % 3}`,
        status: 403,
      })),
      NOW,
    ).length;
  assert.deepEqual([spread(4, [ANA]), spread(5, [ANA])], [0, 1]);
  assert.deepEqual([spread(6, [ANA, BEN]), spread(7, [ANA, BEN])], [0, 1]);
});

test('who is expected to be refused at a server is not reported for it, until the end of the last day of the entry', () => {
  for (const [name, call] of [
    ['repeated-403', { scope: '' }],
    ['repeated-403-privileged', { toolClass: 'secrets' }],
  ] as const) {
    const reports = (from: string, more: Partial<ToolCall> = {}) =>
      rule(tuned, name)(
        refused(3, { oid: EXPECTED, server: 'documents', ...call, ...more }, from),
        new Date(Date.parse(from) + 600_000),
      ).length;
    assert.equal(reports('2026-10-15T18:29:30Z'), 0, name);
    assert.equal(reports('2026-10-15T18:30:00Z'), 1, name);
    assert.equal(reports('2026-10-15T18:29:30Z', { server: 'archive' }), 1, name);
    // What is expected at one server is not counted over all of them either.
    assert.equal(reports('2026-10-15T18:28:30Z', { oid: `{${EXPECTED}}` }), 0, name);
    assert.equal(reports('2026-10-15T18:29:30Z', { oid: ANA }), 1, name);
  }
});
