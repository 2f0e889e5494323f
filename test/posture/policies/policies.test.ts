import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releasedPolicy } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { assignedRules } from '../../../src/posture/policies/assigned-rules.ts';
import { parameterOf, textsOf } from '../../../src/posture/policies/parameters.ts';
import { RELEASED_RULES } from '../../../src/posture/policies/released-rules.ts';
import { ruleHash } from '../../../src/posture/policies/rule-hash.ts';
import { reachOf, reachOfAny } from '../../../src/posture/policies/selectors.ts';

const SUB = '/subscriptions/11111111-aaaa-4bbb-8ccc-000000000001';
const DEFINITION = `${SUB}/providers/Microsoft.Authorization/policyDefinitions/mcp-managed-identity`;

for (const [scope, holds] of [
  [SUB.toUpperCase(), true],
  [`${SUB}/`, true],
  ['/providers/microsoft.management/managementgroups/root', true],
  [`${SUB}/resourceGroups/rg`, false],
  ['/subscriptions/11111111-aaaa-4bbb-8ccc-0000000000012', false],
] as const) {
  test(`an assignment at ${scope} ${holds ? 'holds' : 'does not hold'} in the subscription, however it was listed`, () => {
    const { rules } = assignedRules(
      {
        assignments: [{ id: 'one', properties: { policyDefinitionId: DEFINITION, scope } }],
        definitions: [{ id: DEFINITION, name: 'x', properties: releasedPolicy('mcp-managed-identity') }],
        sets: [],
        exemptions: [],
        nonCompliant: new Map(),
        enrolled: new Map(),
      },
      SUB,
    );
    assert.deepEqual(
      rules.map(({ released, bears, effect, mode }) => [released, bears, effect, mode]),
      holds ? [[true, ['identity'], 'Deny', 'Default']] : [],
    );
  });
}

test('a parameter is what is given, else its default, else what the initiative passes on; no more is understood', () => {
  const declared = { effect: { defaultValue: 'Audit' } };
  const initiative = { values: { b: { value: 'Disabled' } }, declared: { a: { defaultValue: 'Deny' }, B: {} } };
  const of = (value: unknown) => parameterOf('effect', { EFFECT: { value } }, declared, initiative);
  assert.equal(parameterOf('effect', {}, declared), 'Audit');
  assert.equal(parameterOf('other', {}, declared), undefined);
  assert.equal(parameterOf('effect', {}, undefined), undefined);
  assert.equal(parameterOf('effect', {}, { effect: { defaultValue: "[parameters('a')]" } }, initiative), undefined);
  assert.equal(of("[PARAMETERS('a')]"), 'Deny');
  for (const odd of ["[if(true, [parameters('a')]", "[parameters('a')] or more", "[parameters('a')"])
    assert.equal(of(odd), undefined);
  assert.equal(of(5), 5);
  assert.equal(of('ends with ['), 'ends with [');
  assert.equal(parameterOf('effect', null, declared, initiative), 'Audit');
  assert.equal(of('Deny'), 'Deny');
  assert.equal(of("[parameters('a')]"), 'Deny');
  assert.equal(of("[ parameters( 'B' ) ]"), 'Disabled');
  assert.equal(of("[parameters('c')]"), undefined);
  assert.equal(of("[toLower(parameters('a'))]"), undefined);
  assert.equal(of("[[parameters('a')]"), undefined);
  assert.equal(parameterOf('effect', { effect: { value: "[parameters('a')]" } }, declared), undefined);
});

test('a list of texts is one without an expression', () => {
  assert.deepEqual(textsOf(['a', 'b']), ['a', 'b']);
  for (const other of ['a', undefined, ['a', 1], [1], ['a', "[parameters('x')]"]])
    assert.equal(textsOf(other), undefined);
});

test('selectors of one group hold together; of several groups one is enough', () => {
  const groups = { kind: 'resourceType', in: ['Microsoft.ContainerInstance/ContainerGroups'] };
  const sites = { kind: 'resourceType', in: ['Microsoft.Web/sites'] };
  const here = { kind: 'resourceLocation', in: ['westeurope'] };
  assert.equal(reachOf([]), 'always');
  assert.equal(reachOf([groups]), 'always');
  assert.equal(reachOf([{ kind: 'resourceType', notIn: groups.in }]), 'never');
  assert.equal(reachOf([{ kind: 'RESOURCETYPE', in: [...sites.in, ...groups.in], notIn: sites.in }]), 'always');
  assert.equal(reachOf([{ kind: 'resourceType', notIn: [...sites.in, ...groups.in] }]), 'never');
  assert.equal(reachOf([here, { kind: 'policyDefinitionReferenceId', notIn: ['one'] }], 'one'), 'never');
  assert.equal(reachOf([groups, here]), 'sometimes');
  assert.equal(reachOf([sites, here]), 'never');
  assert.equal(reachOf([{ kind: 'userPrincipalId', in: ['x'] }]), 'sometimes');
  assert.equal(reachOf([{ kind: 'policyDefinitionReferenceId', in: ['one'] }], 'ONE'), 'always');
  assert.equal(reachOf([{ kind: 'policyDefinitionReferenceId', in: ['one'] }]), 'sometimes');
  assert.equal(reachOfAny([]), 'always');
  assert.equal(reachOfAny([[sites], [here]]), 'sometimes');
  assert.equal(reachOfAny([[sites], [groups]]), 'always');
  assert.equal(reachOfAny([[here], [groups]]), 'always');
  assert.equal(reachOfAny([[{ kind: 'policyDefinitionReferenceId', in: ['one'] }]], 'one'), 'always');
  assert.equal(reachOfAny([[sites]]), 'never');
});

test('a rule that is released has the hash that is written down, and a rule that decides otherwise has another', () => {
  for (const [name, hash] of Object.entries(RELEASED_RULES))
    assert.equal(ruleHash(releasedPolicy(name as keyof typeof RELEASED_RULES)), hash, name);
  assert.equal(new Set(Object.values(RELEASED_RULES)).size, Object.keys(RELEASED_RULES).length);
});

test('the order of keys, words around a parameter and case where Azure knows none change no rule; all else does', () => {
  const one = {
    mode: 'All',
    parameters: { effect: { type: 'String', defaultValue: 'Deny' } },
    policyRule: { if: { a: 1, b: [2] } },
  };
  const same = {
    ...{ policyRule: { if: { b: [2], a: 1, c: undefined } }, mode: 'ALL' },
    parameters: { Effect: { defaultValue: 'Deny', type: 'string', metadata: { displayName: 'x' } } },
  };
  assert.equal(ruleHash(same), ruleHash(one));
  for (const other of [
    { ...one, mode: 'Indexed' },
    { ...one, policyRule: { if: { a: 1, b: [2, 2] } } },
    { ...one, policyRule: { if: { a: '1', b: [2] } } },
    { ...one, parameters: { effect: { type: 'String', defaultValue: 'Audit' } } },
    { ...one, parameters: null },
    { ...one, parameters: undefined },
    { ...one, mode: null },
    { ...one, policyRule: { if: { a: null, b: [2] } } },
    { ...one, policyRule: undefined },
  ])
    assert.notEqual(ruleHash(other), ruleHash(one), JSON.stringify(other));
});
