import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TokenHit } from '../../src/credentials/detector/token-hit.ts';
import { relateToken } from '../../src/credentials/relate-token.ts';
import { parseOid } from '../../src/people/oid.ts';

const oid = parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
assert.ok(oid !== undefined);
const leaver = { oid, userPrincipalName: 'alex.moreau@corp.example' };
const names = new Set(['alex.moreau', 'amoreau']);
const hit = (more: Partial<TokenHit>): TokenHit => ({
  type: 'jwt',
  holder: 'personal',
  checksum: 'none',
  sha256: '00',
  lastFour: 'abcd',
  start: 0,
  end: 4,
  ...more,
});
const relation = (more: Partial<TokenHit>, name = 'TOKEN', leavers = false): string =>
  relateToken(hit(more), { name, leavers }, leaver, names);

test('a token that says whose it is, is that person’s wherever it stands', () => {
  assert.equal(relation({ claims: { oid: oid.toUpperCase() } }), 'leavers');
  assert.equal(relation({ claims: { upn: 'Alex.Moreau@corp.example' } }), 'leavers');
  assert.equal(relation({ claims: { oid: 'a1b2c3d4-0001-4000-8000-000000000001' } }, 'TOKEN', true), 'unrelated');
  assert.equal(relation({ claims: { preferred_username: 'ana@corp.example' } }, 'AMOREAU_TOKEN', true), 'unrelated');
});

test('a personal token without a name is the leaver’s on the leaver’s machine or under the leaver’s name', () => {
  assert.equal(relation({}, 'TOKEN', true), 'leavers');
  assert.equal(relation({}, 'AMOREAU_TOKEN'), 'leavers');
  assert.equal(relation({}, 'GITHUB_TOKEN'), 'owner-unknown');
});

test('a service’s token concerns the case only in the leaver’s hands', () => {
  assert.equal(relation({ holder: 'service' }, 'TOKEN', true), 'held-by-leaver');
  assert.equal(relation({ holder: 'service' }), 'unrelated');
});
