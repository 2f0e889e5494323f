import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf, type OffboardingRequest } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { mayStart, mergeRequest } from '../../../src/intake/rules/merge-request.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = '11111111-2222-4333-8444-555555555555' as Oid;
const caseId = makeCaseId(oid, 1);
const DAY = '2026-12-31T17:00:00.000Z';
const hr: OffboardingRequest = {
  ...{ oid, trigger: 'hr-queue', reason: 'left', requestedBy: 'hr', requestedAt: '2026-11-20T09:00:00Z' },
  mode: 'apply',
};
const row: CaseRow = {
  ...{ ...hr, caseId, n: 1, state: 'open', instanceId: instanceIdOf(caseId) },
  ...{ openedAt: '2026-11-20T09:00:00Z', merged: [] },
};
type Merged = CaseRow['merged'][number];

/** Each so long that two have room and three have not. */
const long = (name: string, more: Partial<Merged> = {}): Merged => {
  const { oid: _, ...said } = hr;
  return { ...said, trigger: 'api', reason: name.padEnd(10_500, '.'), ...more };
};
const left = (first: Merged, second: Merged, last: Merged = long('c')): string =>
  mergeRequest({ ...row, merged: [first, second] }, { ...last, mode: last.mode ?? 'apply', oid }, undefined)
    .merged.map(({ reason }) => reason[0])
    .join('');

test('of records without room the one on which least rests makes room, and the newest stays', () => {
  const dated = { startsAt: DAY };
  const cases: readonly (readonly [what: string, left: string, expected: string])[] = [
    ['the directory’s word first', left(long('a'), long('b', { trigger: 'sweep' })), 'ac'],
    ['an event as well', left(long('a', { trigger: 'hr-queue' }), long('b', { trigger: 'entra-event' })), 'ac'],
    ['the directory’s word where it is the oldest', left(long('a', { trigger: 'sweep' }), long('b', dated)), 'bc'],
    [
      'the directory’s word before what was taken back',
      left(long('a', { trigger: 'sweep' }), long('b', { withdrawnAt: DAY })),
      'bc',
    ],
    ['what was taken back', left(long('a', dated), long('b', { ...dated, withdrawnAt: DAY })), 'ac'],
    ['what is said again', left(long('a', dated), long('b')), 'ac'],
    ['said again, but by another', left(long('a', dated), long('b'), long('c', { trigger: 'hr-queue' })), 'bc'],
    ['said again, but in another mode', left(long('a', dated), long('b', { mode: 'plan' })), 'bc'],
    ['said again, but with another last day', left(long('a', dated), long('b', { lastDay: '2026-12-01' })), 'bc'],
    ['said again, but for a day', left(long('a', dated), long('b'), long('c', dated)), 'bc'],
    [
      'HR’s word, said again',
      left(long('a', dated), long('b', { trigger: 'hr-queue' }), long('c', { trigger: 'hr-queue' })),
      'bc',
    ],
    ['a day that is named again', left(long('a', { trigger: 'hr-queue' }), long('b', dated), long('c', dated)), 'bc'],
    ['the newest is never the one', left(long('a', dated), long('b', dated), long('c', { trigger: 'sweep' })), 'bc'],
    ['of two that are said again the older', left(long('a'), long('b')), 'bc'],
    ['said again among others', left(long('a'), long('b', { trigger: 'lifecycle-workflow' })), 'bc'],
  ];
  for (const [what, is, expected] of cases) assert.equal(is, expected, what);
});

test('what is recorded of a request is what it said, and nothing that it did not say', () => {
  const { oid: _, ...said } = hr;
  assert.deepEqual(mergeRequest(row, hr, undefined), { ...row, merged: [said] });
  const whole = { ...hr, lastDay: '2026-12-31', startsAt: DAY, dedupeKey: 'hr:1' };
  const { oid: __, ...all } = whole;
  assert.deepEqual(mergeRequest(row, whole, undefined).merged, [all]);
});

test('a case takes over a deletion while it goes on, and not while it waits or once it has ended', () => {
  const about = (state: CaseRow['state']) => mergeRequest({ ...row, state }, hr, 'now').deletedAt;
  assert.deepEqual((['open', 'running', 'filed', 'failed', 'cancelled', 'refused'] as const).map(about), [
    ...['now', 'now', undefined, undefined, undefined, undefined],
  ]);
  const { deletedAt: _, ...kept } = mergeRequest(row, hr, undefined);
  assert.deepEqual(Object.keys(kept).includes('deletedAt'), false);
});

test('a day that was cancelled counts again where a day is named that can be kept', () => {
  const cancelled = { ...row, state: 'running', cancellation: 'x' } as const;
  const kept = (of: CaseRow, request: Partial<OffboardingRequest>) =>
    mergeRequest(of, { ...hr, ...request }, undefined).cancellation;
  assert.equal(kept(cancelled, { startsAt: DAY }), undefined);
  assert.equal(kept(cancelled, {}), 'x', 'no day is named');
  assert.equal(kept(cancelled, { startsAt: DAY, mode: 'plan' }), 'x', 'a plan renews nothing that is carried out');
  assert.equal(kept({ ...cancelled, mode: 'plan' }, { startsAt: DAY, mode: 'plan' }), undefined);
  assert.equal(kept({ ...cancelled, state: 'cancelled' }, { startsAt: DAY }), 'x');
  const before = { ...cancelled, merged: [long('a', { startsAt: DAY }), long('b')] };
  const after = mergeRequest(before, { ...hr, startsAt: DAY }, undefined);
  assert.deepEqual(
    after.merged.map(({ withdrawnAt }) => withdrawnAt),
    [hr.requestedAt, undefined, undefined],
  );
  const unended = mergeRequest({ ...before, state: 'cancelled' }, { ...hr, startsAt: DAY }, undefined);
  assert.ok(unended.merged.every(({ withdrawnAt }) => withdrawnAt === undefined));
});

test('a case on hold is released by nobody who asks for another day', () => {
  const onHold = { ...row, onHold: 'too many' };
  assert.equal(mayStart(onHold, { trigger: 'api', mode: 'apply', startsAt: DAY }), false);
  assert.equal(mayStart(row, { trigger: 'api', mode: 'plan', startsAt: DAY }), true);
});

test('a case that waits is moved by a request of its own mode, and started by one that is to be carried out', () => {
  const waiting = { ...row, state: 'scheduled', startsAt: DAY } as const;
  const other = '2027-01-31T17:00:00.000Z';
  const after = (request: Partial<OffboardingRequest>, of: CaseRow = waiting) => {
    const { state, startsAt } = mergeRequest(of, { ...hr, ...request }, undefined);
    return [state, startsAt];
  };
  assert.deepEqual(after({ startsAt: other }), ['scheduled', other]);
  assert.deepEqual(after({ startsAt: other, mode: 'plan' }), ['scheduled', DAY]);
  assert.deepEqual(after({}), ['open', undefined]);
  assert.deepEqual(after({ mode: 'plan' }), ['scheduled', DAY]);
  assert.deepEqual(after({ startsAt: other }, { ...waiting, state: 'running' }), ['running', DAY]);
});
