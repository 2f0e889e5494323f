import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../../support/properties.ts';
import { containerGroup } from '../support/policy/container-group.ts';
import { UnsupportedPolicy } from '../support/policy/errors.ts';
import type { Json, JsonObject } from '../support/policy/json.ts';
import { GROUPS, IMAGE, matches, named, withImages } from './policy-evaluator-world.ts';

const SUBNET_ID = `${GROUPS}/subnetIds[*].id`;
const VARIABLES = `${GROUPS}/containers[*].environmentVariables[*]`;

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
