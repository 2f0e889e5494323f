import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  CASE_STATES,
  type CaseMode,
  type CaseRow,
  type CaseState,
  instanceIdOf,
  type OffboardingRequest,
  type TriggerName,
} from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { decideIntake } from '../../src/intake/rules/decide-intake.ts';
import { isRestored } from '../../src/intake/rules/is-restored.ts';
import { mayStart, mergeRequest } from '../../src/intake/rules/merge-request.ts';
import { asOfNow, isDue, startedWhenDue } from '../../src/intake/rules/schedule.ts';
import { datedWord, lastDaysTold } from '../../src/intake/rules/words.ts';
import type { Oid } from '../../src/people/oid.ts';

const OID = '11111111-2222-4333-8444-555555555555' as Oid;
const DELETED = '2026-11-20T09:00:00Z';
const [DAY, OTHER] = ['2026-12-31T17:00:00.000Z', '2027-01-31T17:00:00.000Z'];

const asked: OffboardingRequest = {
  oid: OID,
  trigger: 'hr-queue',
  reason: 'HR reported a leaver.',
  requestedBy: 'hr',
  requestedAt: '2026-11-20T10:00:00Z',
  mode: 'apply',
  lastDay: '2026-12-31',
  startsAt: DAY,
  dedupeKey: 'hr:1',
};
const caseId = makeCaseId(OID, 1);
const scheduled: CaseRow = {
  ...asked,
  ...{ caseId, n: 1, state: 'scheduled', instanceId: instanceIdOf(caseId) },
  openedAt: '2026-11-20T10:00:01Z',
  merged: [],
};

/**
 * What a person has (`-`: nothing; anything but `scheduled` is about the deletion where there is one), whether the
 * account is there, who asks, in which mode and for when (`day`: the same as before), and what becomes of it.
 */
const SITUATIONS = `
  has                    account   asks                     becomes
  -                      there     hr-queue apply day       new scheduled apply
  -                      there     api apply day            new scheduled apply
  -                      there     hr-queue plan day        new scheduled plan
  -                      there     api apply now            new open apply
  apply scheduled        deleted   entra-event apply now    starts
  apply scheduled        gone      entra-event apply now    starts
  apply scheduled        deleted   sweep apply now          starts
  apply scheduled        there     hr-queue apply now       starts
  apply scheduled        there     api apply now            starts
  apply scheduled        there     hr-queue apply day       joins
  apply scheduled        there     api apply day            joins
  apply scheduled        there     hr-queue apply other     moves
  apply scheduled        there     api apply other          moves
  apply scheduled        deleted   hr-queue apply other     moves
  apply scheduled        there     same apply day           repeats
  apply scheduled        there     same plan day            repeats
  apply scheduled        deleted   entra-event plan now     new open plan
  apply scheduled        there     api plan now             new open plan
  apply scheduled        there     api plan other           joins
  apply scheduled        there     hr-queue plan day        joins
  apply scheduled        there     entra-event apply now    not-a-leaver
  apply scheduled-held   deleted   entra-event apply now    holds
  apply scheduled-held   there     api apply now            starts
  apply scheduled-held   there     api apply other          moves
  plan scheduled         deleted   entra-event apply now    new open apply
  plan scheduled         there     api apply now            new open apply
  plan scheduled         there     hr-queue apply day       new scheduled apply
  plan scheduled         there     same apply day           new scheduled apply
  plan scheduled         there     hr-queue plan other      moves
  plan scheduled         there     api plan now             new open plan
  plan scheduled         deleted   entra-event plan now     new open plan
  apply on-hold          there     api apply day            joins
  apply on-hold          there     api apply now            starts
  apply running          there     hr-queue apply day       joins
  apply running          there     api apply other          joins
  apply filed            there     hr-queue apply day       new scheduled apply
  apply filed            there     api apply day            new scheduled apply
  apply filed            deleted   hr-queue apply day       joins
  apply refused          there     hr-queue apply day       new scheduled apply
  apply cancelled        there     same apply day           repeats
  apply cancelled        there     same plan day            repeats
  apply cancelled        there     hr-queue apply day       new scheduled apply
  apply cancelled        there     api apply now            new open apply
  apply cancelled        deleted   entra-event apply now    new open apply
`;

describe('a case that waits for its day:', () => {
  for (const line of SITUATIONS.trim().split('\n').slice(1)) {
    const [has = '', account = '', asks = '', becomes = ''] = line.trim().split(/ {2,}/);
    test(`${has === '-' ? 'nobody’s case' : has}, account ${account}, asked ${asks}: ${becomes}`, () => {
      assert.equal(becomeOf(has, account, asks), becomes);
    });
  }
});

function becomeOf(has: string, account: string, asks: string): string {
  const [mode = '', shown = ''] = has.split(' ');
  const state = shown === 'on-hold' ? 'open' : shown.replace('-held', '');
  const { startsAt: _, ...rest } = scheduled;
  const before: CaseRow = {
    ...(state === 'scheduled' || state === 'cancelled' ? scheduled : rest),
    mode: mode as CaseMode,
    state: state as CaseState,
    ...(shown === 'on-hold' || shown === 'scheduled-held' ? { onHold: 'too many' } : {}),
    ...(account === 'deleted' && state === 'filed' ? { deletedAt: DELETED } : {}),
  };
  assert.ok(has === '-' || CASE_STATES.includes(before.state));
  const [who = '', wants = '', when = ''] = asks.split(' ');
  const { startsAt: __, lastDay: ___, dedupeKey: ____, ...now } = asked;
  const request: OffboardingRequest = {
    ...now,
    ...(who === 'same' ? { dedupeKey: 'hr:1' } : { trigger: who as TriggerName, dedupeKey: `${who}:other` }),
    mode: wants as CaseMode,
    ...(when === 'day' ? { startsAt: DAY, lastDay: '2026-12-31' } : {}),
    ...(when === 'other' ? { startsAt: OTHER, lastDay: '2027-01-31' } : {}),
  };
  const person = {
    there: { state: 'active' },
    deleted: { state: 'soft-deleted', deletedAt: DELETED },
    gone: { state: 'gone' },
  } as const;
  const facts = { request, person: person[account as keyof typeof person] };
  const decision = decideIntake({ ...facts, rows: has === '-' ? [] : [before] });
  if (decision.kind === 'open') return `new ${request.startsAt === undefined ? 'open' : 'scheduled'} ${request.mode}`;
  if (decision.kind === 'duplicate') return 'repeats';
  if (decision.kind !== 'merge') return decision.kind;
  const after = mergeRequest(before, request, account === 'deleted' ? DELETED : undefined);
  if (mayStart(after, request)) return 'starts';
  if (before.state === 'scheduled' && after.state === 'open') return 'holds';
  if (after.startsAt !== before.startsAt) {
    assert.deepEqual([after.state, after.startsAt, after.lastDay], ['scheduled', OTHER, '2027-01-31']);
    return 'moves';
  }
  assert.equal(after.state, before.state);
  return 'joins';
}

const now = new Date('2026-12-01T12:00:00Z');
const deletion: OffboardingRequest = {
  ...{ oid: OID, trigger: 'entra-event', reason: 'Entra reported a deletion.', requestedBy: 'entra' },
  ...{ requestedAt: now.toISOString(), mode: 'apply', dedupeKey: 'entra:1' },
};

test('a deletion that comes early keeps the day for the case that it is undone; the word of a person replaces it', () => {
  const early = mergeRequest(scheduled, deletion, DELETED);
  assert.deepEqual([early.state, early.startsAt, early.deletedAt], ['open', DAY, DELETED]);
  const { startsAt: _, ...hr } = { ...asked, dedupeKey: 'hr:2' };
  const atOnce = mergeRequest(scheduled, hr, undefined);
  assert.deepEqual([atOnce.state, atOnce.startsAt], ['open', undefined]);
  assert.match(atOnce.reason, /Scheduled for 2026-12-31 17:00 UTC, and started before: HR reported a leaver\./);
});

test('until its day the word of HR keeps nobody out who was deleted by mistake and restored; from that day on it does', () => {
  const early = mergeRequest(scheduled, deletion, DELETED);
  assert.equal(isRestored(early, { state: 'active' }, now), true);
  assert.equal(isRestored(early, { state: 'active' }, new Date(DAY)), false);
  const word = mergeRequest(early, { ...deletion, trigger: 'api', dedupeKey: 'api:1' }, DELETED);
  assert.equal(isRestored(word, { state: 'active' }, now), false);
});

test('of the days that were named only the last keeps anybody out, from it on', () => {
  const later = { ...asked, startsAt: OTHER, lastDay: '2027-01-31', dedupeKey: 'hr:2' };
  const even = { ...later, startsAt: '2027-02-28T17:00:00.000Z', dedupeKey: 'hr:3' };
  const moved = mergeRequest(mergeRequest(scheduled, later, undefined), even, undefined);
  const early = mergeRequest(moved, deletion, DELETED);
  assert.equal(isRestored(early, { state: 'active' }, new Date(OTHER)), true);
  assert.equal(isRestored(early, { state: 'active' }, new Date(even.startsAt)), false);
  assert.equal(datedWord(early)?.lastDay, '2027-01-31');
  const last = { ...asked, startsAt: '2027-03-31T17:00:00.000Z', lastDay: '2027-03-31', dedupeKey: 'hr:4' };
  const running = mergeRequest({ ...early, state: 'running' }, last, DELETED);
  assert.equal(isRestored(running, { state: 'active' }, new Date(even.startsAt)), true);
  assert.deepEqual([datedWord(running)?.startsAt, datedWord(running)?.lastDay], [last.startsAt, '2027-03-31']);
});

test('a day that is named after the one by which a case began lets nobody in', () => {
  const began: CaseRow = { ...scheduled, state: 'running' };
  const later = { ...asked, startsAt: OTHER, requestedAt: '2027-01-02T09:00:00Z', dedupeKey: 'hr:2' };
  const after = mergeRequest(began, later, undefined);
  assert.equal(isRestored(after, { state: 'active' }, new Date('2027-01-03T09:00:00Z')), false);
  const before = mergeRequest(began, { ...later, requestedAt: '2026-12-30T09:00:00Z' }, undefined);
  assert.equal(isRestored(before, { state: 'active' }, new Date('2027-01-03T09:00:00Z')), true);
});

test('the last day that was moved away from counts no more, in the row or in what was merged into it', () => {
  const later = { ...asked, startsAt: OTHER, lastDay: '2027-01-31', dedupeKey: 'hr:2' };
  const moved = mergeRequest(mergeRequest(scheduled, later, undefined), { ...later, dedupeKey: 'hr:3' }, undefined);
  assert.deepEqual(lastDaysTold(moved), ['2027-01-31']);
  const { lastDay: _, ...unknown } = later;
  assert.equal(mergeRequest(scheduled, unknown, undefined).lastDay, undefined);
});

test('a case is due from its instant on, and says how late it began', () => {
  const at = (ms: number): Date => new Date(Date.parse(DAY) + ms);
  assert.deepEqual([isDue(scheduled, at(-1)), isDue(scheduled, at(0)), isDue(scheduled, at(9e9))], [false, true, true]);
  assert.equal(isDue({ ...scheduled, state: 'cancelled' }, at(0)), false);
  assert.equal(
    startedWhenDue(scheduled, at(61_000)).reason,
    'HR reported a leaver. Scheduled for 2026-12-31 17:00 UTC.',
  );
  assert.equal(
    startedWhenDue(scheduled, at(3 * 3_600_000 + 120_000)).reason,
    'HR reported a leaver. Scheduled for 2026-12-31 17:00 UTC, and began 3 hours and 2 minutes late.',
  );
});

test('a request whose instant has come is one for now, and says how late it came', () => {
  const later = asOfNow(asked, new Date('2027-01-02T17:00:00Z'));
  assert.equal(later.startsAt, undefined);
  assert.match(later.reason, /and began 48 hours late\.$/);
  assert.equal(asOfNow({ ...asked, startsAt: '2026-12-31T18:00:00+01:00' }, now).startsAt, DAY);
});
