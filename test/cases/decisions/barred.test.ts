import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aboutThem, partiesOf, whyBarred } from '../../../src/cases/decisions/barred.ts';
import type { Answer } from '../../../src/people/answers/answers.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const AT = '2026-11-23T10:00:00.000Z';

test('who leaves, and whoever asked for a case, decides nothing about it, by no account of theirs', () => {
  const merged = [{ trigger: 'api', requestedBy: oid(3), requestedAt: AT, reason: 'x' }] as const;
  const barred = partiesOf({ oid: oid(1), requestedBy: oid(2).toUpperCase(), merged: [...merged] });
  const one: Answer = {
    ...{ oid: oid(9), n: 1, kind: 'same-person', statement: 'is', other: oid(1), reason: 'x', by: 'a', at: AT },
    ...{ shown: '0'.repeat(64), filed: [], confirmed: { by: 'b', at: AT, reason: 'x' } },
  };
  assert.match(whyBarred(barred, oid(1), []) ?? '', /about you/);
  assert.match(whyBarred(barred, oid(2), []) ?? '', /You asked/);
  assert.match(whyBarred(barred, oid(3), []) ?? '', /You asked/);
  assert.equal(whyBarred(barred, oid(9), []), undefined);
  assert.match(whyBarred(barred, oid(9), [one]) ?? '', /about you/);
  assert.deepEqual(aboutThem(oid(1)).oid, oid(1));
});

test('an account that one person alone says is the leaver’s bars nobody yet, and one that was taken back no more', () => {
  const barred = partiesOf({ oid: oid(1), requestedBy: oid(2), merged: [] });
  const said: Answer = {
    ...{ oid: oid(9), n: 1, kind: 'same-person', statement: 'is', other: oid(2), reason: 'x', by: 'a', at: AT },
    ...{ shown: '0'.repeat(64), filed: [] },
  };
  const confirmed = { by: 'b', at: AT, reason: 'x' };
  assert.equal(whyBarred(barred, oid(9), [said]), undefined);
  assert.match(whyBarred(barred, oid(9), [{ ...said, confirmed }]) ?? '', /You asked/);
  assert.equal(whyBarred(barred, oid(9), [{ ...said, confirmed, withdrawn: confirmed }]), undefined);
});
