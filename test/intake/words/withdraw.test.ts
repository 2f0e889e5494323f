import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CaseRow, instanceIdOf, type OffboardingRequest, TRIGGERS } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { hrKeyOf, isOfLeaving } from '../../../src/intake/rules/hr-words.ts';
import { isRestored } from '../../../src/intake/rules/is-restored.ts';
import { mergeRequest } from '../../../src/intake/rules/merge-request.ts';
import { withdraw } from '../../../src/intake/rules/withdraw.ts';
import { datedWord, lastDaysTold, type Word } from '../../../src/intake/rules/words.ts';
import type { Oid } from '../../../src/people/oid.ts';

const OID = '11111111-2222-4333-8444-555555555555' as Oid;
const DELETED = '2026-11-20T09:00:00Z';
const NOW = '2026-12-10T09:00:00.000Z';
/** The days of these tests, by their number; the first has passed. */
const DAYS = ['2026-12-01', '2026-12-31', '2027-01-31', '2027-02-28'];
const startOf = (day: string): string => `${day}T17:00:00.000Z`;

let count = 0;
/** `hr A 1`: HR's word of leaving A for the day 1; `api now`; `api plan 2`; `deletion`. */
function requestOf(words: string): OffboardingRequest {
  count += 1;
  const [who = '', ...rest] = words.split(' ');
  const about = { oid: OID, reason: 'Because.', requestedAt: `2026-11-2${count % 10}T10:00:00.000Z` };
  if (who === 'deletion') return { ...about, trigger: 'entra-event', requestedBy: 'entra', mode: 'apply' };
  const day = DAYS[Number(rest.at(-1)) - 1];
  const leavingId = who === 'hr' ? rest[0] : undefined;
  return {
    ...about,
    ...{ trigger: who === 'hr' ? 'hr-queue' : who === 'workflow' ? 'lifecycle-workflow' : 'api', requestedBy: who },
    mode: rest.includes('plan') ? 'plan' : 'apply',
    ...(day === undefined ? {} : { startsAt: startOf(day), lastDay: day }),
    ...(leavingId && { dedupeKey: hrKeyOf({ messageId: `m${count}`, about: { leavingId, issuedAt: NOW } }) }),
  };
}

function caseOf(state: string, words: string): CaseRow {
  const [first = '', ...rest] = words.split(', ');
  const opened = requestOf(first);
  const waits = opened.startsAt !== undefined;
  const caseId = makeCaseId(OID, 1);
  const about = { caseId, n: 1, instanceId: instanceIdOf(caseId), openedAt: NOW, merged: [] };
  const row: CaseRow = { ...opened, ...about, state: waits ? 'scheduled' : 'open' };
  const all = rest.reduce((before, each) => {
    const request = requestOf(each);
    return mergeRequest(before, request, each === 'deletion' ? DELETED : undefined);
  }, row);
  if (state === 'on-hold') return { ...all, state: 'open', onHold: 'too many' };
  return { ...all, state: state as CaseRow['state'] };
}

const isA = (word: Word): boolean => isOfLeaving(word, 'A', []);
const by = { requestedBy: 'hr', requestedAt: NOW, reason: 'They stay.' };
const dayOf = (row: CaseRow): string => {
  const day = DAYS.findIndex((each) => startOf(each) === row.startsAt);
  return day === -1 ? 'none' : String(day + 1);
};

/**
 * What was said on a case, the first of which opened it, before HR withdraws its leaving A; in which state it is; and
 * what becomes of it: the day for which it waits by then, or the word that is left.
 */
const SITUATIONS = `
  said                                    state       becomes
  hr A 2                                  scheduled   cancelled
  hr A 2, hr A 3                          scheduled   cancelled
  api 2                                   scheduled   untouched
  hr B 2                                  scheduled   untouched
  hr A 2, hr B 3                          scheduled   waits 3
  hr B 2, hr A 3                          scheduled   waits 2
  hr B 2, hr A 3, hr A 4                  scheduled   waits 2
  hr B 2, hr A 3, hr B 4                  scheduled   waits 4
  api 2, hr A 3                           scheduled   waits 2
  hr A 2, api 3                           scheduled   waits 3
  hr A 2, api 3, hr A 4                   scheduled   waits 3
  hr B 1, hr A 3                          scheduled   waits 3
  hr A 2, api plan 3                      scheduled   cancelled
  hr B plan 2, hr A plan 3                scheduled   waits 2
  hr A now                                on-hold     to-refuse
  hr A now, hr A now                      on-hold     to-refuse
  hr A now, hr B now                      on-hold     waits none
  hr A now, api now                       on-hold     waits none
  hr A now, workflow now                  on-hold     waits none
  hr A now, api plan now                  on-hold     to-refuse
  hr A now, hr B 2                        on-hold     to-refuse
  hr A now, hr B 2, deletion              on-hold     waits none
  hr A now, deletion                      on-hold     waits none
  deletion, hr A now                      on-hold     waits none
  api now                                 on-hold     untouched
  hr A now                                open        waits none
  hr A now, api now                       open        waits none
  hr A now, deletion                      open        untouched
  api now                                 open        untouched
  hr A now                                running     untouched
  hr A 1                                  running     untouched
  api now, hr A 2                         running     ended
  deletion, hr A 2                        running     ended
  hr A 2, deletion                        running     ended
  hr A 2, deletion                        filed       ended
  workflow now, hr A 2                    filed       ended
  deletion, hr A 2, hr B 3                filed       goes on 3
  deletion, hr B 2, hr A 3                filed       goes on 2
  hr A 2                                  cancelled   untouched
  hr A now                                refused     untouched
  hr A 2                                  refused     untouched
  hr A 1, deletion                        running     ended
`;

describe('HR withdraws a leaving:', () => {
  for (const line of SITUATIONS.trim().split('\n').slice(1)) {
    const [said = '', state = '', becomes = ''] = line.trim().split(/ {2,}/);
    test(`${said}; ${state}: ${becomes}`, () => {
      const row = caseOf(state, said);
      const done = withdraw(row, isA, by);
      if (done.kind === 'waits') {
        assert.equal(`waits ${dayOf(done.row)}`, becomes);
        assert.equal(done.row.state, row.state);
        assert.equal(withdraw(done.row, isA, by).kind, 'untouched');
      } else if (done.kind === 'day-ended') {
        const left = datedWord(done.row)?.startsAt;
        assert.equal(left === undefined ? 'ended' : `goes on ${dayOf({ ...row, startsAt: left })}`, becomes);
        assert.equal(done.row.cancellation === undefined, left !== undefined);
      } else assert.equal(done.kind, becomes);
      if (done.kind === 'cancelled')
        assert.equal(done.row.cancellation, 'hr cancelled it at 2026-12-10 09:00 UTC: They stay.');
    });
  }
});

test('two leavings of one case that are withdrawn one after the other end it', () => {
  for (const [first, second] of [
    ['A', 'B'],
    ['B', 'A'],
  ] as const) {
    const of = (leaving: string) => (word: Word) => isOfLeaving(word, leaving, []);
    const once = withdraw(caseOf('scheduled', 'hr A 2, hr B 3'), of(first), by);
    assert.equal(once.kind, 'waits');
    assert.equal('row' in once && withdraw(once.row, of(second), by).kind, 'cancelled');
    const held = withdraw(caseOf('on-hold', 'hr A now, hr B now'), of(first), by);
    assert.equal('row' in held && withdraw(held.row, of(second), by).kind, 'to-refuse');
  }
});

test('a leaving that is wanted again after it was withdrawn is a word like any other', () => {
  const withdrawn = withdraw(caseOf('scheduled', 'api 2, hr A 3'), isA, by);
  assert.ok('row' in withdrawn);
  const again = mergeRequest(withdrawn.row, requestOf('hr A 4'), undefined);
  assert.deepEqual([dayOf(again), lastDaysTold(again)], ['4', [DAYS[3]]]);
  const taken = withdraw(again, isA, by);
  assert.ok('row' in taken);
  assert.deepEqual([dayOf(taken.row), lastDaysTold(taken.row)], ['2', [DAYS[1]]]);
});

test('a day that is named after another was cancelled does not bring that one back when it is withdrawn', () => {
  const cancelled = { ...caseOf('filed', 'deletion, api 2'), cancellation: 'operator cancelled it' };
  const named = mergeRequest(cancelled, requestOf('hr A 3'), undefined);
  assert.equal(datedWord(named)?.startsAt, startOf(DAYS[2] ?? ''));
  const done = withdraw(named, isA, by);
  assert.equal('row' in done && datedWord(done.row), undefined);
});

/** Which day a case is still to act on, if any, by what was said on it. */
const ACTS_ON = `
  said                                    day
  deletion, hr A 2                        2
  deletion, hr A plan 2                   none
  deletion, api plan 3                    none
  hr A 2, api plan 3, deletion            2
  hr A 2, hr A 3, deletion                3
  hr A 2, hr A 3, api now                 none
  hr A 2, hr A 3, workflow now            none
  hr A 2, hr A 3, hr B now                none
  hr A 2, hr A 3, api plan now            3
  hr A 2, deletion, api now               none
  hr A 2, api now, hr A 3                 3
  hr A plan 2                             2
  hr A plan 2, hr A plan 3                3
`;

describe('of the days on a case', () => {
  for (const line of ACTS_ON.trim().split('\n').slice(1)) {
    const [said = '', day = ''] = line.trim().split(/ {2,}/);
    test(`${said}: it acts on ${day}`, () => {
      const startsAt = datedWord(caseOf('filed', said))?.startsAt;
      assert.equal(startsAt === undefined ? 'none' : dayOf({ ...caseOf('filed', said), startsAt }), day);
    });
  }
});

test('a request for a plan keeps nobody out of what was carried out for a deletion that was undone', () => {
  const there = { state: 'active' } as const;
  for (const trigger of TRIGGERS) {
    const row = caseOf('running', 'deletion');
    const request: OffboardingRequest = { ...requestOf('api now'), trigger };
    const asksNow = trigger !== 'entra-event' && trigger !== 'sweep';
    assert.equal(isRestored(mergeRequest(row, request, DELETED), there, new Date(NOW)), !asksNow, trigger);
    const planned = mergeRequest(row, { ...request, mode: 'plan' }, DELETED);
    assert.equal(isRestored(planned, there, new Date(NOW)), true, trigger);
  }
});
