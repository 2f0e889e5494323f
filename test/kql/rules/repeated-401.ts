import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import { defaultAudit, tunedAudit } from '../support/deployed-audit.ts';
import { rule, uploaded } from '../support/run-rule.ts';

const run = rule(await defaultAudit(), 'repeated-401');
const NOON = '2026-10-15T12:00:00Z';

/** What the gateway writes of calls without a valid token: no caller, and one row in ten seconds at most. */
const knocks = (n: number, from: string, more: object = {}, seconds = 10): Row[] =>
  Array.from({ length: n }, (_, index) =>
    uploaded({
      at: new Date(Date.parse(from) + index * seconds * 1_000),
      oid: '',
      upn: '',
      server: 'filesystem',
      tool: '[unread]',
      toolClass: '',
      scope: '',
      resource: '',
      status: 401,
      ...more,
    }),
  );
const reported = (rows: readonly Row[], now = NOON) =>
  run(rows, now).map(({ server, hour, calls }) => [server, hour, calls]);

test('the 61st call without a valid token at one server within sixty minutes is reported, the 60th is not', () => {
  assert.deepEqual(reported(knocks(60, '2026-10-15T09:00:00Z')), []);
  assert.deepEqual(run(knocks(61, '2026-10-15T09:00:00Z'), NOON), [
    { server: 'filesystem', hour: '2026-10-15 09:00', calls: 61, lastCall: new Date('2026-10-15T09:10:00Z') },
  ]);
});

test('sixty minutes slide, and end to the millisecond', () => {
  const across = [...knocks(31, '2026-10-15T08:54:00Z'), ...knocks(31, '2026-10-15T09:00:00Z')];
  assert.deepEqual(reported(across), [['filesystem', '2026-10-15 09:00', 62]]);
  // The last of sixty is at 10:09:50.
  const sixty = knocks(60, '2026-10-15T10:00:00Z');
  assert.deepEqual(reported([...knocks(1, '2026-10-15T09:09:50.000Z'), ...sixty]), []);
  assert.deepEqual(reported([...knocks(1, '2026-10-15T09:09:50.001Z'), ...sixty]), [
    ['filesystem', '2026-10-15 10:00', 61],
  ]);
});

test('servers are counted each for itself, and other refusals not at all', () => {
  const from = '2026-10-15T09:00:00Z';
  assert.deepEqual(reported([...knocks(60, from), ...knocks(60, from, { server: 'jira' })]), []);
  assert.deepEqual(reported([...knocks(31, from), ...knocks(30, '2026-10-15T09:30:00Z', { server: 'FileSystem' })]), [
    ['filesystem', '2026-10-15 09:00', 61],
  ]);
  for (const status of [200, 403, 429]) assert.deepEqual(reported(knocks(200, from, { status })), []);
});

test('sixty at each of two servers are nothing, and one more is said of all servers', () => {
  const spread = (n: number) =>
    knocks(n, '2026-10-15T09:00:00Z').map((row, index) => ({ ...row, mcp_server_s: `server-${index % 3}` }));
  assert.deepEqual(reported(spread(120)), []);
  assert.deepEqual(reported(spread(121)), [['all servers', '2026-10-15 09:00', 121]]);
  // Not where one server's sum says it already.
  assert.deepEqual(reported(knocks(200, '2026-10-15T09:00:00Z')), [['filesystem', '2026-10-15 09:00', 200]]);
});

test('forty people who sign in within an hour are nothing, and the runner that tries all night is', () => {
  assert.deepEqual(reported(knocks(40, '2026-10-15T09:00:00Z', {}, 60)), []);
  const night = knocks(180, '2026-10-15T09:00:00Z', {}, 50);
  assert.deepEqual(
    reported(night).map(([, hour]) => hour),
    ['2026-10-15 09:00', '2026-10-15 10:00', '2026-10-15 11:00'],
  );
});

test('a batch that was delivered twice counts once', () => {
  const rows = knocks(60, '2026-10-15T09:00:00Z');
  assert.deepEqual(reported([...rows, ...rows]), []);
});

test('sixty minutes are reported again only while rows are added to them', () => {
  const rows = knocks(61, '2026-10-15T09:00:00Z');
  assert.equal(run(rows, '2026-10-15T12:10:30Z').length, 1);
  assert.deepEqual(run(rows, '2026-10-15T12:10:31Z'), []);
  const late = knocks(1, '2026-10-15T09:30:00Z', { ingestedAt: new Date('2026-10-15T20:00:00Z') });
  assert.equal(run([...knocks(60, '2026-10-15T09:00:00Z'), ...late], '2026-10-15T20:05:00Z').length, 1);
});

test('another limit can be set', async () => {
  const strict = rule(await tunedAudit(), 'repeated-401');
  assert.deepEqual(strict(knocks(2, '2026-10-15T09:00:00Z'), NOON), []);
  assert.equal(strict(knocks(3, '2026-10-15T09:00:00Z'), NOON).length, 1);
  const spread = (n: number) =>
    strict(
      knocks(n, '2026-10-15T09:00:00Z').map((row, index) => ({ ...row, mcp_server_s: `server-${index}` })),
      NOON,
    ).length;
  assert.deepEqual([spread(3), spread(4)], [0, 1]);
});
