import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASE_STATES, type CaseRow, type CaseState, instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { isKnownLeaving, verdictOf } from '../../src/duties/reconciliation/rules/verdict.ts';
import type { Oid } from '../../src/people/oid.ts';

const oid = '11111111-2222-4333-8444-555555555555' as Oid;
const caseId = makeCaseId(oid, 1);
const since = '2026-11-20T10:00:00Z';
const now = new Date('2026-11-20T12:00:00Z');
const inState = (state: CaseState, more: Partial<CaseRow> = {}): CaseRow => ({
  ...{ oid, caseId, n: 1, state, trigger: 'hr-queue', reason: 'left', requestedBy: 'hr', requestedAt: since },
  ...{ mode: 'apply', instanceId: instanceIdOf(caseId), openedAt: since, merged: [], ...more },
});
const whenGone = (rows: readonly CaseRow[], removed?: 'deleted') =>
  verdictOf({ since, ...(removed && { removed }) }, { state: 'gone' }, rows, now, 120).kind;

test('who is deleted for good has left where no case that began is about it', () => {
  const kinds = CASE_STATES.map((state) => [state, whenGone([inState(state)])]);
  assert.deepEqual(Object.fromEntries(kinds), {
    ...{ scheduled: 'left', cancelled: 'left', refused: 'left' },
    // An open case that nobody started is started by it.
    open: 'left',
    ...{ running: 'gone', filed: 'gone', failed: 'gone' },
  });
  assert.equal(whenGone([inState('filed'), inState('cancelled', { n: 2 })]), 'gone');
  assert.deepEqual([whenGone([]), whenGone([], 'deleted')], ['nothing', 'left']);
});

test('a refused case that says that they are gone is told nothing more', () => {
  assert.equal(whenGone([inState('refused', { goneAt: since })]), 'gone');
  assert.equal(whenGone([inState('cancelled', { goneAt: since })]), 'left');
});

test('a plan that somebody looked at meanwhile is not about who is deleted for good', () => {
  const back = inState('filed', { deletedAt: since, restoredAt: since });
  assert.deepEqual(
    [
      [back],
      [back, inState('filed', { n: 2, mode: 'plan' })],
      [back, inState('filed', { n: 2, mode: 'plan', goneAt: since })],
      [back, inState('filed', { n: 2 })],
      [inState('filed', { goneAt: since, restoredAt: since })],
    ].map((rows) => whenGone(rows)),
    ['left', 'left', 'gone', 'gone', 'left'],
  );
});

test('a deletion that nobody but an operator looked at is known by no case', () => {
  const deleted = { state: 'soft-deleted', deletedAt: since } as const;
  const kindOf = (more: Partial<CaseRow>) =>
    verdictOf({ since, removed: 'changed' }, deleted, [inState('filed', { deletedAt: since, ...more })], now, 120).kind;
  const word = { trigger: 'entra-event', requestedBy: 'entra', requestedAt: since, reason: 'Deleted.' } as const;
  assert.deepEqual(
    [kindOf({ mode: 'plan', trigger: 'api' }), kindOf({ mode: 'plan', trigger: 'api', merged: [word] })],
    ['left', 'nothing'],
  );
  assert.deepEqual([kindOf({ mode: 'plan' }), kindOf({ trigger: 'api' })], ['nothing', 'nothing']);
});

test('of whose account is disabled a plan knows where plans are what is asked for', () => {
  const planned = [inState('filed', { mode: 'plan' })];
  assert.deepEqual([isKnownLeaving(planned, since, 'plan'), isKnownLeaving(planned, since, 'apply')], [true, false]);
  assert.equal(isKnownLeaving([inState('filed')], since, 'plan'), true);
});

test('a case that was cancelled is not about the leaving of whose account is disabled', () => {
  assert.deepEqual(
    [isKnownLeaving([inState('cancelled')], since, 'apply'), isKnownLeaving([inState('running')], since, 'apply')],
    [false, true],
  );
});
