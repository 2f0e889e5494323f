import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Oid } from '../../src/people/oid.ts';
import { findOrphans, type OwnedCredential, reasonOf, sweepKey } from '../../src/sweep/find-orphans.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const gone = {
  oid: oid(1),
  state: 'soft-deleted',
  userPrincipalName: 'Alex@firm.example',
  deletedAt: '2026-11-01T00:00:00Z',
} as const;
const token = (login: string, id = '1'): OwnedCredential => ({
  kind: 'fine-grained-token',
  source: 'github/fine-grained-tokens:firm',
  id,
  owner: { login },
});
const grant = (of: string): OwnedCredential => ({
  kind: 'delegated-grant',
  source: 'entra/grants',
  id: 'g',
  owner: { oid: of },
});
const alex = { login: 'ALex-99', names: ['alex@FIRM.example'] };

test('a token belongs to a leaver through the sign-on’s link, whatever the case of letters', () => {
  const { orphaned, unlinked } = findOrphans([gone], [token('alex-99')], [alex]);
  assert.deepEqual(
    orphaned.map(({ person, credentials }) => [person.oid, credentials.map(({ id }) => id)]),
    [[oid(1), ['1']]],
  );
  assert.deepEqual(unlinked, []);
});

test('a consent belongs to a leaver by object id', () => {
  assert.equal(findOrphans([gone], [grant(oid(1).toUpperCase())], []).orphaned.length, 1);
  assert.equal(findOrphans([gone], [grant(oid(2))], []).orphaned.length, 0);
});

test('a login that merely looks like the leaver’s name links to nobody, and is counted as unlinked', () => {
  const { orphaned, unlinked } = findOrphans([gone], [token('alex')], [alex]);
  assert.deepEqual([orphaned.length, unlinked.length], [0, 1]);
});

test('a colleague with an account linked to another name keeps out of it', () => {
  const colleague = { login: 'alexandra', names: ['alexandra@firm.example'] };
  assert.deepEqual(findOrphans([gone], [token('alexandra')], [alex, colleague]), { orphaned: [], unlinked: [] });
});

test('where the sign-on knows the object id, the name does not count: it was given to somebody else', () => {
  const successor = { login: 'alex-99', names: ['alex@firm.example', oid(2)] };
  assert.deepEqual(findOrphans([gone], [token('alex-99')], [successor]), { orphaned: [], unlinked: [] });
  const other = { ...gone, oid: oid(2), userPrincipalName: 'other@firm.example' };
  const { orphaned } = findOrphans([gone, other], [token('alex-99')], [successor]);
  assert.deepEqual(
    orphaned.map(({ person }) => person.oid),
    [oid(2)],
  );
});

test('every credential of a leaver is found, and none of anybody else', () => {
  const owners = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });
  fc.assert(
    fc.property(owners, fc.uniqueArray(fc.integer({ min: 0, max: 9 })), (credentials, left) => {
      const people = left.map((n) => ({
        oid: oid(n),
        state: 'soft-deleted' as const,
        userPrincipalName: `p${n}@firm.example`,
      }));
      const identities = Array.from({ length: 10 }, (_, n) => ({ login: `login-${n}`, names: [`P${n}@firm.example`] }));
      const owned = credentials.map((n, index) =>
        index % 2 === 0 ? token(`Login-${n}`, String(index)) : { ...grant(oid(n)), id: String(index) },
      );
      const { orphaned } = findOrphans(people, owned, identities);
      const expected = credentials.flatMap((n, index) => (left.includes(n) ? [`${oid(n)} ${index}`] : []));
      const got = orphaned.flatMap(({ person, credentials: all }) => all.map(({ id }) => `${person.oid} ${id}`));
      assert.deepEqual(got.sort(), expected.sort());
    }),
  );
});

test('the reason counts by kind, and the key stays the same from hour to hour and changes with the deletion', () => {
  const [orphan] = findOrphans([gone], [token('alex-99'), token('alex-99', '2'), grant(oid(1))], [alex]).orphaned;
  assert.ok(orphan);
  assert.match(reasonOf(orphan), /fine-grained personal access tokens: 2, consents for the gateway: 1/);
  assert.equal(sweepKey(gone), sweepKey({ ...gone }));
  assert.notEqual(sweepKey(gone), sweepKey({ ...gone, deletedAt: '2026-11-02T00:00:00Z' }));
});
