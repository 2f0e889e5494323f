import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../../support/properties.ts';
import { containerGroup } from '../support/policy/container-group.ts';
import { UnsupportedPolicy } from '../support/policy/errors.ts';
import { evaluatePolicy, type Verdict } from '../support/policy/evaluate-policy.ts';
import type { Json, JsonObject } from '../support/policy/json.ts';

const GROUPS = 'Microsoft.ContainerInstance/containerGroups';
const IMAGE = `${GROUPS}/containers[*].image`;
const SUBNET_ID = `${GROUPS}/subnetIds[*].id`;
const VARIABLES = `${GROUPS}/containers[*].environmentVariables[*]`;

function verdict(condition: Json, resource: JsonObject, values: Readonly<Record<string, Json>> = {}): Verdict {
  const declared = Object.entries(values).map(([name, value]) => [
    name,
    { type: Array.isArray(value) ? 'Array' : 'String' },
  ]);
  const assigned = Object.entries(values).map(([name, value]) => [name, { value }]);
  // biome-ignore lint/suspicious/noThenProperty: the policy language calls it "then"
  const policyRule = { if: condition, then: { effect: 'deny' } };
  return evaluatePolicy(
    {
      definition: { mode: 'All', parameters: Object.fromEntries(declared) as JsonObject, policyRule },
      parameters: Object.fromEntries(assigned) as JsonObject,
    },
    resource,
  );
}

const matches = (...given: Parameters<typeof verdict>): boolean => verdict(...given) === 'denied';
const named = (name: string): JsonObject => ({ ...containerGroup({}), name });
const withImages = (...images: readonly string[]): JsonObject => containerGroup({ images });

/** Text without wildcards, brackets or letters whose case changes their number. */
const plain = fc.string({ unit: fc.constantFrom(...'abAB/-.:1'), maxLength: 6 });
const filled = plain.filter((text) => text !== '');

describe('a [*] field', () => {
  test('holds when every member satisfies the operator, hence also when there is none', () => {
    fc.assert(
      fc.property(fc.array(filled), filled, (images, wanted) => {
        const all = images.every((image) => image.toLowerCase() === wanted.toLowerCase());
        const none = images.every((image) => image.toLowerCase() !== wanted.toLowerCase());
        assert.equal(matches({ field: IMAGE, equals: wanted }, withImages(...images)), all);
        assert.equal(matches({ field: IMAGE, notEquals: wanted }, withImages(...images)), none);
      }),
    );
  });

  test('means "any member equals" only as a count or as not notEquals', () => {
    fc.assert(
      fc.property(fc.array(filled), filled, (images, wanted) => {
        const some = images.some((image) => image.toLowerCase() === wanted.toLowerCase());
        const counted = {
          count: { field: `${GROUPS}/containers[*]`, where: { field: IMAGE, equals: wanted } },
          greater: 0,
        };
        assert.equal(matches(counted, withImages(...images)), some);
        assert.equal(matches({ not: { field: IMAGE, notEquals: wanted } }, withImages(...images)), some);
      }),
    );
  });

  test('selects nothing from an array that is missing', () => {
    const group = containerGroup({});
    assert.equal(matches({ field: SUBNET_ID, in: ['a'] }, group), true);
    assert.equal(matches({ field: SUBNET_ID, notIn: ['a'] }, group), true);
    assert.equal(matches({ count: { field: `${GROUPS}/subnetIds[*]` }, equals: 0 }, group), true);
  });

  test('selects nothing from a resource of another type', () => {
    const site = { type: 'Microsoft.Web/sites', properties: { containers: [{ properties: { image: 'a' } }] } };
    assert.equal(matches({ count: { field: `${GROUPS}/containers[*]` }, equals: 0 }, site), true);
  });
});

describe('a count', () => {
  const withVariables = (...containers: readonly (readonly string[])[]): JsonObject =>
    containerGroup({
      properties: {
        containers: containers.map((names) => ({
          properties: { environmentVariables: names.map((name) => ({ name })) },
        })),
      },
    });

  test('without where is the number of members, nested arrays included', () => {
    fc.assert(
      fc.property(fc.array(fc.array(filled, { maxLength: 3 }), { maxLength: 3 }), (containers) => {
        const total = containers.reduce((sum, names) => sum + names.length, 0);
        assert.equal(matches({ count: { field: VARIABLES }, equals: total }, withVariables(...containers)), true);
      }),
    );
  });

  test('stands on one member at a time, in nested arrays too', () => {
    const wanted = { field: `${VARIABLES}.name`, equals: 'x' };
    const inner = { count: { field: VARIABLES, where: wanted }, equals: 2 };
    const outer = { count: { field: `${GROUPS}/containers[*]`, where: inner }, equals: 1 };
    assert.equal(matches(outer, withVariables(['x', 'x'], ['x', 'y'])), true);
    assert.equal(matches(outer, withVariables(['x'], ['x'])), false);
    assert.equal(
      matches({ count: { field: VARIABLES, where: wanted }, equals: 3 }, withVariables(['x', 'x'], ['x'])),
      true,
    );
  });

  test('sees fields outside the array', () => {
    const where = { field: "tags['env']", equals: 'prod' };
    const group = containerGroup({ images: ['a', 'b'], tags: { env: 'prod' } });
    assert.equal(matches({ count: { field: `${GROUPS}/containers[*]`, where }, equals: 2 }, group), true);
  });

  test('over values tries each with current()', () => {
    const patterns = (list: Json): Json => ({
      count: { value: list, where: { field: 'name', like: '[current()]' } },
      greater: 0,
    });
    assert.equal(matches(patterns(['prod-*', 'test-*']), named('test-1')), true);
    assert.equal(matches(patterns("[parameters('patterns')]"), named('dev-1'), { patterns: ['prod-*'] }), false);
  });

  test('gives field() an array of the current member, and current() the member', () => {
    const counted = (equals: string): Json => ({
      count: { field: `${GROUPS}/containers[*]`, where: { field: IMAGE, equals } },
      equals: 2,
    });
    assert.equal(matches(counted(`[first(field('${IMAGE}'))]`), withImages('a', 'b')), true);
    assert.equal(matches(counted(`[current('${IMAGE}')]`), withImages('a', 'b')), true);
    assert.throws(() => matches(counted(`[field('${IMAGE}')]`), withImages('a', 'b')), UnsupportedPolicy);
  });
});

describe('operators', () => {
  test('like is start and end around one wildcard, without overlap and in any case', () => {
    fc.assert(
      fc.property(plain, plain, plain, (name, start, end) => {
        const pattern = `${start}*${end}`;
        const escaped = [start, end].map((text) => text.replace(/[.*/-]/g, '\\$&'));
        const expected = new RegExp(`^${escaped.join('.*')}$`, 'i').test(name);
        assert.equal(matches({ field: 'name', like: pattern }, named(name)), expected);
        assert.equal(matches({ field: 'name', notLike: pattern }, named(name)), !expected);
        assert.equal(matches({ field: 'name', like: pattern.toUpperCase() }, named(name.toLowerCase())), expected);
      }),
    );
  });

  test('contains and in ignore case', () => {
    fc.assert(
      fc.property(plain, filled, plain, (before, part, after) => {
        const name = `${before}${part}${after}`;
        assert.equal(matches({ field: 'name', contains: part.toUpperCase() }, named(name.toLowerCase())), true);
        assert.equal(matches({ field: 'name', in: ['other', name.toUpperCase()] }, named(name.toLowerCase())), true);
      }),
    );
  });

  test('a missing value fails what it should be and satisfies what it should not be', () => {
    const positive = [{ equals: 'x' }, { like: 'x*' }, { contains: 'x' }, { in: ['x'] }, { exists: 'true' }];
    const negative = [{ notEquals: 'x' }, { notLike: 'x*' }, { notContains: 'x' }, { notIn: ['x'] }, { exists: false }];
    const group = containerGroup({});
    for (const operator of positive) assert.equal(matches({ field: 'identity.type', ...operator }, group), false);
    for (const operator of negative) assert.equal(matches({ field: 'identity.type', ...operator }, group), true);
  });

  test('true is what "true" says', () => {
    const publicAddress = containerGroup({ properties: { ipAddress: { type: true } } });
    assert.equal(matches({ field: `${GROUPS}/ipAddress.type`, equals: 'true' }, publicAddress), true);
  });
});

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
