import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containerGroup } from '../support/policy/container-group.ts';
import { UnsupportedPolicy } from '../support/policy/errors.ts';
import { evaluatePolicy } from '../support/policy/evaluate-policy.ts';
import type { Json, JsonObject } from '../support/policy/json.ts';
import { GROUPS, IMAGE, matches, named, verdict, withImages } from './policy-evaluator-world.ts';

describe('template expressions', () => {
  const value = (expression: string, equals: Json): boolean => matches({ value: expression, equals }, named('a-b'));

  test('call functions, read members, and escape quotes and brackets', () => {
    assert.equal(value("[toLower(concat('A', field('name')))]", 'aa-b'), true);
    assert.equal(value("[length(split(field('name'), '-'))]", 2), true);
    assert.equal(value("[concat('it''s')]", "it's"), true);
    assert.equal(value('[[a]', "[concat('[', 'a]')]"), true);
    assert.equal(value("[ first( split( field( 'name' ) , '-' ) ) ]", 'a'), true);
  });

  test('split text at any of several delimiters, and compare lists', () => {
    assert.equal(value("[last(split('a_b-c', createArray('_', '-')))]", 'c'), true);
    assert.equal(value("[length(split('a_b-c', createArray('_', '-')))]", 3), true);
    assert.equal(value("[length(intersection(createArray('a', 'b'), createArray('b', 'c')))]", 1), true);
    assert.equal(value("[length(intersection(createArray('A'), createArray('a')))]", 0), true);
    assert.equal(value('[length(string(12))]', 2), true);
    for (const failing of ['[last(12)]', "[intersection('a', createArray('a'))]", "[split(1, '-')]"]) {
      assert.equal(verdict({ value: failing, equals: 'a' }, named('a')), 'failed', failing);
    }
  });

  test('decide, and take lists apart and together; case counts in contains', () => {
    assert.equal(value("[if(and(contains('a.b', '.'), or(contains('a', 'b'), contains('a', 'a'))), 1, 0)]", 1), true);
    assert.equal(value("[if(or(contains('Ab', 'a'), and(contains('a', 'a'), contains('a', 'b'))), 1, 0)]", 0), true);
    assert.equal(value("[join(skip(split('a/b/c', '/'), 1), '/')]", 'b/c'), true);
    assert.equal(value("[length(join(skip(split('a', '/'), 1), '/'))]", 0), true);
    for (const failing of [
      "[if('true', 1, 0)]",
      '[and(1, 1)]',
      "[contains(1, '1')]",
      "[skip('a', 1)]",
      "[join('a', '/')]",
    ])
      assert.equal(verdict({ value: failing, equals: 'a' }, named('a')), 'failed', failing);
  });

  test('a function that fails is a denial of its own kind', () => {
    const failing = { value: `[length(current('${IMAGE}'))]`, greater: 0 };
    const group = containerGroup({ images: [undefined] });
    assert.equal(verdict({ count: { field: `${GROUPS}/containers[*]`, where: failing }, greater: 0 }, group), 'failed');
  });

  test('a failure counts also where another part has settled the outcome', () => {
    const failing = {
      count: { field: `${GROUPS}/containers[*]`, where: { value: `[length(current('${IMAGE}'))]`, greater: 0 } },
      greater: 0,
    };
    const settled = { field: 'name', equals: 'somebody else' };
    assert.equal(verdict({ allOf: [settled, failing] }, containerGroup({ images: [undefined] })), 'failed');
  });
});

describe('what is not certain is refused', () => {
  const cases: readonly (readonly [title: string, condition: Json])[] = [
    ['an alias that is not in the table', { field: `${GROUPS}/containers[*].images`, equals: 'a' }],
    ['an alias that only looks right', { field: `${GROUPS}/properties.subnetIds[*].id`, equals: 'a' }],
    ['an alias for the identity', { field: `${GROUPS}/identity.type`, equals: 'a' }],
    ['a field that Azure normalises', { field: 'location', equals: 'westeurope' }],
    ['an operator that is not implemented', { field: 'name', match: '##' }],
    ['a misspelt operator', { field: 'name', equal: 'a' }],
    ['two operators', { field: 'name', equals: 'a', like: 'a*' }],
    ['two subjects', { field: 'name', value: 'a', equals: 'a' }],
    ['a logical operator beside a condition', { allOf: [{ field: 'name', equals: 'a' }], field: 'name', equals: 'a' }],
    ['a function that is not implemented', { value: "[padLeft('a', 2)]", equals: 'a' }],
    ['a parameter that nobody declared', { field: 'name', in: "[parameters('names')]" }],
    ['two wildcards', { field: 'name', like: '*a*' }],
    ['a wildcard in contains', { field: 'name', contains: 'a*' }],
    ['an array where text is compared', { field: 'name', equals: ['a'] }],
    ['text where an array is searched', { field: 'name', in: 'a' }],
    ['a comparison with nothing', { field: 'identity.type', equals: '' }],
    ['exists on [*]', { field: IMAGE, exists: 'true' }],
    ['a count of what is no array', { count: { field: `${GROUPS}/ipAddress.type` }, greater: 0 }],
    ['a count with an unknown part', { count: { field: `${GROUPS}/containers[*]`, if: {} }, greater: 0 }],
    ['current() outside a count', { value: '[current()]', equals: 'a' }],
    ['an unfinished expression', { value: "[concat('a'", equals: 'a' }],
    ['text after an expression', { value: "[concat('a') 'b']", equals: 'a' }],
    ['an empty allOf', { allOf: [] }],
  ];
  for (const [title, condition] of cases) {
    test(title, () => assert.throws(() => verdict(condition, withImages('a')), UnsupportedPolicy));
  }

  const definition = (parameters: JsonObject, effect: string): Parameters<typeof evaluatePolicy>[0]['definition'] => ({
    mode: 'Indexed',
    parameters,
    // biome-ignore lint/suspicious/noThenProperty: the policy language calls it "then"
    policyRule: { if: { field: 'name', like: '*' }, then: { effect } },
  });
  const effect = { type: 'String', allowedValues: ['Deny'] };

  test('a parameter value that the definition does not allow', () => {
    const policy = {
      definition: definition({ effect }, "[parameters('effect')]"),
      parameters: { effect: { value: 'Audit' } },
    };
    assert.throws(() => evaluatePolicy(policy, named('a')), UnsupportedPolicy);
  });

  test('a parameter without a value', () => {
    const policy = { definition: definition({ effect }, "[parameters('effect')]"), parameters: {} };
    assert.throws(() => evaluatePolicy(policy, named('a')), UnsupportedPolicy);
  });

  test('a value for a parameter that is not declared', () => {
    const policy = { definition: definition({}, 'deny'), parameters: { effects: { value: 'Deny' } } };
    assert.throws(() => evaluatePolicy(policy, named('a')), UnsupportedPolicy);
  });

  test('an effect that changes resources', () => {
    const policy = { definition: definition({}, 'modify'), parameters: {} };
    assert.throws(() => evaluatePolicy(policy, named('a')), UnsupportedPolicy);
  });

  test('mode Indexed on a type of which it is unknown whether it takes tags', () => {
    const policy = { definition: definition({}, 'deny'), parameters: {} };
    assert.throws(() => evaluatePolicy(policy, { type: 'Contoso.Widgets/widgets' }), UnsupportedPolicy);
  });
});
