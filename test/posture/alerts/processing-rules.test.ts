import assert from 'node:assert/strict';
import { test } from 'node:test';
import { removedBy } from '../../../src/posture/alerts/processing-rules.ts';
import type { AlertRule, ProcessingRule } from '../../../src/posture/readings/calls/alerts.ts';

const AT = '2026-11-23T10:00:00.000Z';
const RULE = {
  id: '/subscriptions/s/resourceGroups/r/rules/one',
  name: 'one',
  displayName: 'One',
  severity: 2,
} as unknown as AlertRule;
const WORKSPACE = '/subscriptions/s/resourceGroups/logs/workspaces/w';
const processing = (more: Partial<ProcessingRule> = {}): ProcessingRule =>
  ({ scopes: ['/subscriptions/s/resourcegroups/logs'], conditions: [], ...more }) as ProcessingRule;
const when = (field: string, operator: string, ...values: readonly string[]) => ({
  conditions: [{ field, operator, values: [...values] }],
});
const REMOVES: readonly (readonly [what: string, rule: Partial<ProcessingRule>, sure: string, of?: object])[] = [
  ['everything of the group', {}, 'yes'],
  ['everything of another group', { scopes: ['/subscriptions/s/resourcegroups/log'] }, 'no'],
  ['the place of the rule alone', { scopes: ['/subscriptions/s/resourcegroups/r/'] }, 'unsure'],
  ['the workspace itself', { scopes: [WORKSPACE.toLowerCase()] }, 'yes'],
  ['the group, with a slash behind it', { scopes: ['/subscriptions/s/resourcegroups/logs/'] }, 'yes'],
  ['one of two places', { scopes: ['/subscriptions/x', '/subscriptions/s'] }, 'yes'],
  ['what ends as the workspace does', { scopes: ['/workspaces/w'] }, 'no'],
  ['until yesterday at this time', { until: '2026-11-22T10:00:00' }, 'yes'],
  ['until a moment before that, by the world’s clock', { until: '2026-11-22T09:59:59Z' }, 'no'],
  ['until what is no time', { until: 'Zulu' }, 'yes'],
  ['until long ago', { until: '2026-11-20T00:00:00' }, 'no'],
  ['until yesterday, in a zone of its own', { until: '2026-11-22T11:00:00' }, 'yes'],
  ['that severity', when('Severity', 'Equals', 'sev2'), 'yes'],
  ['another severity', when('severity', 'Equals', 'Sev0'), 'no'],
  ['all but that severity', when('severity', 'NotEquals', 'Sev2'), 'no'],
  ['all but another severity', when('severity', 'NotEquals', 'Sev0'), 'yes'],
  ['a part of the target', when('TargetResource', 'Contains', 'workspaces'), 'yes'],
  ['nothing with a part of the target', when('TargetResource', 'DoesNotContain', 'workspaces'), 'no'],
  ['one of its names and not the other', when('AlertRuleName', 'Equals', 'x', 'One'), 'yes'],
  [
    'a part that one of its two names has',
    when('AlertRuleName', 'Contains', 'shown'),
    'unsure',
    { displayName: 'Shown' },
  ],
  [
    'all but what one of its two names has',
    when('AlertRuleName', 'DoesNotContain', 'shown'),
    'unsure',
    { displayName: 'Shown' },
  ],
  ['one of two severities', when('severity', 'Equals', 'Sev0', 'Sev2'), 'yes'],
  ['a part of a severity', when('severity', 'Equals', 'sev'), 'no'],
  ['no value at all', when('severity', 'Equals'), 'unsure'],
  ['a severity that nobody knows', when('severity', 'Equals', 'Sev2'), 'unsure', { severity: undefined }],
  ['a name, where it has no other', when('AlertRuleName', 'Equals', 'one'), 'yes', { displayName: undefined }],
  ['that severity of something else', { ...when('severity', 'Equals', 'Sev2'), scopes: ['/x'] }, 'no'],
  [
    'its own place, and what is not known',
    { ...when('Description', 'Equals', 'x'), scopes: [WORKSPACE.toLowerCase()] },
    'unsure',
  ],
  ['one of its two names, which differ', when('AlertRuleName', 'Contains', 'x'), 'no'],
  ['the group of the target', when('targetresourcegroup', 'Equals', 'LOGS'), 'yes'],
  ['logs', when('SignalType', 'Equals', 'log'), 'yes'],
  ['by its id', when('AlertRuleId', 'Equals', RULE.id), 'yes'],
  ['what is not known', when('Description', 'Equals', 'x'), 'unsure'],
  ['by a comparison of another release', when('severity', 'Matches', 'Sev2'), 'unsure'],
];
for (const [what, rule, sure, of = {}] of REMOVES) {
  test(`a processing rule for ${what} takes the alerts away: ${sure}`, () =>
    assert.equal(removedBy(processing(rule), { ...RULE, ...of }, WORKSPACE, AT), sure));
}

test('of a workspace that is not known nothing is taken away', () => {
  const rule = processing(when('targetresourcegroup', 'Equals', 'logs'));
  assert.equal(removedBy(rule, RULE, 'unknown', AT), 'no');
});
