import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePolicy, type PolicyPoint, WEAKNESSES } from '../../../src/posture/policies/judge-rule.ts';
import type { AssignedRule, SubscriptionPolicies } from '../../../src/posture/readings/policies.ts';

const AT = '2026-11-23T04:10:00.000Z';
const SUB = '/subscriptions/11111111-AAAA-4bbb-8ccc-000000000001';
const rule = (more: Partial<AssignedRule> = {}): AssignedRule => ({
  ...{ assignment: `${SUB}/policyAssignments/one`, scope: SUB.toLowerCase(), definition: 'd', hash: 'a'.repeat(64) },
  ...{ released: true, bears: ['identity'], mode: 'Default', notScopes: [], effect: 'Deny', overrides: [] },
  ...{ resourceSelectors: [], exemptions: [], otherVersions: false, enrolled: 0, ...more },
});

const POINT: PolicyPoint<never> = {
  bears: 'identity',
  policy: 'mcp-managed-identity',
  refuses: 'a server without an identity',
};
const subscription = (
  rules: readonly AssignedRule[],
  more: Partial<SubscriptionPolicies> = {},
): SubscriptionPolicies => ({
  ...{ id: SUB, complete: true, assignments: rules.length, rules: [...rules], unread: [], ...more },
});
const judged = (rules: readonly AssignedRule[], more: Partial<SubscriptionPolicies> = {}, point = POINT) => {
  const { findings, doubts, shows } = judgePolicy([subscription(rules, more)], AT, point);
  return [
    ...findings.map(({ reason }) => reason),
    ...doubts.map(({ reason }) => `doubt: ${reason}`),
    `refusing ${shows.refusing}`,
  ];
};
const AUDIT = rule({ effect: 'Audit' });
const weaker = rule({ effect: 'Audit', mode: 'DoNotEnforce' });

test('a subscription is refused in by one rule that does, and where none does the best one says why', () => {
  assert.deepEqual(judged([AUDIT, rule()]), ['refusing 1']);
  assert.deepEqual(judged([weaker, AUDIT]), ['audited', 'refusing 0']);
  assert.deepEqual(judged([]), ['missing', 'refusing 0']);
  assert.deepEqual(judged([rule({ bears: ['subnet'] })]), ['missing', 'refusing 0'], 'a rule of another point');
});

test('while something is not known, nothing is said to be missing, and nothing to refuse', () => {
  assert.deepEqual(judged([], { complete: false }), ['refusing 0']);
  assert.deepEqual(judged([AUDIT, rule({ otherVersions: true })]), ['doubt: unreadable', 'refusing 0']);
  const unread = [{ assignment: 'a', definition: 'd' }];
  assert.deepEqual(judged([], { unread }), ['doubt: unreadable', 'refusing 0']);
  assert.deepEqual(judged([rule()], { unread }), ['refusing 1'], 'one that refuses is enough');
});

test('each subscription is judged for itself, and a point may ask for more', () => {
  const { findings, subjects } = judgePolicy(
    [subscription([rule()]), { ...subscription([]), id: '/subscriptions/2' }],
    AT,
    POINT,
  );
  assert.deepEqual([subjects, findings.map(({ resource }) => resource)], [2, ['/subscriptions/2']]);
  const more = {
    ...POINT,
    more: () => [{ reason: 'other-subnets', says: 'It names another subnet.', todo: 'name ours' }],
  };
  const [found] = judgePolicy([subscription([rule()])], AT, more as PolicyPoint<'other-subnets'>).findings;
  assert.equal(found?.reason, 'other-subnets');
  assert.match(found?.remedy.todo ?? '', /name ours\.$/);
  for (const reason of Object.values(WEAKNESSES)) assert.match(reason, /\.$/);
});
