import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlaceReading, rememberedPlace, type UnownedToken } from '../../../src/cases/coverage/unowned-place.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid;
const token = (n: number): UnownedToken => ({ type: 'npm', sha256: String(n).padStart(64, '0'), lastFour: 'abcd' });
const reading = (unowned: readonly UnownedToken[], unproved: readonly string[] = []): PlaceReading => ({
  id: 'acme/api#TOKEN',
  organisation: 'acme',
  source: 'github/repository-variables:acme',
  within: 'api',
  resource: { system: 'github', type: 'repository-variable', id: 'acme/api#TOKEN' },
  words: 'variable TOKEN of acme/api',
  unowned,
  unproved,
});
const seen = (hour: string, n = 1) => ({ at: `2026-03-18T${hour}:00:00.000Z`, by: makeCaseId(oid, n) });
const first = rememberedPlace(undefined, reading([token(1), token(2)]), seen('10'));

test('a place keeps when it was seen first, and tells who saw it last', () => {
  const next = rememberedPlace(first, reading([token(2)]), seen('11', 2));
  assert.deepEqual(
    [next?.firstSeen, next?.lastSeen, next?.lastSeenBy],
    [seen('10').at, seen('11').at, seen('11', 2).by],
  );
  assert.deepEqual(next?.tokens, [token(2)]);
});

test('the same reading again says the same', () => {
  assert.deepEqual(rememberedPlace(first, reading([token(1), token(2)]), seen('10')), first);
});

test('of two readings of one instant the one that comes last counts', () => {
  assert.deepEqual(rememberedPlace(first, reading([token(2)]), seen('10'))?.tokens, [token(2)]);
});

test('a reading that comes late changes nothing that was read since', () => {
  assert.equal(rememberedPlace(first, reading([]), seen('09')), first);
});

test('a place without unowned tokens is forgotten, and is not listed for those that point to a leaver', () => {
  assert.equal(rememberedPlace(first, reading([]), seen('11')), undefined);
  assert.equal(rememberedPlace(undefined, reading([], [token(1).sha256]), seen('11')), undefined);
});

test('a token that points to the next leaver stays listed: it is proved to be nobody’s', () => {
  const next = rememberedPlace(first, reading([], [token(1).sha256]), seen('11'));
  assert.deepEqual([next?.tokens, next?.count], [[token(1)], 1]);
});

test('of very many tokens the number is kept, and as many as a row holds', () => {
  const many = Array.from({ length: 400 }, (_, n) => token(n));
  const place = rememberedPlace(undefined, reading(many), seen('10'));
  assert.equal(place?.count, 400);
  assert.ok(JSON.stringify(place).length < 32_768);
});
