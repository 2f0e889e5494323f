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

const CALL = 'policyAssignments 2025-03-01';
const evidence = { resource: `${SUB}/policyAssignments/one`, call: CALL, hash: 'a'.repeat(64) };

test('what does not refuse is told with all that is wrong with the best rule, and with what to change', () => {
  const judge = (rules: readonly AssignedRule[]) => judgePolicy([subscription(rules)], AT, POINT);
  const [none] = judge([]).findings;
  assert.deepEqual(none && { ...none, remedy: none.remedy.todo }, {
    ...{ reason: 'missing', resource: SUB, evidence: { resource: SUB, call: CALL } },
    says: `Nothing in ${SUB} refuses a server without an identity: the policy mcp-managed-identity is assigned neither there nor above.`,
    remedy: 'Assign mcp-managed-identity to the subscription with the effect Deny.',
  });
  const { findings, doubts, evidence: all, shows } = judge([weaker, weaker]);
  const [found] = findings;
  assert.deepEqual(found && { ...found, remedy: found.remedy.todo }, {
    ...{ reason: 'audited', resource: SUB },
    says: `Nothing in ${SUB} refuses a server without an identity, although ${evidence.resource} is assigned: Its effect is Audit. Its enforcement mode is DoNotEnforce.`,
    evidence: { ...evidence, shows: { definition: 'd', mode: 'DoNotEnforce', effect: 'Audit' } },
    remedy: `Change the assignment ${evidence.resource}: set its parameter effect to Deny; set its enforcement mode to Default.`,
  });
  assert.deepEqual([doubts, all.length, shows], [[], 2, { subscriptions: 1, refusing: 0 }]);
});

test('what a rule rests on is shown as far as Azure tells it', () => {
  const { effect: _, ...odd } = rule();
  const of = (one: AssignedRule) => judgePolicy([subscription([one])], AT, POINT).evidence[0]?.shows;
  assert.deepEqual(of(odd), { definition: 'd', mode: 'Default', effect: 'not understood' });
  assert.deepEqual(of(rule({ approved: ['a'], nonCompliant: 3 })), {
    ...{ definition: 'd', mode: 'Default', effect: 'Deny', approved_subnets: ['a'], non_compliant: 3 },
  });
});

test('what nobody can say is told of the assignment that it is about', () => {
  const { doubts } = judgePolicy(
    [subscription([rule({ otherVersions: true }), AUDIT], { unread: [{ assignment: 'a', definition: 'd' }] })],
    AT,
    POINT,
  );
  assert.deepEqual(
    doubts.map(({ reason, resource, detail }) => [reason, resource, detail.slice(0, 30)]),
    [
      ['unreadable', evidence.resource, 'It holds to a version of its d'],
      ['unreadable', 'a', 'Its definition d is not among '],
    ],
  );
  const half = subscription([], { complete: false, unread: [{ assignment: 'a', definition: 'd' }] });
  assert.deepEqual(judgePolicy([half], AT, POINT).doubts, [], 'the gap of the list says so');
});

test('what a point asks besides is asked of a released rule alone', () => {
  const more: PolicyPoint<'other'> = { ...POINT, more: () => [{ reason: 'other', says: 'It does.', todo: 'undo it' }] };
  const { findings, doubts } = judgePolicy([subscription([rule({ released: false })])], AT, more);
  assert.deepEqual([findings, doubts.length], [[], 1]);
});
