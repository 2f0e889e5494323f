import { after, beforeEach } from 'node:test';
import {
  actionGroup,
  criterionOf,
  type ReleasedRule,
  releasedRule,
  ruleQuery,
} from '../../../../local/tenant/arm/seeds/released-rules.ts';
import { makeArm, seedArm } from '../../../../local/tenant/arm/vendor.ts';
import { auditRow, emptyLogs, type ToolCall } from '../../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import type { CheckDefinition } from '../../../../src/posture/check.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';
import { checked, told } from '../checked.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const { platform } = WORLD.subscriptions;
export const PROVIDERS = `/subscriptions/${platform}/resourceGroups/rg-mcp-audit-prod/providers`;
export const CALLER = 'a1b2c3d4-0001-4000-8000-000000000001';

/** A detection, and how a test makes somebody do what it reports. */
export interface Detected {
  // biome-ignore lint/suspicious/noExplicitAny: a check of any reasons.
  readonly check: CheckDefinition<any, any>;
  readonly rule: ReleasedRule;
  /** What the check calls it where there is no rule. */
  readonly missing: string;
  /** Rules that the check wants besides. */
  readonly besides?: readonly ReleasedRule[];
  /** A value in front of the rule's text that lets more pass, and one that lets less. */
  readonly weaker: Readonly<Record<string, string>>;
  readonly stricter: Readonly<Record<string, string>>;
  readonly splitsBy: readonly string[];
  /** Calls that are reported, near an instant, and the columns of the report. */
  readonly plant: (at: Date) => {
    readonly calls: readonly Omit<ToolCall, 'oid'>[];
    readonly columns: Readonly<Record<string, string>>;
  };
  /** Once for all detections, which have one judge: further forms of the same reasons. */
  readonly variants?: true;
}

/** What a test does to the rule of a detection, its alerts and the log; each begins with all as it was released. */
export type MadeRule = Awaited<ReturnType<typeof makeRule>>;

/** Starts an app whose vendors have the released rule of a detection, and says how a test changes it. */
export async function makeRule({ check, rule, besides = [], splitsBy, plant }: Detected) {
  const [arm, logs] = [seedArm(seedContext()), emptyLogs()];
  const app = await startApp({ vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)] });
  after(() => app.stop());
  const { name } = releasedRule(rule);
  const tellsNobody = [rule, ...besides].map((each) => `no-receiver ${releasedRule(each).name}`).sort();
  const outcome = async (): Promise<string> => told(await checked(app, check));

  beforeEach(() => {
    for (const each of [arm.monitoring, arm.alerts]) each.clear();
    for (const each of [rule, ...besides]) arm.monitoring.add(releasedRule(each));
    arm.monitoring.add(actionGroup());
    logs.rows.length = 0;
    arm.resourcePageSize = 100;
    arm.alertPageSize = 250;
    app.tenant.faults.clear();
  });

  const change = (properties: Readonly<Record<string, unknown>>): unknown =>
    arm.monitoring.add(releasedRule(rule, properties));
  const query = (text: string): unknown => change({ criteria: { allOf: [criterionOf(text, splitsBy)] } });
  const criterion = (changes: Readonly<Record<string, unknown>>): unknown =>
    change({ criteria: { allOf: [{ ...criterionOf(ruleQuery(rule), splitsBy), ...changes }] } });
  const group = (properties: Readonly<Record<string, unknown>>): unknown => arm.monitoring.add(actionGroup(properties));
  const processing = (properties: Readonly<Record<string, unknown>> = {}, id = 'nightly'): unknown =>
    arm.monitoring.add({
      id: `${PROVIDERS}/Microsoft.AlertsManagement/actionRules/${id}`,
      subscriptionId: platform,
      name: id,
      properties: {
        scopes: [`/subscriptions/${platform.toUpperCase()}`],
        enabled: true,
        actions: [{ actionType: 'RemoveAllActionGroups' }],
        schedule: {
          effectiveFrom: '2026-01-01T00:00:00',
          timeZone: 'W. Europe Standard Time',
          recurrences: [{ recurrenceType: 'Daily', startTime: '20:00:00', endTime: '07:00:00' }],
        },
        ...properties,
      },
    });
  const condition = (field: string, operator: string, ...values: readonly string[]): unknown =>
    processing({ conditions: [{ field, operator, values }] });

  /** At four in the night (UTC), so many days ago: out of everybody's hours. */
  const daysAgo = (days: number): Date => new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS + 2 * HOUR_MS);
  const hit = (at = daysAgo(5)): Readonly<Record<string, string>> => {
    const { calls, columns } = plant(at);
    logs.rows.push(...calls.map((call) => auditRow({ ...call, oid: CALLER.toUpperCase() })));
    return { caller: CALLER, upn: 'ana@northwind-capital.example', ...columns };
  };
  const alert = (
    dimensions: Readonly<Record<string, string>>,
    { id = 'a', suppressed = false as boolean | 'untold', at = daysAgo(5) } = {},
  ): unknown =>
    arm.alerts.add({
      id,
      ruleId: releasedRule(rule).id.toUpperCase(),
      startedAt: new Date(at.getTime() + HOUR_MS / 4),
      ...(suppressed === 'untold' ? {} : { suppressed }),
      dimensions,
    });
  const hitName = (): string => {
    const { columns } = plant(daysAgo(5));
    return [CALLER, columns.server, columns.hour ?? columns.night ?? columns.since].filter(Boolean).join(' ');
  };

  function throttled(path: RegExp): void {
    const headers = { 'content-type': 'application/json' };
    const body = '{"error":{"code":"TooManyRequests"}}';
    app.tenant.faults.add({ vendor: 'arm', path, effect: { kind: 'answer', status: 429, headers, body } });
  }

  return {
    app,
    arm,
    logs,
    name,
    tellsNobody,
    outcome,
    change,
    query,
    criterion,
    group,
    processing,
    condition,
    daysAgo,
    hit,
    alert,
    hitName,
    throttled,
  };
}
