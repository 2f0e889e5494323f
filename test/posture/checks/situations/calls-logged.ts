import { addToGateway, SERVICE_ID } from '../../../../local/tenant/arm/seeds/case-study-platform.ts';
import { WORKSPACE_ID } from '../../../../local/tenant/arm/seeds/released-rules.ts';
import { gatewayRow } from '../../../../local/tenant/logs/state.ts';
import { gatewayOf, policy, tokenCheck } from '../../support/gateway.ts';
import { arm, busyDay, calls, daysAgo, forget, keepDeadLetters, logs, take, workingDay } from './calls-logged-world.ts';

const gateway = gatewayOf(arm);

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

/** There was no log before. */
const beginAt = (start: Date): void => forget((at) => at < start);

export const SITUATIONS: readonly (readonly [situation: string, make: () => unknown, said: string])[] = [
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
