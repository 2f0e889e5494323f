import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strengthOf } from '../../../src/posture/policies/weaknesses.ts';
import type { AssignedRule } from '../../../src/posture/readings/policies.ts';

const AT = '2026-11-23T04:10:00.000Z';
const SUB = '/subscriptions/11111111-AAAA-4bbb-8ccc-000000000001';
const below = `${SUB.toLowerCase()}/resourcegroups/rg`;
const containerGroups = [{ kind: 'resourceType', in: ['Microsoft.ContainerInstance/containerGroups'] }];
const sites = [{ kind: 'resourceType', in: ['Microsoft.Web/sites'] }];
const rule = (more: Partial<AssignedRule> = {}): AssignedRule => ({
  ...{ assignment: `${SUB}/policyAssignments/one`, scope: SUB.toLowerCase(), definition: 'd', hash: 'a'.repeat(64) },
  ...{ released: true, bears: ['identity'], mode: 'Default', notScopes: [], effect: 'Deny', overrides: [] },
  ...{ resourceSelectors: [], exemptions: [], otherVersions: false, enrolled: 0, ...more },
});
const exemption = (more: object = {}) => ({ exemptions: [{ id: 'e', resourceSelectors: [], ...more }] });
const override = (
  value: string,
  selectors: AssignedRule['overrides'][number]['selectors'] = [],
  kind = 'policyEffect',
) => ({
  overrides: [{ kind, value, selectors }],
});

const here = [{ kind: 'resourceLocation', in: ['x'] }];
const named = [{ kind: 'PolicyDefinitionReferenceId', in: ['ONE'] }];
const both = (...each: readonly ReturnType<typeof override>[]) => ({
  overrides: each.flatMap(({ overrides }) => overrides),
});

const SITUATIONS: readonly (readonly [string, Partial<AssignedRule>, weak: readonly string[], unclear: number])[] = [
  ['as it is released', {}, [], 0],
  ['in another case', { effect: 'deny', mode: 'default' }, [], 0],
  ['Audit', { effect: 'Audit' }, ['audited'], 0],
  ['Disabled', { effect: 'Disabled' }, ['audited'], 0],
  ['overridden to Audit', override('Audit'), ['overridden'], 0],
  ['overridden to Audit for what is no container', override('Audit', sites), [], 0],
  ['Audit, overridden to Deny for all', { effect: 'Audit', ...override('Deny') }, [], 0],
  [
    'Audit, overridden to Deny here and there',
    { effect: 'Audit', ...override('Deny', [{ kind: 'resourceLocation', in: ['x'] }]) },
    ['audited'],
    0,
  ],
  [
    'overridden to Audit here, and for what is no container to Deny',
    both(override('Deny', sites), override('Audit')),
    ['overridden'],
    0,
  ],
  ['overridden to Deny, and in part again', both(override('Deny'), override('Deny', here)), [], 0],
  ['the same, over Audit', { effect: 'Audit', ...both(override('Deny', here), override('DENY')) }, [], 0],
  ['an effect of another kind that Denies', { effect: 'Audit', ...override('Deny', [], 'other') }, ['audited'], 1],
  ['an override of another kind, in other letters', override('Audit', [], 'PolicyEffect'), ['overridden'], 0],
  ['an override of another kind', override('2.0', [], 'definitionVersion'), [], 1],
  ['DoNotEnforce', { mode: 'DoNotEnforce' }, ['not-enforced'], 0],
  ['Enroll', { mode: 'Enroll' }, ['enrolled-only'], 0],
  ['a mode of another day', { mode: 'Sometimes' }, ['not-enforced'], 0],
  ['the subscription itself left out', { notScopes: [SUB.toLowerCase()] }, ['narrowed'], 0],
  ['what ends as the subscription', { notScopes: [`/x${SUB.toLowerCase()}/`] }, [], 0],
  ['another subscription that begins alike', { notScopes: [`${SUB.toLowerCase()}2`] }, [], 0],
  ['a group and selectors', { notScopes: [below], resourceSelectors: [sites] }, ['narrowed', 'narrowed'], 0],
  ['selected regions', { resourceSelectors: [here] }, ['narrowed'], 0],
  ['selected by its name in the initiative', { reference: 'one', resourceSelectors: [named] }, [], 0],
  ['selected by another name', { reference: 'two', resourceSelectors: [named] }, ['narrowed'], 0],
  ['an exemption of another name', { reference: 'two', ...exemption({ resourceSelectors: [named] }) }, [], 0],
  ['an override of another name', { reference: 'two', ...override('Audit', named) }, [], 0],
  ['a group that is left out', { notScopes: [below] }, ['narrowed'], 0],
  ['a group of another subscription', { notScopes: ['/subscriptions/other/resourcegroups/rg'] }, [], 0],
  ['a management group that is left out', { notScopes: ['/providers/microsoft.management/managementgroups/x'] }, [], 1],
  ['selected container groups', { resourceSelectors: [containerGroups] }, [], 0],
  ['selected sites', { resourceSelectors: [sites] }, ['narrowed'], 0],
  ['an exemption for good', exemption(), ['exempted'], 0],
  ['one that lasts', exemption({ expiresOn: '2026-12-01T00:00:00Z' }), ['exempted'], 0],
  ['one that is over', exemption({ expiresOn: '2026-11-23T04:10:00Z' }), [], 0],
  ['one whose end nobody can read', exemption({ expiresOn: 'soon' }), ['exempted'], 0],
  ['one for sites', exemption({ resourceSelectors: [sites] }), [], 0],
  ['another rule than the released one', { released: false }, [], 1],
  ['the same, which audits', { released: false, effect: 'Audit' }, [], 1],
  ['subnets that nobody can tell', { bears: ['subnet'] }, [], 1],
  ['subnets that are told', { bears: ['subnet'], approved: [] }, [], 0],
  ['subnets of another rule', { released: false, bears: ['subnet'] }, [], 1],
  ['a version that may be another', { otherVersions: true }, [], 1],
];
for (const [what, more, weak, unclear] of SITUATIONS) {
  test(`${what}: ${[...weak, ...(unclear > 0 ? ['nobody can say'] : [])].join(', ') || 'it refuses'}`, () => {
    const strength = strengthOf(rule(more), SUB, AT);
    assert.deepEqual([strength.weak.map(({ reason }) => reason), strength.unclear.length], [weak, unclear]);
  });
}

test('an effect that is an expression is not understood, and no Deny', () => {
  const { effect: _, ...unknown } = rule();
  assert.match(strengthOf(unknown, SUB, AT).unclear.join(), /effect is an expression/);
});

test('what is wrong with an assignment is said with what to do about it', () => {
  const { weak } = strengthOf(
    rule({
      ...{ effect: 'Audit', mode: 'Enroll', enrolled: 4, notScopes: [below, 'elsewhere'], resourceSelectors: [sites] },
      exemptions: [
        { id: 'e', resourceSelectors: [] },
        { id: 'f', expiresOn: '2026-12-01T00:00:00Z', resourceSelectors: [] },
      ],
    }),
    SUB,
    AT,
  );
  assert.deepEqual(
    weak.map(({ says, todo }) => [says, todo]),
    [
      ['Its effect is Audit.', 'set its parameter effect to Deny'],
      [
        'Its mode is Enroll: it refuses what is enrolled alone (enrollments: 4).',
        'set its enforcement mode to Default',
      ],
      [`It leaves out ${below}.`, 'take its excluded scopes away'],
      ['Its resource selectors leave out container groups.', 'take its resource selectors away'],
      ['The exemption e lets servers pass for good.', 'delete the exemption e'],
      ['The exemption f lets servers pass until 2026-12-01T00:00:00Z.', 'delete the exemption f'],
    ],
  );
  const [overridden] = strengthOf(rule(override('Audit')), SUB, AT).weak;
  assert.deepEqual(overridden, {
    reason: 'overridden',
    says: 'An override makes its effect Audit.',
    todo: 'take its override away',
  });
  assert.deepEqual(strengthOf(rule(override('2.0', [], 'definitionVersion')), SUB, AT).unclear, [
    'An override changes its definitionVersion, which is not understood here.',
  ]);
});
