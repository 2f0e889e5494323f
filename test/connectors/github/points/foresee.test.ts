import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foresee } from '../../../../src/connectors/github/points/foresee.ts';
import { type Ledger, NEW_LEDGER } from '../../../../src/connectors/github/points/ledger.ts';

const now = 1_000_000;
const minute = 62_000;
const waiting = (id: string, points: number) => ({ id, points, since: now, due: now });

const SITUATIONS: readonly (readonly [string, Partial<Ledger>, number, number])[] = [
  ['fits into what is free', {}, 900, 0],
  ['takes two minutes more', {}, 2_700, 2 * minute],
  ['begins once what was spent counts no more', { spent: [[now - 2_000, 900]] }, 900, minute - 2_000],
  ['comes after what others wait for', { line: [waiting('case-2 b', 900)] }, 900, minute],
  ['does not come after itself', { line: [waiting('case-1 a', 900)] }, 900, 0],
  ['comes after the pause that GitHub asked for', { pausedUntil: now + 30_000 }, 300, 30_000],
];
for (const [name, ledger, points, ms] of SITUATIONS) {
  test(`work that still needs ${points} points ${name}`, () => {
    const mine = (work: string): boolean => work.startsWith('case-1');
    assert.equal(foresee({ ...NEW_LEDGER, ...ledger }, { now, points, limit: 900, mine }), ms);
  });
}
