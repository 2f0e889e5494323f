import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covering } from '../support/short-form.ts';

const letters = (word: string): string[] => word.split('');

test('the short form of a table has every kind of it, with the row that brings most first', () => {
  const words = ['a', 'ab', 'b', 'cab', 'd', 'd', 'ce'];
  assert.deepEqual([...covering(words, letters)], ['cab', 'd', 'ce']);
});

test('what is run anyway needs no row', () => {
  assert.deepEqual([...covering(['a', 'ab', 'b'], letters, ['a'])], ['ab']);
  assert.deepEqual([...covering(['a', 'ab', 'b'], letters, ['a', 'b'])], []);
});
