import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MetricDefinition, measure } from '../../../src/posture/metric.ts';
import { callsLogged } from '../../../src/posture/metrics/calls-logged.ts';
import type { Gap } from '../../../src/posture/reading.ts';
import type { CallsLoggedFacts } from '../../../src/posture/readings/calls/calls-logged.ts';
import type { GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { NO_SETTINGS } from '../support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';
const LOG: NonNullable<CallsLoggedFacts['log']> = {
  days: [{ day: '2026-11-20', calls: 600_000, logged: 600_000 }],
  ...{ missing: [], rows: 1_000, unseen: 1, untold: 0, apis: [] },
};
const FACTS: CallsLoggedFacts = {
  workspace: '/w',
  gateway: '/g',
  from: '2026-10-24T04:10:00.000Z',
  to: '2026-11-23T01:10:00.000Z',
  tables: [{ name: 'MCPAuditLog_CL', retentionDays: 90, plan: 'Analytics' }],
  gatewayLog: { diagnostics: [{ id: '/service/g/diagnostics/azuremonitor', percentage: 100 }], workspaces: ['/w'] },
};
const BY_HAND: GatewayApi = {
  ...{ id: '/service/g/apis/crm', name: 'crm', label: 'CRM', path: 'crm', type: 'mcp', previewOnly: true },
  ...{ revision: '1', isCurrent: true, targets: [], flows: [] },
};
function told(
  log: Partial<typeof LOG> | undefined,
  more: Partial<CallsLoggedFacts> = {},
  gaps: readonly Gap[] = [],
  apis: readonly GatewayApi[] = [],
) {
  const facts = { ...FACTS, ...(log === undefined ? {} : { log: { ...LOG, ...log } }), ...more };
  const gateway = { source: 'gateway/apis', at: AT, gaps: [], facts: { apis, backends: [] } };
  const reads = { calls: { source: 'logs/calls-logged', at: AT, gaps, facts }, gateway };
  const { state, value, arithmetic } = measure(callsLogged as unknown as MetricDefinition, reads, {
    at: AT,
    settings: NO_SETTINGS,
  });
  return [state, value, arithmetic];
}
test('what the share is made of is told, and of a log that nobody could ask nothing', () => {
  const terms = (calls: CallsLoggedFacts) =>
    callsLogged.reckon({ calls, gateway: { apis: [], backends: [] } }, { at: AT, settings: NO_SETTINGS }).terms;
  assert.deepEqual(terms({ ...FACTS, log: LOG }), {
    ...{ calls: 600_000, logged: 600_000, days: 1, rows: 1_000, rows_without_call: 1 },
  });
  assert.deepEqual(terms(FACTS), { calls: 0, logged: 0, days: 0, rows: 0, rows_without_call: 0 });
});

const lacking = { days: [...LOG.days, { day: '2026-11-21', calls: 400_000, logged: 399_999 }] };

test('the share of all days, which is never rounded up', () => {
  assert.deepEqual(told({}), ['exact', 1, '600000 of 600000 tool calls in thirty days: 100 %']);
  assert.deepEqual(told(lacking), ['exact', 0.999999, '999999 of 1000000 tool calls in thirty days: 99.999 %']);
});

test('what lets the comparison doubt leaves no share', () => {
  const strange = told({ unseen: 2 });
  assert.deepEqual(strange.slice(0, 2), ['unknown', undefined], 'rows that no call explains');
  const sampled = { diagnostics: [{ id: '/service/g/diagnostics/azuremonitor', percentage: 50 }], workspaces: ['/w'] };
  const basic = [{ name: 'ApiManagementGatewayLogs', retentionDays: 90, plan: 'Basic' }];
  for (const [what, answer] of [
    ['a sampled log', told({}, { gatewayLog: sampled })],
    ['a plan that hides rows', told({}, { tables: basic })],
    ['no calls', told({ days: [] })],
    ['an API whose calls are not compared', told({}, {}, [], [BY_HAND])],
    ['a log that nobody could ask', told(undefined, {}, [{ reason: 'denied', source: 'x', detail: 'y' }])],
  ] as const) {
    assert.deepEqual(answer.slice(0, 2), ['unknown', undefined], what);
  }
});
