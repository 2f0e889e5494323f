import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import { named, newestOf, person, type Standing, WAITING_KINDS } from '../../../src/intake/rules/waiting/standing.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const row = (of: Oid, n: number, more: Partial<CaseRow> = {}): CaseRow => ({ oid: of, n, ...more }) as CaseRow;
const standing = (...cases: readonly CaseRow[]): Standing => ({
  ...{ cases, answers: [], exceptions: [], denied: [], uncontained: [], rejected: [] },
});

test('a person is called as in their own newest case, and by nobody else’s', () => {
  const known = standing(
    row(oid(1), 2, { displayName: 'Alex Moreau' }),
    row(oid(1), 10, { displayName: 'Alex Silva', userPrincipalName: 'alex@corp.example' }),
    row(oid(2), 11, { displayName: 'Sam' }),
  );
  assert.equal(newestOf(oid(1), known)?.n, 10);
  assert.equal(newestOf(oid(3), known), undefined);
  assert.deepEqual(person(oid(1), known), {
    ...{ oid: oid(1), displayName: 'Alex Silva', userPrincipalName: 'alex@corp.example' },
  });
  assert.deepEqual(person(oid(3), known), { oid: oid(3) });
  assert.deepEqual(named(row(oid(2), 1)), { oid: oid(2) });
});

test('who is still let in comes first, and what only runs out of room last', () => {
  assert.deepEqual([WAITING_KINDS[0], WAITING_KINDS.at(-1)], ['not-contained', 'list-full']);
  assert.ok(WAITING_KINDS.indexOf('decisions') < WAITING_KINDS.indexOf('old-decisions'));
});
