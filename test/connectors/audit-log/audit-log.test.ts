import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { FaultEffect } from '../../../local/tenant/core/faults.ts';
import { auditRow, emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { queryWorkspace, type WorkspaceQuery } from '../../../src/connectors/audit-log/query-workspace.ts';
import type { VendorFailure, VendorResult } from '../../../src/connectors/result.ts';
import { startApp } from '../../support/apps/start-app.ts';

/*
 * What the app relies on, whichever SDK asks: every answer of the service is a value that tells how complete it is.
 * The tests know nothing of the SDK, so they can run against its successor.
 */
const state = emptyLogs();
const app = await startApp({
  vendors: (core) => [makeLogs(core, state)],
});
after(() => app.stop());
afterEach(() => {
  app.tenant.faults.clear();
  app.reader.logs.add(WORLD.audit.workspaceId);
  state.answers = 'complete';
});

const now = new Date();
const at = new Date(now.getTime() - 3_600_000);
for (const resource of ['/a/1', '/a/2']) {
  state.rows.push(auditRow({ at, oid: WORLD.leaver.oid, server: 'filesystem', tool: 'read_file', resource }));
}

const table = 'MCPAuditLog_CL';
const query = (text = `${table} | project timestamp_t, resource_accessed_s, response_status_d`): WorkspaceQuery => ({
  what: 'two rows',
  text,
  from: new Date(now.getTime() - 86_400_000),
  to: now,
});
const ask = (text?: string) => queryWorkspace(app.config, query(text));

function fault(effect: FaultEffect): void {
  app.tenant.faults.add({ vendor: 'logs', effect });
}

async function failureOf(asked: Promise<VendorResult<unknown>>): Promise<VendorFailure> {
  const result = await asked;
  assert.equal(result.ok, false);
  return result.failure;
}

const HTML = '<html><body>Bad gateway: secret-of-the-proxy</body></html>';

test('rows come back under their columns’ names, with datetimes as dates', async () => {
  assert.deepEqual(await ask(), {
    ok: true,
    value: {
      value: ['/a/1', '/a/2'].map((resource) => ({
        timestamp_t: at,
        resource_accessed_s: resource,
        response_status_d: 200,
      })),
    },
  });
});

test('a partial answer keeps its rows and says that there may be more', async () => {
  state.answers = 'partial';
  const result = await ask();
  assert.ok(result.ok);
  assert.equal(result.value.value.length, 1);
  assert.match(result.value.partial ?? '', /cut its answer about two rows short \(PartialError\)/);
});

for (const answers of ['no-content', 'empty'] as const) {
  test(`a workspace that answers ${answers} is no empty audit`, async () => {
    state.answers = answers;
    assert.equal((await failureOf(ask())).kind, 'unavailable');
  });
}

test('a query that names an unknown column is refused, and the operator is told where to look', async () => {
  const failure = await failureOf(ask(`${table} | where caller_s == "x"`));
  assert.equal(failure.kind, 'refused');
  assert.match(failure.message, /400 \(BadArgumentError: SemanticError: SEM0100\).*columns, is missing/);
});

test('a malformed query is refused', async () => {
  const failure = await failureOf(ask(`${table} | whre x`));
  assert.equal(failure.kind, 'refused');
  assert.match(failure.message, /400 \(BadArgumentError: SyntaxError/);
});

test('without the role on the workspace the answer is denied, with the role to give', async () => {
  app.reader.logs.clear();
  const failure = await failureOf(ask());
  assert.equal(failure.kind, 'denied');
  assert.equal(failure.kind === 'denied' && failure.missingPermission, 'Log Analytics Data Reader');
});

test('throttling keeps the time that the service names', async () => {
  fault({ kind: 'answer', status: 429, headers: { 'retry-after': '7' } });
  const failure = await failureOf(ask());
  assert.deepEqual([failure.kind, 'tryAgainAfterMs' in failure && failure.tryAgainAfterMs], ['throttled', 7_000]);
});

test('throttling without a time is throttling all the same, and is asked once', async () => {
  const before = app.tenant.calls.length;
  fault({ kind: 'answer', status: 429 });
  const failure = await failureOf(ask());
  assert.deepEqual([failure.kind, 'tryAgainAfterMs' in failure && failure.tryAgainAfterMs], ['throttled', 0]);
  assert.equal(app.tenant.calls.length - before, 1);
});

const faultName: readonly (readonly [string, FaultEffect])[] = [
  ['502 with HTML', { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body: HTML }],
  ['404 with a proxy’s HTML', { kind: 'answer', status: 404, headers: { 'content-type': 'text/html' }, body: HTML }],
  ['200 with HTML', { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: HTML }],
  ['500', { kind: 'answer', status: 500 }],
  ['504', { kind: 'answer', status: 504, headers: { 'content-type': 'application/json' }, body: '{}' }],
  ['200 without tables', { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }],
  [
    '200 with no table',
    { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: '{"tables":[]}' },
  ],
  ['a reset', { kind: 'reset' }],
  ['a truncated body', { kind: 'truncate' }],
];
for (const [name, effect] of faultName) {
  test(`${name} means unavailable, after one attempt, and nothing of a body is repeated`, async () => {
    const before = app.tenant.calls.length;
    fault(effect);
    const failure = await failureOf(ask());
    assert.equal(failure.kind, 'unavailable');
    assert.doesNotMatch(JSON.stringify(failure), /secret-of-the-proxy/);
    assert.equal(app.tenant.calls.length - before, 1);
  });
}

test('silence beyond the deadline means unavailable', async () => {
  fault({ kind: 'delay', ms: 1_500 });
  const failure = await failureOf(queryWorkspace({ ...app.config, REQUEST_TIMEOUT_SECONDS: 1 }, query()));
  assert.equal(failure.kind, 'unavailable');
});

test('an identity that gets no token means unavailable, not denied: nobody asked the workspace', async () => {
  const failure = await failureOf(
    queryWorkspace({ ...app.config, READER_CLIENT_ID: '00000000-0000-4000-8000-000000000000' }, query()),
  );
  assert.equal(failure.kind, 'unavailable');
  assert.match(failure.message, /no usable answer came \(\w+\)/);
});
