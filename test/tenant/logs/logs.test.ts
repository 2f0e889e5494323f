import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { INCIDENT } from '../../../local/tenant/logs/seed-runner.ts';
import { auditRow, emptyLogs } from '../../../local/tenant/logs/state.ts';
import { makeLogs, seedLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const state = emptyLogs();
const app = await startApp({ vendors: (core) => [makeLogs(core, state)] });
after(() => app.stop());
afterEach(() => {
  state.rows.length = 0;
  state.retentionDays = 90;
});

const DAY = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * DAY);
const call = (at: Date) => auditRow({ at, oid: WORLD.leaver.oid, server: 's', tool: 't', resource: '/r' });

async function token(audience = app.tenant.origin('logs'), more: { readonly lifetimeSeconds?: number } = {}) {
  const { clientId, oid } = WORLD.app.reader;
  return `Bearer ${await app.tenant.tokens.issue({ audience, oid, clientId, ...more })}`;
}

async function post(body: unknown, authorization?: string, workspace: string = WORLD.audit.workspaceId) {
  const response = await fetch(`${app.tenant.origin('logs')}/v1/workspaces/${workspace}/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: authorization ?? (await token()) },
    body: JSON.stringify(body),
  });
  const json = (await response.json()) as {
    readonly error?: { readonly code: string; readonly innererror?: { readonly code: string } };
    readonly tables?: readonly [{ readonly columns: unknown; readonly rows: readonly (readonly unknown[])[] }];
  };
  return { status: response.status, json };
}

test('an answer has one PrimaryResult with typed columns and rows as arrays', async () => {
  const at = new Date('2026-11-02T08:00:00.000Z');
  state.rows.push({ ...call(at), TimeGenerated: ago(1) });
  const { status, json } = await post({
    query: 'MCPAuditLog_CL | project timestamp_t, latency_ms_d, span = 90m, list = dynamic([1]), none = datetime(null)',
  });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    tables: [
      {
        name: 'PrimaryResult',
        columns: [
          { name: 'timestamp_t', type: 'datetime' },
          { name: 'latency_ms_d', type: 'real' },
          { name: 'span', type: 'timespan' },
          { name: 'list', type: 'dynamic' },
          { name: 'none', type: 'datetime' },
        ],
        rows: [['2026-11-02T08:00:00.000Z', 40, '01:30:00', '[1]', null]],
      },
    ],
  });
});

test('rows older than the retention cannot be seen', async () => {
  state.rows.push(call(ago(20)), call(ago(40)));
  state.retentionDays = 30;
  const { json } = await post({ query: 'MCPAuditLog_CL | count', timespan: 'P90D' });
  assert.deepEqual(json.tables?.[0].rows, [[1]]);
});

for (const [timespan, count] of [
  ['P2D', 1],
  ['PT36H', 1],
  [`${ago(4).toISOString()}/${ago(2).toISOString()}`, 1],
  [`${ago(4).toISOString()}/P4D`, 2],
  [undefined, 2],
] as const) {
  test(`timespan ${timespan === undefined ? 'left out' : timespan.replace(/\d{4}-[^/]*Z/g, '…')} limits by time of ingestion`, async () => {
    state.rows.push(call(ago(1)), call(ago(3)));
    const { json } = await post({ query: 'MCPAuditLog_CL | count', timespan });
    assert.deepEqual(json.tables?.[0].rows, [[count]]);
  });
}

test('what is no timespan is refused', async () => {
  for (const timespan of ['yesterday', 'P', 'PT', 'P1D/P1D/P1D']) {
    assert.equal((await post({ query: 'MCPAuditLog_CL', timespan })).status, 400, timespan);
  }
});

test('tokens: none is 401; of another audience, expired or broken is 403', async () => {
  const { status, json } = await post({ query: 'MCPAuditLog_CL' }, 'none');
  assert.deepEqual([status, json.error?.code], [401, 'AuthenticationFailed']);
  for (const [authorization, code] of [
    [await token(app.tenant.origin('arm')), 'InvalidAuthenticationTokenAudience'],
    [await token(undefined, { lifetimeSeconds: -60 }), 'InvalidAuthenticationToken'],
    ['Bearer x.y.z', 'InvalidAuthenticationToken'],
  ] as const) {
    const answer = await post({ query: 'MCPAuditLog_CL' }, authorization);
    assert.deepEqual([answer.status, answer.json.error?.code], [403, code]);
  }
});

test('a workspace that the caller may not read is 403, whether it exists or not', async () => {
  const { status, json } = await post({ query: 'MCPAuditLog_CL' }, undefined, '00000000-0000-4000-8000-000000000000');
  assert.deepEqual([status, json.error?.code], [403, 'InsufficientAccessError']);
});

test('a wrong path is 404', async () => {
  const response = await fetch(`${app.tenant.origin('logs')}/v2/nothing`);
  assert.equal(response.status, 404);
});

test('an unknown column is a semantic error, a malformed query a syntax error', async () => {
  const semantic = await post({ query: 'MCPAuditLog_CL | where caller_s == "x"' });
  assert.deepEqual([semantic.status, semantic.json.error?.innererror?.code], [400, 'SemanticError']);
  const table = await post({ query: 'MCPAuditLog | take 1' });
  assert.deepEqual([table.status, table.json.error?.innererror?.code], [400, 'SemanticError']);
  const syntax = await post({ query: 'MCPAuditLog_CL | whre x' });
  assert.deepEqual([syntax.status, syntax.json.error?.innererror?.code], [400, 'SyntaxError']);
});

for (const now of ['2026-11-23T12:00:00Z', '2026-04-05T22:30:00Z', '2026-11-10T00:30:00Z', '2026-01-01T00:00:00Z']) {
  test(`the seed told at ${now} has 847 files in 34 directories after the departure, all by night`, () => {
    const { rows } = seedLogs(seedContext(new Date(now)));
    const leaveAt = new Date(Date.parse(now) - WORLD.daysSinceLastDay * DAY).toISOString();
    const { departure } = auditWindow({ leaveAt }, new Date(now), WORLD.timeZone, 0);
    const later = rows.filter(
      ({ caller_oid_s: oid, timestamp_t: at }) =>
        oid === WORLD.leaver.oid && departure !== undefined && at instanceof Date && at > departure,
    );
    const files = later.filter((row) => row.tool_name_s === 'read_file').map((row) => String(row.resource_accessed_s));
    assert.deepEqual([INCIDENT.files, INCIDENT.directories], [847, 34]);
    assert.equal(new Set(files).size, INCIDENT.files);
    assert.equal(new Set(files.map((file) => file.replace(/\/[^/]*$/, ''))).size, INCIDENT.directories);
    const hour = new Intl.DateTimeFormat('en', { timeZone: WORLD.timeZone, hour: 'numeric', hourCycle: 'h23' });
    const hours = new Set(later.map(({ timestamp_t: at }) => Number(hour.format(at instanceof Date ? at : undefined))));
    assert.deepEqual([...hours], [2]);
  });
}
