import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../src/cases/canonical.ts';

test('equal values are written alike, whatever the order of their keys, and lists keep theirs', () => {
  const one = { b: [{ d: 1, c: null }], a: 'x' };
  const other = { a: 'x', b: [{ c: null, d: 1 }] };
  assert.equal(JSON.stringify(canonical(one)), '{"a":"x","b":[{"c":null,"d":1}]}');
  assert.equal(JSON.stringify(canonical(one)), JSON.stringify(canonical(other)));
  assert.notEqual(JSON.stringify(canonical([1, 2])), JSON.stringify(canonical([2, 1])));
});

test('what has no keys is itself', () => {
  for (const value of [null, undefined, 0, 'x', true]) assert.equal(canonical(value), value);
});
