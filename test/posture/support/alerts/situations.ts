import { CANARY_RULE } from '../../../../local/tenant/arm/alerts/canary-rule.ts';
import {
  ACTION_GROUP_ID,
  releasedRule,
  ruleQuery,
  WORKSPACE_ID,
} from '../../../../local/tenant/arm/seeds/released-rules.ts';
import { type Detected, type MadeRule, PROVIDERS, platform } from './make-rule.ts';

/** A name, what is done, and what the check says then. */
type Situation = readonly [situation: string, make: () => unknown, said: string];

/** Of every detection. */
export function situationsOf(
  { rule, missing, weaker, stricter, splitsBy }: Detected,
  { arm, name, tellsNobody, change, query, criterion, group, processing, daysAgo, hit, alert, hitName }: MadeRule,
): readonly Situation[] {
  return [
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
}

/** Further forms of the same reasons, of one detection for all. */
export function variantsOf(
  { rule, missing }: Detected,
  { arm, name, change, criterion, group, processing, condition }: MadeRule,
): readonly Situation[] {
  return [
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
}
