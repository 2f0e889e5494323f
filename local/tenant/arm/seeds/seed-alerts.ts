import { daysUntil } from '../../logs/seed-calls.ts';
import { runnersCalls } from '../../logs/seed-runner.ts';
import { WORLD } from '../../seeds/world.ts';
import type { ArmState } from '../state.ts';
import { addToGateway, SERVICE_ID } from './case-study-platform.ts';
import { actionGroup, RELEASED_RULES, releasedRule, WORKSPACE_ID } from './released-rules.ts';

const { audit, leaver, subscriptions } = WORLD;
const HOUR_MS = 3_600_000;
/** What one caller may do in sixty minutes. */
const MAXIMUM_CALLS = 100;

/** The alert rules over the audit log, whom they tell, and the night on which the runner was noticed. */
export function seedAlerts(state: ArmState, now: Date): void {
  for (const rule of RELEASED_RULES) state.monitoring.add(releasedRule(rule));
  state.monitoring.add(actionGroup());
  const hours = Map.groupBy(runnersCalls(daysUntil(now), now), ({ at }) => Math.floor(at.getTime() / HOUR_MS));
  for (const [hour, calls] of hours) {
    if (calls.length <= MAXIMUM_CALLS) continue;
    const at = new Date(hour * HOUR_MS);
    state.alerts.add({
      id: `4711a1e7-0000-4000-8000-${String(hour).padStart(12, '0')}`,
      ruleId: releasedRule('file-system-volume').id,
      startedAt: new Date(at.getTime() + HOUR_MS / 2),
      suppressed: false,
      dimensions: { caller: leaver.oid, upn: leaver.userPrincipalName, hour: hourText(at) },
    });
  }
}

/** `2026-11-02 01:00`, as the rules name an hour. */
export function hourText(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}

/** What the gateway writes to its own log, how long that is kept, and where it goes. */
export function seedGatewayLog(state: ArmState): void {
  for (const name of [audit.table, 'ApiManagementGatewayLogs']) {
    state.tables.add({
      workspaceId: WORKSPACE_ID,
      name,
      retentionInDays: 90,
      totalRetentionInDays: 365,
      plan: 'Analytics',
    });
  }
  addToGateway(state, 'diagnostics/azuremonitor', {
    loggerId: `${SERVICE_ID}/loggers/azuremonitor`,
    alwaysLog: 'allErrors',
    sampling: { samplingType: 'fixed', percentage: 100 },
    verbosity: 'information',
  });
  state.diagnosticSettings.add({
    id: `${SERVICE_ID}/providers/Microsoft.Insights/diagnosticSettings/gateway-logs`,
    subscriptionId: subscriptions.platform,
    name: 'gateway-logs',
    properties: {
      workspaceId: WORKSPACE_ID,
      logAnalyticsDestinationType: 'Dedicated',
      logs: [
        { category: 'GatewayLogs', enabled: true },
        { category: 'WebSocketConnectionLogs', enabled: false },
      ],
    },
  });
}
