import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confidenceOf } from '../../../src/people/evidence/evidence.ts';
import { adminNames, secondAccountEvidence } from '../../../src/people/evidence/second-account.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const lund = { employeeId: '4711', familyName: 'Lund', userPrincipalName: 'a.lund@firm.example' };
const holders = (many: number) => Array.from({ length: many }, (_, n) => ({ oid: oid(n) }));
const other = (name: string, familyName = 'Lund') => ({ oid: oid(1), names: [name], familyName });

const shown = (displayName: string) => ({ oid: oid(1), names: [], displayName });

/** What another account of the directory is taken for, by its name and by how many have the employee number. */
const SITUATIONS = [
  ['the same number, which two have, and the family name', other('x@firm.example'), 2, 'S6 likely'],
  ['the same number, which is a placeholder of many', other('x@firm.example'), 4, 'W5 weak'],
  ['the same number under another family name', other('x@firm.example', 'Okafor'), 2, ' nobody'],
  ['a name of accounts for administration', other('adm-a.lund@firm.example', 'Okafor'), 0, 'W5 weak'],
  ['both', other('a.lund-admin@firm.example'), 2, 'S6 W5 likely'],
  ['such a name at another domain', other('adm-a.lund@other.example', 'Okafor'), 0, ' nobody'],
  ['the same number, which three have, and the family name', other('x@firm.example'), 3, 'S6 likely'],
  ['the same number, and the family name among others', other('x@firm.example', 'Berg-Lund'), 2, 'S6 likely'],
  ['the same number, and the family name in what is shown', shown('Anna Lund (admin)'), 2, 'S6 likely'],
  ['the same number, and neither name is known', { oid: oid(1), names: [] }, 2, ' nobody'],
  ['the same number of others, and the family name', { ...other('x@firm.example'), oid: oid(9) }, 2, ' nobody'],
] as const;
for (const [what, account, many, expected] of SITUATIONS) {
  test(`${what}: ${expected.trim()}`, () => {
    const evidence = secondAccountEvidence(lund, account, holders(many));
    assert.equal(`${evidence.map(({ code }) => code).join(' ')} ${confidenceOf(evidence) ?? 'nobody'}`, expected);
  });
}

test('a person of two family names is found by both, and one of whom none is known by none', () => {
  const codes = (familyName: string | undefined, theirs: string) =>
    secondAccountEvidence({ ...(familyName && { familyName }) }, other('x@firm.example', theirs), holders(2)).length;
  assert.equal(codes('Lund Berg', 'Berg Lund'), 1);
  assert.equal(codes('Lund Berg', 'Berg'), 0);
  assert.equal(codes(undefined, 'Lund'), 0);
});

test('names for administration are made of a principal name, and not of a guest’s', () => {
  assert.deepEqual(adminNames({ userPrincipalName: 'A.Lund@firm.example' }), [
    'adm-a.lund@firm.example',
    'admin-a.lund@firm.example',
    'a-a.lund@firm.example',
    'a.lund-adm@firm.example',
    'a.lund-admin@firm.example',
  ]);
  for (const name of ['a.lund_other.example#ext#@firm.example', '@firm.example', 'a.lund', ''])
    assert.deepEqual(adminNames({ userPrincipalName: name }), [], name);
  assert.deepEqual(adminNames({}), []);
});
