import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { CANARY_RULE } from '../../../local/tenant/arm/alerts/canary-rule.ts';
import {
  ACTION_GROUP_ID,
  actionGroup,
  criterionOf,
  type ReleasedRule,
  releasedRule,
  ruleQuery,
  WORKSPACE_ID,
} from '../../../local/tenant/arm/seeds/released-rules.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { auditRow, emptyLogs, type ToolCall } from '../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../local/tenant/logs/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CheckDefinition } from '../../../src/posture/check.ts';
import { alerts as reading } from '../../../src/posture/readings/calls/alerts.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from './checked.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const { platform } = WORLD.subscriptions;
const PROVIDERS = `/subscriptions/${platform}/resourceGroups/rg-mcp-audit-prod/providers`;
const CALLER = 'a1b2c3d4-0001-4000-8000-000000000001';

/** A detection, and how a test makes somebody do what it reports. */
interface Detected {
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

/** Everything that may be wrong with the rule of one detection: each is a test. */
export async function alertSituations(detected: Detected): Promise<void> {
  const { check, rule, missing, besides = [], weaker, stricter, splitsBy, plant, variants } = detected;
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

  const SITUATIONS: readonly (readonly [situation: string, make: () => unknown, said: string])[] = [
    ['the released rule', () => {}, 'pass'],
    [
      'renamed, equal',
      () => {
        arm.monitoring.delete(releasedRule(rule).id);
        const { properties, ...other } = releasedRule(rule);
        arm.monitoring.add({
          ...other,
          id: `${PROVIDERS}/Microsoft.Insights/scheduledQueryRules/ours`,
          name: 'ours',
          properties,
        });
      },
      'pass',
    ],
    [
      'ids in another case, and lines that end as on Windows',
      () => {
        query(ruleQuery(rule).replaceAll('\n', '\r\n'));
        const { properties } = arm.monitoring.get(releasedRule(rule).id) ?? {};
        Object.assign(properties ?? {}, {
          scopes: [WORKSPACE_ID.toUpperCase()],
          actions: { actionGroups: [ACTION_GROUP_ID.toLowerCase()] },
        });
      },
      'pass',
    ],
    ['another text', () => query(ruleQuery(rule).replace('tolower(', 'toupper(')), 'unknown: unreadable'],
    [
      'a table of its own in the log’s place',
      () => query(`let MCPAuditLog_CL = datatable(a: int)[];\n${ruleQuery(rule)}`),
      'unknown: unreadable',
    ],
    ['no rule', () => arm.monitoring.delete(releasedRule(rule).id), `fail: rule-missing ${missing}`],
    ['switched off', () => change({ enabled: false }), `fail: rule-disabled ${name}`],
    [
      'switched off, beside one that is on',
      () => {
        arm.monitoring.add({
          ...releasedRule(rule, { enabled: false }),
          id: `${PROVIDERS}/Microsoft.Insights/scheduledQueryRules/aaa`,
          name: 'aaa',
        });
      },
      'pass',
    ],
    ['on another workspace', () => change({ scopes: [`${WORKSPACE_ID}-2`] }), `fail: rule-elsewhere ${name}`],
    ['a weaker limit', () => query(ruleQuery(rule, weaker)), `fail: limits-weaker ${name}`],
    ['a stricter limit', () => query(ruleQuery(rule, stricter)), 'pass'],
    [
      'one caller alone',
      () => criterion({ dimensions: splitsBy.map((each) => ({ name: each, operator: 'Include', values: ['x'] })) }),
      `fail: rule-narrowed ${name}`,
    ],
    ['alerts that are not told apart', () => criterion({ dimensions: [] }), `fail: told-together ${name}`],
    ['muted', () => change({ muteActionsDuration: 'PT12H' }), `fail: rule-muted ${name}`],
    ['no receiver', () => group({ emailReceivers: [] }), `fail: ${tellsNobody.join(', ')}`],
    ['nightly processing rule', () => processing(), 'fail: actions-removed nightly'],
    ['a hit with its alert', () => alert(hit()), 'pass'],
    ['a hit without alert', () => hit(), `fail: hit-without-alert ${hitName()}`],
    [
      'a hit whose alert was kept from everybody',
      () => alert(hit(), { suppressed: true }),
      `fail: alert-suppressed ${hitName()}`,
    ],
    [
      'a hit with an alert for somebody else',
      () => alert({ ...hit(), caller: 'somebody' }),
      `fail: hit-without-alert ${hitName()}`,
    ],
    ['a hit with an alert that says nothing', () => [hit(), alert({})], 'unknown: unreadable'],
    [
      'a hit, and nobody says whether its alert was kept',
      () => alert(hit(), { suppressed: 'untold' }),
      'unknown: unreadable',
    ],
    [
      'a hit before the rule was changed',
      () => {
        hit();
        arm.monitoring.add({ ...releasedRule(rule), systemData: { lastModifiedAt: daysAgo(2).toISOString() } });
      },
      'unknown: no-data',
    ],
    ['a hit two months ago', () => hit(daysAgo(60)), 'pass'],
  ];
  const VARIANTS: typeof SITUATIONS = [
    ['beside the rule of the canary, which tells nobody', () => arm.monitoring.add(CANARY_RULE), 'pass'],
    [
      'the rule of the canary alone',
      () => {
        arm.monitoring.delete(releasedRule(rule).id);
        arm.monitoring.add(CANARY_RULE);
      },
      `fail: rule-missing ${missing}`,
    ],
    ['more than five rows', () => criterion({ threshold: 5 }), `fail: rule-narrowed ${name}`],
    [
      'two runs of three',
      () => criterion({ failingPeriods: { numberOfEvaluationPeriods: 3, minFailingPeriodsToAlert: 2 } }),
      `fail: rule-narrowed ${name}`,
    ],
    ['an hour of the log', () => change({ windowSize: 'PT1H' }), `fail: rule-narrowed ${name}`],
    [
      'an hour of the log, by another word',
      () => change({ overrideQueryTimeRange: 'PT1H' }),
      `fail: rule-narrowed ${name}`,
    ],
    ['once in two days', () => change({ evaluationFrequency: 'P2D' }), `fail: rule-narrowed ${name}`],
    [
      'a receiver who unsubscribed',
      () => group({ emailReceivers: [{ name: 'soc', status: 'Disabled' }] }),
      `fail: no-receiver ${name}`,
    ],
    ['a group that is off', () => group({ enabled: false }), `fail: no-receiver ${name}`],
    ['no group', () => change({ actions: { actionGroups: [] } }), `fail: no-receiver ${name}`],
    [
      'a receiver of which nothing is said',
      () => group({ emailReceivers: [{ name: 'soc', status: 'NotSpecified' }] }),
      'unknown: unreadable',
    ],
    [
      'a webhook',
      () => group({ emailReceivers: [], webhookReceivers: [{ name: 'siem', serviceUri: 'https://siem.example' }] }),
      'pass',
    ],
    [
      'a group of another subscription',
      () => change({ actions: { actionGroups: [ACTION_GROUP_ID.replace(platform, 'x')] } }),
      'unknown: unreadable',
    ],
    ['a processing rule that is off', () => processing({ enabled: false }), 'pass'],
    ['a processing rule that adds groups', () => processing({ actions: [{ actionType: 'AddActionGroups' }] }), 'pass'],
    [
      'a processing rule that is over',
      () => processing({ schedule: { effectiveUntil: '2026-01-02T00:00:00' } }),
      'pass',
    ],
    ['a processing rule for another place', () => processing({ scopes: [`${PROVIDERS}/x`] }), 'pass'],
    ['a processing rule for another severity', () => condition('Severity', 'Equals', 'Sev4'), 'pass'],
    [
      'a processing rule for all severities but one',
      () => condition('Severity', 'NotEquals', 'Sev4'),
      'fail: actions-removed nightly',
    ],
    [
      'a processing rule for this rule',
      () => condition('AlertRuleId', 'Contains', name.toUpperCase()),
      'fail: actions-removed nightly',
    ],
    ['a processing rule that leaves this rule out', () => condition('AlertRuleId', 'DoesNotContain', name), 'pass'],
    [
      'a processing rule for what nobody knows yet',
      () => condition('AlertContext', 'Contains', 'x'),
      'unknown: unreadable',
    ],
  ];
  for (const [situation, make, said] of variants === true ? [...SITUATIONS, ...VARIANTS] : SITUATIONS) {
    // The name of a hit has its day in it.
    test(`${situation}: ${said.replace(CALLER, 'the caller').replace(/ \d{4}-.*$/, '')}`, async () => {
      await make();
      assert.equal(await outcome(), said);
    });
  }

  test('its alert is on the second page, and hits that are told are counted', async () => {
    arm.alertPageSize = 1;
    alert({ caller: 'somebody' }, { id: 'a' });
    alert(hit(), { id: 'b' });
    const { status, shows } = await checked(app, check);
    assert.deepEqual(
      [status, shows.hits, (shows.alerts as string[]).map((id) => id.split('/').at(-1))],
      ['pass', 1, ['b']],
    );
  });

  test('without a hit it says that nobody tried, and no name of a person is shown or filed', async () => {
    assert.equal((await checked(app, check)).shows.tried, 'not tried: see canary');
    hit();
    assert.doesNotMatch(JSON.stringify(await checked(app, check)), /ana@|soc@/);
  });

  test('the only offender is on the second page', async () => {
    arm.resourcePageSize = 1;
    processing({ enabled: false }, 'off');
    processing();
    assert.equal(await outcome(), 'fail: actions-removed nightly');
  });

  test('a list that is cut after an offender fails', async () => {
    arm.resourcePageSize = 1;
    processing();
    processing({}, 'second');
    throttled(/actionRules.*skipToken/i);
    assert.equal(await outcome(), 'fail: actions-removed nightly');
  });

  test('a list that is cut before the rule says nothing of it', async () => {
    arm.monitoring.delete(releasedRule(rule).id);
    for (const other of ['a', 'b']) {
      const id = `${PROVIDERS}/microsoft.insights/scheduledqueryrules/${other}`;
      arm.monitoring.add({ id, subscriptionId: platform, name: other, properties: { enabled: true } });
    }
    arm.resourcePageSize = 1;
    throttled(/scheduledQueryRules.*skipToken/i);
    assert.equal(await outcome(), 'unknown: throttled');
  });

  for (const [what, path] of [
    ['alerts', /AlertsManagement\/alerts/i],
    ['action groups', /actionGroups/i],
  ] as const) {
    test(`${what}, throttled to the end: nobody can say`, async () => {
      throttled(path);
      assert.equal(await outcome(), 'unknown: throttled');
    });
  }

  test('what the rule finds, throttled to the end: nobody can say', async () => {
    const effect = { kind: 'answer', status: 429, body: '{"error":{"code":"ThrottledError"}}' } as const;
    app.tenant.faults.add({ vendor: 'logs', effect });
    assert.equal(await outcome(), 'unknown: throttled');
  });

  for (const id of reading.permissions) {
    const ofLogs = id.startsWith('assessor/logs/');
    const permission = id
      .split('/')
      .slice(ofLogs ? 2 : 3)
      .join('/');
    test(`without ${permission} nobody can say`, async () => {
      const held = ofLogs ? app.assessor.logs : app.assessor.azure;
      const kept = ofLogs ? logs.workspaceId : held.has(permission) ? permission : `${permission}@subscriptions`;
      held.delete(kept);
      try {
        assert.equal(await outcome(), `unknown: denied ${permission}`);
      } finally {
        held.add(kept);
      }
    });
  }

  function throttled(path: RegExp): void {
    const headers = { 'content-type': 'application/json' };
    const body = '{"error":{"code":"TooManyRequests"}}';
    app.tenant.faults.add({ vendor: 'arm', path, effect: { kind: 'answer', status: 429, headers, body } });
  }
}
