import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Oid } from '../../src/people/oid.ts';
import { findOrphans, type OwnedCredential, reasonOf, sweepKey } from '../../src/sweep/find-orphans.ts';
import { fc } from '../support/properties.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const gone = {
  oid: oid(1),
  state: 'soft-deleted',
  userPrincipalName: 'Alex@firm.example',
  deletedAt: '2026-11-01T00:00:00Z',
} as const;
const token = (accountId: number, id = '1'): OwnedCredential => ({
  kind: 'fine-grained-token',
  source: 'github/fine-grained-tokens:firm',
  id,
  owner: { accountId },
});
const key = (login: string, id = '1'): OwnedCredential => ({
  kind: 'sso-credential',
  source: 'github/sso-credentials:firm',
  id,
  owner: { login },
});
const grant = (of: string): OwnedCredential => ({
  kind: 'delegated-grant',
  source: 'entra/grants',
  id: 'g',
  owner: { oid: of },
});
const alex = { id: 99, login: 'ALex-99', oid: oid(1) };

test('a token belongs to a leaver whose account is proved, whatever the case of its login', () => {
  const { orphaned, unlinked } = findOrphans([gone], [token(99), key('alex-99', '2')], [alex]);
  assert.deepEqual(
    orphaned.map(({ person, credentials }) => [person.oid, credentials.map(({ id }) => id)]),
    [[oid(1), ['1', '2']]],
  );
  assert.deepEqual(unlinked, []);
});

test('a consent belongs to a leaver by object id', () => {
  assert.equal(findOrphans([gone], [grant(oid(1).toUpperCase())], []).orphaned.length, 1);
  assert.equal(findOrphans([gone], [grant(oid(2))], []).orphaned.length, 0);
});

test('an account that is proved to be nobody’s opens nothing, whatever it is called, and is counted', () => {
  const { orphaned, unlinked } = findOrphans([gone], [token(7), key('alex')], [alex]);
  assert.deepEqual([orphaned.length, unlinked.length], [0, 2]);
});

test('a colleague’s account keeps out of it', () => {
  const colleague = { id: 98, login: 'alexandra', oid: oid(2) };
  assert.deepEqual(findOrphans([gone], [token(98), key('alexandra')], [alex, colleague]), {
    orphaned: [],
    unlinked: [],
  });
});

test('an account that is proved to be two people’s opens no case of either', () => {
  const other = { ...gone, oid: oid(2) };
  const both = [alex, { ...alex, oid: oid(2) }];
  const { orphaned, unlinked } = findOrphans([gone, other], [token(99), key('alex-99')], both);
  assert.deepEqual([orphaned.length, unlinked.length], [0, 2]);
});

test('a login that two accounts had within one reading is nobody’s', () => {
  const newcomer = { id: 5, login: 'alex-99', oid: oid(2) };
  const { orphaned, unlinked } = findOrphans([gone], [key('alex-99')], [alex, newcomer]);
  assert.deepEqual([orphaned.length, unlinked.length], [0, 1]);
});

test('a login that an account which is proved to be nobody’s has as well is nobody’s, and so is one that changed', () => {
  const seen = [{ id: 5, login: 'alex-99' }];
  const doubtful = new Set([alex.id]);
  for (const logins of [{ seen }, { doubtful }]) {
    const { orphaned, unlinked } = findOrphans([gone], [key('alex-99')], [alex], logins);
    assert.deepEqual([orphaned.length, unlinked.length], [0, 1]);
  }
  assert.equal(findOrphans([gone], [token(alex.id)], [alex], { doubtful }).orphaned.length, 1, 'a number stays');
});

test('a sign-in name joins where one who left had it, and nobody has it now', () => {
  const cached = (signInName: string): OwnedCredential => ({
    ...{ kind: 'token-on-machine', source: 'machines/inventory:firm', id: 'm#1', owner: { signInName } },
  });
  const found = (people: Parameters<typeof findOrphans>[0], taken: readonly string[] = []): number =>
    findOrphans(people, [cached('alex@FIRM.example')], [], { taken: new Set(taken) }).orphaned.length;
  assert.equal(found([gone]), 1);
  assert.equal(found([gone], ['alex@firm.example']), 0, 'a colleague has the name by now');
  assert.equal(found([gone, { ...gone, oid: oid(2) }]), 0, 'two had it');
  assert.equal(found([{ oid: oid(3), state: 'gone' }]), 0);
});

test('every credential of a leaver is found, and none of anybody else', () => {
  const owners = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 });
  fc.assert(
    fc.property(owners, fc.uniqueArray(fc.integer({ min: 0, max: 9 })), (credentials, left) => {
      const people = left.map((n) => ({ oid: oid(n), state: 'soft-deleted' as const }));
      const accounts = Array.from({ length: 10 }, (_, n) => ({ id: n + 100, login: `login-${n}`, oid: oid(n) }));
      const made = [
        (n: number, id: string) => token(n + 100, id),
        (n: number, id: string) => key(`Login-${n}`, id),
        (n: number, id: string) => ({ ...grant(oid(n)), id }),
      ];
      const owned = credentials.flatMap((n, index) => made[index % 3]?.(n, String(index)) ?? []);
      const { orphaned } = findOrphans(people, owned, accounts);
      const expected = credentials.flatMap((n, index) => (left.includes(n) ? [`${oid(n)} ${index}`] : []));
      const got = orphaned.flatMap(({ person, credentials: all }) => all.map(({ id }) => `${person.oid} ${id}`));
      assert.deepEqual(got.sort(), expected.sort());
    }),
  );
});

test('the reason counts by kind, and the key stays the same from hour to hour and changes with the deletion', () => {
  const [orphan] = findOrphans([gone], [token(99), token(99, '2'), grant(oid(1))], [alex]).orphaned;
  assert.ok(orphan);
  assert.match(reasonOf(orphan), /fine-grained personal access tokens: 2, consents for the gateway: 1/);
  assert.equal(sweepKey(gone), sweepKey({ ...gone }));
  assert.notEqual(sweepKey(gone), sweepKey({ ...gone, deletedAt: '2026-11-02T00:00:00Z' }));
});

test('the reason says why the person counts as gone: a departure that nobody reported, or an account long disabled', () => {
  const credentials = [{ kind: 'schedule', source: 's', id: '1' }] as const;
  assert.equal(
    reasonOf({ person: gone, credentials }),
    'The sweep found credentials of somebody who has left and whose departure nobody reported (schedules that run as them: 1).',
  );
  assert.equal(
    reasonOf({ person: { oid: oid(1), state: 'disabled', disabledSince: '2026-08-01' }, credentials }),
    'The sweep found credentials of somebody whose account has been disabled since 2026-08-01 at the latest, which means by DISABLED_MEANS_LEFT_AFTER_DAYS that they have left (schedules that run as them: 1).',
  );
});

test('a leaving is known by its deletion, else by the day of leaving, else by how long the account is disabled', () => {
  const deleted = { deletedAt: '2026-11-03', leaveAt: '2026-11-02', disabledSince: '2026-11-01' };
  const { deletedAt: _, ...left } = deleted;
  const { leaveAt: __, ...disabled } = left;
  const key = (more: object): string => sweepKey({ oid: oid(1), state: 'gone', ...more });
  for (const [more, by] of [
    [deleted, '2026-11-03'],
    [left, '2026-11-02'],
    [disabled, '2026-11-01'],
    [{}, 'gone'],
  ] as const)
    assert.equal(key(more), `sweep:${oid(1)}:${by}`);
});

test('credentials that name nobody known, and people without a sign-in name, join nothing', () => {
  const cached = (signInName: string): OwnedCredential => ({
    ...{ kind: 'token-on-machine', source: 'machines/inventory:firm', id: 'm#1', owner: { signInName } },
  });
  const nameless = { oid: oid(3), state: 'gone' } as const;
  for (const [credential, unlinked] of [
    [cached(''), 1],
    [cached('somebody@else.example'), 1],
    [grant('no object id'), 1],
    [key('nobody-has-it'), 1],
    [token(12_345), 1],
    [grant(oid(2)), 0],
  ] as const) {
    const join = findOrphans([gone, nameless], [credential], [alex]);
    assert.deepEqual([join.orphaned.length, join.unlinked.length], [0, unlinked], JSON.stringify(credential.owner));
  }
});
