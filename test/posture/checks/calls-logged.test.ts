import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { addToGateway, SERVICE_ID } from '../../../local/tenant/arm/seeds/case-study-platform.ts';
import { WORKSPACE_ID } from '../../../local/tenant/arm/seeds/released-rules.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import type { Row } from '../../../local/tenant/kql/values/values.ts';
import { auditRow, emptyLogs, gatewayRow } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { ensureDeadLetters } from '../../../src/connectors/storage/evidence/dead-letters.ts';
import { callsLogged } from '../../../src/posture/checks/calls-logged.ts';
import { callsLogged as reading } from '../../../src/posture/readings/calls/calls-logged.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { gatewayOf, policy, tokenCheck } from '../support/gateway.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const [arm, logs] = [seedArm(seedContext()), emptyLogs()];
const app = await startApp({ vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)], storage: true });
after(() => app.stop());
await ensureDeadLetters(app.config);
const gateway = gatewayOf(arm);
const { listDeadLetters, keepDeadLetters, removeDeadLetters } = app.context.vendors.storage;

/** The last noon: hours before it are of one day by Greenwich's clock and by the firm's. */
const now = Math.floor((Date.now() - DAY_MS / 2) / DAY_MS) * DAY_MS + DAY_MS / 2;
/** The morning of a day so many days ago: once on every day. */
const daysAgo = (days: number, minutes = 0): Date => new Date(now - days * DAY_MS - 6 * HOUR_MS - minutes * 60_000);

/** Calls as both logs have them. The gateway's own log writes their ids in capitals here. */
function calls(at: Date, number = 1, server = 'github'): { readonly rows: Row[]; readonly seen: Row[] } {
  const rows = Array.from({ length: number }, () =>
    auditRow({ at, oid: 'a1b2c3d4-0001-4000-8000-000000000001', server, tool: 'get_issue', resource: 'PRICE-1' }),
  );
  logs.rows.push(...rows);
  const seen = rows.map(({ apim_request_id_s: id }) => gatewayRow({ at, id: String(id).toUpperCase(), server }));
  logs.gatewayRows.push(...seen);
  return { rows, seen };
}
const take = (from: Row[], which: readonly Row[]): void => {
  for (const row of which) from.splice(from.indexOf(row), 1);
};

let busyDay: ReturnType<typeof calls>;
beforeEach(async () => {
  logs.rows.length = 0;
  logs.gatewayRows.length = 0;
  logs.answers = 'complete';
  // Five hundred in the thirty days, one at least on each of them, and some before.
  const others = Array.from({ length: 40 }, (_, day) => daysAgo(day)).toSpliced(3, 1);
  busyDay = calls(daysAgo(3), 500 - others.filter((at) => at.getTime() > Date.now() - 30 * DAY_MS).length);
  for (const at of others) calls(at);
  for (const { workspaceId, name } of arm.tables.all()) {
    arm.tables.patch(`${workspaceId}/tables/${name}`, { retentionInDays: 90, plan: 'Analytics' });
  }
  arm.gatewayObjects.clear();
  for (const row of seedArm(seedContext()).gatewayObjects.all()) arm.gatewayObjects.add(row);
  arm.diagnosticSettings.clear();
  for (const row of seedArm(seedContext()).diagnosticSettings.all()) arm.diagnosticSettings.add(row);
  arm.gatewayPageSize = 100;
  for (const kind of ['rejected', 'not-uploaded'] as const) {
    for (const name of await listDeadLetters(kind, 10)) await removeDeadLetters(name);
  }
});

const outcome = async (settings = {}): Promise<string> => told(await checked(app, callsLogged, settings));
const sampled = (percentage: number, path = 'diagnostics/azuremonitor'): void => {
  addToGateway(arm, path, { sampling: { samplingType: 'fixed', percentage }, verbosity: 'information' });
};
/** An API whose policy forwards to a server, whatever the API itself is called. */
const forwarding = (name: string): void => {
  gateway.put(`apis/${name}`, { displayName: name, path: name });
  gateway.setPolicy(`apis/${name}`, policy(`<base />${tokenCheck()}<set-backend-service backend-id="mcp-crm" />`));
};
const table = (name: string) => `${WORKSPACE_ID}/tables/${name}`;
const deadLetter = (kind: 'rejected' | 'not-uploaded', enqueuedAt: Date): Promise<unknown> =>
  keepDeadLetters({
    schemaVersion: 1,
    kind,
    partition: '0',
    events: [
      { reason: 'no JSON', sha256: 'a'.repeat(64), bytes: 3, sequenceNumber: 1, enqueuedAt: enqueuedAt.toISOString() },
    ],
  } as Parameters<typeof keepDeadLetters>[0]);
/** A working day well within the window, by the firm's clock. */
function workingDay(): number {
  for (let day = 5; ; day += 1) {
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Paris' }).format(daysAgo(day));
    if (!['Sat', 'Sun'].includes(weekday)) return day;
  }
}

/** Takes what was called at some times out of both logs. */
function forget(isMeant: (at: Date) => boolean): void {
  const meant = (at: unknown): boolean => at instanceof Date && isMeant(at);
  take(
    logs.rows,
    logs.rows.filter((row) => meant(row.timestamp_t)),
  );
  take(
    logs.gatewayRows,
    logs.gatewayRows.filter((row) => meant(row.TimeGenerated)),
  );
}
/** There was no log before. */
const beginAt = (start: Date): void => forget((at) => at < start);

const SITUATIONS: readonly (readonly [situation: string, make: () => unknown, said: string])[] = [
  ['all match', () => {}, 'pass'],
  [
    'one of five hundred missing',
    () => take(logs.rows, busyDay.rows.slice(0, 1)),
    'fail: calls-missing MCPAuditLog_CL',
  ],
  ['a row twice', () => logs.rows.push(...busyDay.rows.slice(0, 1)), 'pass'],
  ['a call told twice', () => logs.gatewayRows.push(...busyDay.seen.slice(0, 1)), 'pass'],
  ['half of the calls sampled', () => sampled(50), 'unknown: partial'],
  [
    'one API sampled, on the second page',
    () => {
      arm.gatewayPageSize = 2;
      for (const name of ['mcp-a', 'mcp-b', 'mcp-c']) addToGateway(arm, `apis/${name}`, { path: name });
      sampled(50, 'apis/mcp-c/diagnostics/azuremonitor');
    },
    'unknown: partial',
  ],
  [
    'an API that writes errors alone',
    () =>
      addToGateway(arm, 'apis/files/diagnostics/azuremonitor', { sampling: { percentage: 100 }, verbosity: 'error' }),
    'unknown: partial',
  ],
  ['a diagnostic of Application Insights that samples', () => sampled(5, 'diagnostics/applicationinsights'), 'pass'],
  [
    'no diagnostic',
    () => arm.gatewayObjects.delete(`${SERVICE_ID}/diagnostics/azuremonitor`),
    'unknown: not-configured',
  ],
  ['logs that go nowhere', () => arm.diagnosticSettings.clear(), 'unknown: not-configured'],
  ['no gateway log', () => logs.gatewayRows.splice(0), 'unknown: unreadable'],
  [
    'a policy that does not say which are tool calls',
    () => logs.gatewayRows.splice(0, Infinity, ...logs.gatewayRows.map((row) => ({ ...row, TraceRecords: null }))),
    'unknown: no-data',
  ],
  [
    'one API whose policy does not say so',
    () => {
      const { seen } = calls(daysAgo(4), 5, 'jira');
      take(logs.gatewayRows, seen);
      logs.gatewayRows.push(...seen.map((row) => ({ ...row, TraceRecords: null })));
    },
    'unknown: no-data',
  ],
  [
    'an API without any policy, whose calls leave no row',
    () => logs.gatewayRows.push(gatewayRow({ at: daysAgo(4), id: 'X-1', server: 'handmade', told: false })),
    'unknown: no-data',
  ],
  [
    'what was refused unread, and what is no MCP server',
    () => {
      const { rows, seen } = calls(daysAgo(4), 50);
      take(logs.rows, rows);
      logs.rows.push(...rows.map((row) => ({ ...row, tool_name_s: '[unread]', response_status_d: 401 })));
      take(logs.gatewayRows, seen);
      logs.gatewayRows.push(...seen.map((row) => ({ ...row, TraceRecords: null, ResponseCode: 401 })));
      logs.gatewayRows.push({ ...gatewayRow({ at: daysAgo(4), id: 'X-2', server: 'x' }), ApiId: 'files' });
    },
    'pass',
  ],
  ['rows that no request made', () => take(logs.gatewayRows, busyDay.seen.slice(0, 5)), 'unknown: partial'],
  ['a log that began ten days ago', () => beginAt(daysAgo(10)), 'unknown: no-data'],
  [
    'a log that began late on a working day, when it was the next day by the firm’s clock',
    () => {
      const at = new Date(`${daysAgo(workingDay()).toISOString().slice(0, 10)}T23:10:00Z`);
      beginAt(at);
      calls(at);
    },
    'unknown: no-data',
  ],
  [
    'a log that keeps thirty days',
    () => arm.tables.patch(table('MCPAuditLog_CL'), { retentionInDays: 30 }),
    'fail: retention-short MCPAuditLog_CL',
  ],
  [
    'a gateway log with the plan Basic',
    () => arm.tables.patch(table('ApiManagementGatewayLogs'), { plan: 'Basic' }),
    'unknown: partial',
  ],
  [
    'a table of which no plan is told',
    () => arm.tables.patch(table('MCPAuditLog_CL'), { plan: undefined }),
    'unknown: partial',
  ],
  ['a call that could not be read', () => deadLetter('rejected', daysAgo(2)), 'fail: dead-letters rejected'],
  ['a row that could not be uploaded', () => deadLetter('not-uploaded', daysAgo(2)), 'fail: dead-letters not-uploaded'],
  ['an API that leads to a server by its policy, and is named otherwise', () => forwarding('crm'), 'unknown: partial'],
  [
    'an API that says that it is a server’s, and is named otherwise',
    () => addToGateway(arm, 'apis/crm', { displayName: 'MCP server crm', path: 'crm', serviceUrl: 'http://10.1.1.1' }),
    'unknown: partial',
  ],
  ['an API of a server as it has to be named', () => forwarding('MCP-Crm'), 'pass'],
  [
    'an API of the type MCP, however it is named',
    () => addToGateway(arm, 'apis/mcp-crm', { displayName: 'CRM', path: 'crm', type: 'mcp' }),
    'unknown: partial',
  ],
  [
    'an API named otherwise, on the second page',
    () => {
      arm.gatewayPageSize = 2;
      for (const name of ['mcp-a', 'mcp-b', 'crm']) forwarding(name);
    },
    'unknown: partial',
  ],
  [
    'the canary’s API, which answers by itself',
    () => {
      addToGateway(arm, 'apis/canary', { displayName: 'Canary', path: 'mcp/canary' });
      gateway.setPolicy('apis/canary', policy('<return-response><set-status code="200" /></return-response>'));
    },
    'pass',
  ],
  ['a workspace, whose APIs nobody reads', () => addToGateway(arm, 'workspaces/pay', {}), 'unknown: partial'],
  ['a dead letter from before', () => deadLetter('rejected', daysAgo(40)), 'pass'],
];
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    await make();
    assert.equal(await outcome(), said);
  });
}

test('a day on which one of fifty is missing fails, although all together are enough', async () => {
  calls(daysAgo(8), 2_000);
  const { rows } = calls(daysAgo(4, 5), 48);
  take(logs.rows, rows.slice(0, 1));
  assert.equal(await outcome(), `fail: day-incomplete ${daysAgo(4).toISOString().slice(0, 10)}`);
});

test('a working day on which nobody called fails, less gravely: it may be a holiday', async () => {
  const at = daysAgo(workingDay());
  forget((each) => each.getTime() === at.getTime());
  const assessed = await checked(app, callsLogged);
  assert.equal(told(assessed), `fail: day-empty ${at.toISOString().slice(0, 10)}`);
  assert.deepEqual([assessed.severity, assessed.failures[0]?.severity], ['critical', 'medium']);
});

test('what is shown: the share, never rounded up, of each day, and the ids that are missing', async () => {
  take(logs.rows, busyDay.rows.slice(0, 1));
  const { shows, failures } = await checked(app, callsLogged);
  const id = String(busyDay.rows[0]?.apim_request_id_s);
  assert.deepEqual([shows.calls, shows.logged, shows.percent, shows.missing], [500, 499, 99.8, [id]]);
  const calledThen = busyDay.rows.length;
  const share = Math.floor(((calledThen - 1) / calledThen) * 100_000) / 1_000;
  const told = `${daysAgo(3).toISOString().slice(0, 10)} ${calledThen - 1}/${calledThen} ${share} %`;
  assert.ok((shows.by_day as string[]).includes(told));
  assert.equal(failures[0]?.says, 'Of 500 tool calls, 1 have no row.');
});

test('no gateway is named: nobody can say', async () => {
  assert.equal(await outcome({ GATEWAY_APIM_ID: undefined }), 'unknown: not-configured');
});

for (const id of new Set([...reading.permissions, ...gatewayApis.permissions])) {
  const permission = id
    .split('/')
    .slice(id.startsWith('assessor/logs/') ? 2 : 3)
    .join('/');
  test(`without ${permission} nobody can say`, async () => {
    const held = id.startsWith('assessor/logs/') ? app.assessor.logs : app.assessor.azure;
    const name = held.has(permission) ? permission : logs.workspaceId;
    held.delete(name);
    try {
      assert.equal(await outcome(), `unknown: denied ${permission}`);
    } finally {
      held.add(name);
    }
  });
}

test('throttled to the end: nobody can say', async () => {
  const effect = { kind: 'answer', status: 429, body: '{"error":{"code":"ThrottledError"}}' } as const;
  const lift = app.tenant.faults.add({ vendor: 'logs', effect });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('an answer that is cut after a day that is not whole fails', async () => {
  take(logs.rows, busyDay.rows.slice(0, 100));
  logs.answers = 'partial';
  assert.match(await outcome(), /^fail: .*day-incomplete/);
});

test('an answer that is cut passes nothing', async () => {
  logs.answers = 'partial';
  assert.match(await outcome(), /^unknown: .*partial/);
});
