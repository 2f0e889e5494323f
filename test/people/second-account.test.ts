import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confidenceOf } from '../../src/people/evidence.ts';
import type { Oid } from '../../src/people/oid.ts';
import { secondAccountEvidence } from '../../src/people/second-account.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const lund = { employeeId: '4711', familyName: 'Lund', userPrincipalName: 'a.lund@firm.example' };
const holders = (many: number) => Array.from({ length: many }, (_, n) => ({ oid: oid(n) }));
const other = (name: string, familyName = 'Lund') => ({ oid: oid(1), names: [name], familyName });

/** What another account of the directory is taken for, by its name and by how many have the employee number. */
const SITUATIONS = [
  ['the same number, which two have, and the family name', other('x@firm.example'), 2, 'S6 likely'],
  ['the same number, which is a placeholder of many', other('x@firm.example'), 4, 'W5 weak'],
  ['the same number under another family name', other('x@firm.example', 'Okafor'), 2, ' nobody'],
  ['a name of accounts for administration', other('adm-a.lund@firm.example', 'Okafor'), 0, 'W5 weak'],
  ['both', other('a.lund-admin@firm.example'), 2, 'S6 W5 likely'],
  ['such a name at another domain', other('adm-a.lund@other.example', 'Okafor'), 0, ' nobody'],
] as const;
for (const [what, account, many, expected] of SITUATIONS) {
  test(`${what}: ${expected.trim()}`, () => {
    const evidence = secondAccountEvidence(lund, account, holders(many));
    assert.equal(`${evidence.map(({ code }) => code).join(' ')} ${confidenceOf(evidence) ?? 'nobody'}`, expected);
  });
}
