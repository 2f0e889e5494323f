import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortFormsOf } from '../../../src/people/names/short-names.ts';

test('a name has the forms of its family, in both directions, and never itself', () => {
  assert.ok(shortFormsOf('robert').includes('bob'));
  assert.ok(shortFormsOf('bob').includes('robert'));
  assert.ok(!shortFormsOf('bob').includes('bob'));
  // Two families have it.
  assert.ok(['jonathan', 'johann'].every((each) => shortFormsOf('jon').includes(each)));
  assert.ok(!shortFormsOf('bob').includes('alice'));
});

test('people cut a name of five letters or more to three or more, each form once', () => {
  assert.deepEqual(shortFormsOf('qwertz'), ['qwe', 'qwer', 'qwert']);
  assert.deepEqual(shortFormsOf('qwert'), ['qwe', 'qwer']);
  assert.deepEqual(shortFormsOf('qwer'), []);
  const daniel = shortFormsOf('daniel');
  assert.equal(new Set(daniel).size, daniel.length);
  assert.ok(daniel.includes('dan') && daniel.includes('danie'));
});

test('of a name that no directory holds only the beginning is cut', () => {
  assert.equal(shortFormsOf('q'.repeat(64)).length, 61);
  assert.equal(shortFormsOf('q'.repeat(200)).length, 61);
});
