import type { KeptValues } from '../../../src/posture/alerts/rule-limits.ts';
import type { ActionGroup, Alert, AlertFacts, AlertRule, Hit } from '../../../src/posture/readings/calls/alerts.ts';

export const AT = '2026-11-23T10:00:00.000Z';
export const inHours = (hours: number): string => new Date(Date.parse(AT) + hours * 3_600_000).toISOString();
export const WORKSPACE = '/subscriptions/s/resourcegroups/logs/providers/microsoft.operationalinsights/workspaces/w';
export const RELEASED: KeptValues = {
  ...{ lookback: 3_600_000, maximumRefusals: 5, maximumOverServers: 10, maximumOverCallers: 30, privilegedWeight: 2 },
  ...{
    privilegedScopes: ['mcp.tools.admin', 'mcp.tools.secrets'],
    categories: ['ordinary', 'privileged'],
    expected: 1,
  },
};
export const hit = (more: Partial<Hit> = {}): Hit => ({
  ...{ caller: 'Alex', server: 'files', when: inHours(-5), first: inHours(-5), due: inHours(-4), ...more },
});
export const alert = (more: Partial<Alert> = {}): Alert => ({
  ...{ id: '/alerts/a', startedAt: inHours(-4.5), suppressed: false },
  ...{ dimensions: { caller: 'alex', server: 'FILES', since: inHours(-5) }, ...more },
});
export const rule = (more: Partial<AlertRule> = {}): AlertRule => ({
  ...{ id: '/rules/one', name: 'one', enabled: true, onWorkspace: true, severity: 2, hash: 'h', otherText: false },
  ...{ detection: 'repeated-403', values: RELEASED as AlertRule['values'], splitsBy: ['caller', 'server', 'since'] },
  ...{ narrowed: [], muted: false, groups: ['/groups/g'], hits: [], alerts: { complete: true, list: [] }, ...more },
});
export const group = (more: Partial<ActionGroup> = {}): ActionGroup => ({
  ...{ id: '/Groups/G', name: 'g', enabled: true, receivers: 1, unsure: 0, ...more },
});
export const facts = (more: Partial<AlertFacts> = {}): AlertFacts => ({
  ...{ workspace: WORKSPACE, timeZone: 'Europe/Paris', rules: { complete: true, list: [rule()] } },
  ...{ groups: { complete: true, list: [group()] }, processing: { complete: true, list: [] }, ...more },
});
