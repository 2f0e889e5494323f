import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';

test('the same access has the same id for ever, and every part of it counts', () => {
  const id = findingId('consent', 'delegated-grant', 'abc');
  assert.equal(id, findingId('consent', 'delegated-grant', 'abc'));
  assert.match(id, /^F-[0-9a-f]{12}$/);
  const others = [
    findingId('x', 'delegated-grant', 'abc'),
    findingId('consent', 'x', 'abc'),
    findingId('consent', 'delegated-grant', 'x'),
  ];
  // The parts are kept apart.
  others.push(findingId('consentdelegated-grant', '', 'abc'));
  assert.equal(new Set([id, ...others]).size, 5);
});

test('a remedy has the id of its finding, and only the letter before it changes', () => {
  assert.equal(remedyIdOf(findingId('a', 'b', 'c')), findingId('a', 'b', 'c').replace('F-', 'R-'));
});
