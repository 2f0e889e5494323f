import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundToken } from '../../src/credentials/detector/token-hit.ts';
import type { ListedCredential } from '../../src/credentials/ownership.ts';
import { isUndecided, TokenFactSchema, tokenFact } from '../../src/credentials/token-fact.ts';

const found = {
  hit: {
    type: 'github-classic',
    holder: 'personal',
    checksum: 'valid',
    sha256: 'a'.repeat(64),
    lastFour: 'wxyz',
    start: 3,
    end: 43,
  },
  lastEight: 'stuvwxyz',
} as unknown as FoundToken;
const listed = (credentialId: number, tokenLastEight?: string): ListedCredential => ({
  organisation: 'acme',
  credentialId,
  login: 'alex',
  ...(tokenLastEight && { tokenLastEight }),
});

test('a token is kept without its place, beside what single sign-on lists and ends alike', () => {
  const fact = tokenFact(found, [listed(1, 'stuvwxyz'), listed(2, '0000wxyz'), listed(3, '00000000'), listed(4)]);
  assert.deepEqual(fact.alike, [
    { organisation: 'acme', credentialId: 1, same: true },
    { organisation: 'acme', credentialId: 2, same: false },
  ]);
  assert.ok(!('start' in fact.hit) && !('end' in fact.hit));
  assert.ok(!JSON.stringify(fact).includes('stuvwxyz'));
});

test('a credential that ends alike and was not compared leaves a token undecided', () => {
  const fact = tokenFact(found, [listed(1, '0000wxyz')]);
  assert.ok(!isUndecided(fact, [listed(1, '0000wxyz')]));
  assert.ok(isUndecided(fact, [listed(1, '0000wxyz'), listed(2, '1111wxyz')]));
  assert.ok(isUndecided(fact, [{ ...listed(1, '0000wxyz'), organisation: 'other' }]));
  assert.ok(!isUndecided(fact, [listed(2, '00000000'), listed(3)]));
});

test('nothing of a token’s value is in its shape', () => {
  const { hit, alike } = tokenFact(found, []);
  assert.ok(
    TokenFactSchema.safeParse({ hit, alike }).success,
    JSON.stringify(TokenFactSchema.safeParse({ hit, alike }).error),
  );
  assert.ok(!TokenFactSchema.safeParse({ hit: { ...hit, value: 'x' }, alike }).success);
  assert.ok(!TokenFactSchema.safeParse({ hit, alike, lastEight: 'x' }).success);
});

test('a token of which no list of people tells is never undecided', () => {
  const other = { ...found, hit: { ...found.hit, type: 'npm' } } as FoundToken;
  const fact = tokenFact(other, [listed(1, 'stuvwxyz')]);
  assert.deepEqual(fact.alike, []);
  assert.ok(!isUndecided(fact, [listed(1, 'stuvwxyz')]));
});
