import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFresh, lastLogin, NO_MEMORY } from '../../../src/people/evidence/remembered.ts';

const login = (id: string, name: string, to: string) => ({ id, login: name, from: to, to });

test('the login of an account is the one that was seen last, whatever zone it was written in', () => {
  const logins = [
    login('7', 'old', '2026-01-01T00:00:00Z'),
    login('7', 'new', '2026-03-01T23:30:00-02:00'),
    login('7', 'middle', '2026-03-02T00:00:00Z'),
    login('8', 'another', '2026-09-01T00:00:00Z'),
  ];
  assert.equal(lastLogin({ logins }, '7'), 'new');
  assert.equal(lastLogin({ logins }, '9'), undefined);
  assert.equal(lastLogin(NO_MEMORY, '7'), undefined);
});

test('a proof counts as one for 35 days', () => {
  const lastSeen = '2026-01-01T00:00:00.000Z';
  assert.ok(isFresh({ lastSeen }, new Date('2026-02-05T00:00:00.000Z')));
  assert.ok(!isFresh({ lastSeen }, new Date('2026-02-05T00:00:00.001Z')));
});
