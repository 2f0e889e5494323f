import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import { deny } from '../../../src/cases/denied/denied.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { caseWaits, heldOnes, notContained } from '../../../src/intake/rules/waiting/cases-waiting.ts';
import type { Standing } from '../../../src/intake/rules/waiting/standing.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const NOW = new Date('2026-11-20T09:00:00.000Z');
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const EMPTY: Standing = { cases: [], answers: [], exceptions: [], denied: [], uncontained: [], rejected: [] };
function row(more: Partial<CaseRow> = {}): CaseRow {
  const { oid: of = oid(1), n = 1 } = more;
  const caseId = makeCaseId(of, n);
  return {
    ...{ oid: of, n, caseId, trigger: 'api', mode: 'apply', state: 'filed', reason: 'left', requestedBy: oid(2) },
    ...{ requestedAt: inDays(-2), openedAt: inDays(-2), instanceId: instanceIdOf(caseId), merged: [] },
    ...{ filedAt: inDays(-1), outcome: 'attention', report: 'r.json', awaiting: 2 },
    ...more,
  };
}
const kinds = (one: CaseRow, more: Partial<Standing> = {}): string[] =>
  caseWaits(one, { ...EMPTY, cases: [one], ...more }, 7, NOW).map(({ kind }) => kind);

test('remedies wait for whoever is neither the leaver nor asked for the case', () => {
  const [waits] = caseWaits(row({ incident: true, displayName: 'Alex' }), { ...EMPTY, cases: [row()] }, 7, NOW);
  assert.deepEqual(
    [waits?.kind, waits?.right, waits?.what, waits?.count, waits?.incident, waits?.displayName],
    ['decisions', 'decide', '2 remedies wait for a decision.', 2, true, 'Alex'],
  );
  assert.deepEqual(
    waits?.barred.map((each) => each.oid),
    [oid(1), oid(2)],
  );
});

test('a plan is too old to decide once its days are over, and not before', () => {
  assert.deepEqual(kinds(row({ filedAt: inDays(-7) })), ['decisions']);
  assert.deepEqual(kinds(row({ filedAt: new Date(NOW.getTime() - 7 * 86_400_000 - 1).toISOString() })), [
    'old-decisions',
  ]);
});

test('a case that failed waits to be asked for again, and says why', () => {
  const failed = row({ state: 'failed', failure: 'The vendor was away', attempts: [] });
  const [waits] = caseWaits(failed, { ...EMPTY, cases: [failed] }, 7, NOW);
  assert.deepEqual([waits?.kind, waits?.right, waits?.since], ['failed', 'operate', inDays(-2)]);
  assert.match(waits?.what ?? '', /^Ask for it again\. The vendor was away/);
});

test('nothing waits of a case that something else has overtaken', () => {
  const later = (more: Partial<CaseRow>) => ({ cases: [row(), row({ n: 2, state: 'open', ...more })] });
  const released = {
    ...deny(undefined, { oid: oid(1), kind: 'person', caseId: row().caseId, at: inDays(-1), why: 'x' }),
  };
  const situations: readonly (readonly [string, CaseRow, Partial<Standing>, readonly string[]])[] = [
    ['as it is', row(), {}, ['decisions']],
    ['the person is back', row({ restoredAt: inDays(0) }), {}, []],
    ['a later case cuts them off', row(), later({}), []],
    ['a later plan cuts nobody off', row(), later({ mode: 'plan' }), ['decisions']],
    ['a later case of somebody else', row(), { cases: [row(), row({ oid: oid(7), n: 2 })] }, ['decisions']],
    ['somebody let them in again', row(), { denied: [{ ...released, state: 'released' }] }, []],
    ['they are refused', row(), { denied: [{ ...released, state: 'denied' }] }, ['decisions']],
    ['somebody else was let in', row(), { denied: [{ ...released, oid: oid(7), state: 'released' }] }, ['decisions']],
  ];
  for (const [what, one, more, expected] of situations) assert.deepEqual(kinds(one, more), expected, what);
});

test('five cases on hold are five, and more of one brake are one decision', () => {
  const held = (count: number, heldBy?: CaseRow['heldBy']) =>
    Array.from({ length: count }, (_, at) =>
      row({ oid: oid(at + 10), state: 'open', onHold: 'Too many', ...(heldBy && { heldBy }), openedAt: inDays(-at) }),
    );
  const of = (...cases: readonly CaseRow[]) => heldOnes({ ...EMPTY, cases });
  assert.deepEqual(
    of(...held(5, 'paused')).map(({ kind, what }) => `${kind}: ${what}`),
    Array.from({ length: 5 }, () => 'on-hold: Too many.'),
  );
  const [one, ...none] = of(...held(6, 'paused'));
  assert.deepEqual([none.length, one?.count, one?.since], [0, 6, inDays(-5)]);
  assert.equal(one?.what, 'The app is paused: 6 cases are on hold until somebody releases them.');
  assert.match(of(...held(6))[0]?.what ?? '', /^More people leave than usual: 6 cases/);
  assert.deepEqual([one?.id, of(...held(6))[0]?.id], ['on-hold paused', 'on-hold ']);
  assert.deepEqual(of(row({ state: 'filed', onHold: 'x' }), row({ state: 'open' })), [], 'only what is held');
});

test('whom the gateway may still let in waits for nobody in particular', () => {
  const one = { caseId: row().caseId, oid: oid(1), since: inDays(-1), why: 'The list is full' };
  const waits = notContained(one, { ...EMPTY, cases: [row({ displayName: 'Alex' })] });
  assert.deepEqual(
    [waits.kind, waits.right, waits.displayName, waits.barred],
    ['not-contained', 'operate', 'Alex', []],
  );
  assert.match(waits.what, /may still let them in; it is tried every minute\. The list is full/);
});
