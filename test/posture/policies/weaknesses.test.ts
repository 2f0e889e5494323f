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
  ['an override of another kind', override('2.0', [], 'definitionVersion'), [], 1],
  ['DoNotEnforce', { mode: 'DoNotEnforce' }, ['not-enforced'], 0],
  ['Enroll', { mode: 'Enroll' }, ['enrolled-only'], 0],
  ['a mode of another day', { mode: 'Sometimes' }, ['not-enforced'], 0],
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
