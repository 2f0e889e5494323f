import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resembles } from '../../../src/people/evidence/sign-on-evidence.ts';
import { CARL } from './sign-on-evidence-world.ts';

test('a login is made of given and family name in either order, or with one initial, and of no half of them', () => {
  const named = { oid: CARL, givenName: 'Carl', familyName: 'Ray' };
  for (const login of ['carlray', 'RayCarl', 'cray', 'rayc', 'carl-ray_firm'])
    assert.ok(resembles(login, named), login);
  for (const login of ['carl', 'ray', 'cr', 'carlr']) assert.ok(!resembles(login, named), login);
  assert.ok(!resembles('carl', { oid: CARL, givenName: 'Carl' }));
  assert.ok(!resembles('ray', { oid: CARL, familyName: 'Ray' }));
});
