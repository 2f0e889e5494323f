import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import type { Denied } from '../../../src/cases/denied/denied.ts';
import { dueOf } from '../../../src/cases/following/follow-up.ts';
import {
  afterCall,
  answeredCalls,
  type CallSeen,
  passedDenial,
  reopenedBySweep,
  tellingOf,
} from '../../../src/cases/following/reopening.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { at, FILED, filedOf, iso, oid, RUNNING } from './reopening-world.ts';

const identity = '0e000000-0000-4000-8000-00000000000a';

const call = (minutes: number, more: Partial<CallSeen> = {}): CallSeen => ({
  ...{ oid, at: iso(minutes), server: 'files', tool: 'read_file', status: 200, requestId: `r-${minutes}` },
  ...more,
});
const DENIED: Denied = {
  ...{ oid, kind: 'person', state: 'denied', generation: 1, since: iso(0), changedAt: iso(0), why: 'left' },
  caseId: makeCaseId(oid, 1),
};

test('which calls passed the gateway although it refuses their caller', () => {
  const passed = (minutes: number, more: Partial<Denied> = {}): boolean =>
    passedDenial(call(minutes), { ...DENIED, ...more });
  assert.equal(passed(-1), false, 'before the denial');
  assert.equal(passed(5), false, 'the gateway has minutes to read the list');
  assert.equal(passed(6), true);
  assert.equal(passed(6, { state: 'released' }), false);
  assert.equal(passed(6, { state: 'unreadable' }), false);
  assert.equal(passed(60, { kind: 'identity', until: iso(90) }), true);
  assert.equal(passed(90, { kind: 'identity', until: iso(90) }), false, 'the denial ends at this very instant');
  assert.equal(passed(95, { kind: 'identity', until: iso(90) }), false, 'the denial had ended');
});

test('of a batch the newest answered call of each caller counts; what was refused is none', () => {
  const calls = [
    call(6),
    call(9),
    call(7),
    call(10, { status: 403 }),
    call(11, { status: 401 }),
    call(12, { oid: '' }),
    call(13, { status: 400 }),
    call(9, { requestId: 'at the same time' }),
  ];
  const others = [call(8, { oid: identity }), call(9, { oid: identity, status: 500 })];
  assert.deepEqual(
    answeredCalls([...calls, ...others]).map((each) => [each.oid, each.requestId]),
    [
      [oid, 'r-9'],
      [identity, 'r-8'],
    ],
  );
});

const passedIn = (revision: number, minutes: number) => {
  const { oid: _, ...seen } = call(minutes);
  return { ...seen, revision };
};

/** The row, when the call was made and it is now, and what becomes of the case. */
const CALLS: readonly (readonly [what: string, row: CaseRow, made: number, now: number, became: string])[] = [
  ['a filed case is reopened', FILED, 40, 41, 'reopened'],
  ['also where it has open findings, and was filed just now', filedOf(RUNNING, 30, 'attention'), 31, 31, 'reopened'],
  ['the flood that follows changes nothing', { ...FILED, passed: passedIn(2, 40) }, 42, 42, 'known'],
  ['nor does the same batch after its report', { ...FILED, passed: passedIn(1, 40) }, 40, 300, 'known'],
  [
    'a later one soon after a report with an incident is no news',
    { ...filedOf(RUNNING, 60, 'attention'), passed: passedIn(1, 40) },
    100,
    100,
    'known',
  ],
  [
    'an hour after that report it is',
    { ...filedOf(RUNNING, 60, 'attention'), passed: passedIn(1, 40) },
    130,
    130,
    'reopened',
  ],
  ['to the minute', { ...filedOf(RUNNING, 60, 'attention'), passed: passedIn(1, 40) }, 120, 120, 'reopened'],
  ['at once where that report says clear', { ...FILED, passed: passedIn(1, 20) }, 40, 40, 'reopened'],
  [
    'at once where it says that nothing is left but what ends by itself',
    { ...filedOf(RUNNING, 30, 'residual'), passed: passedIn(1, 20) },
    40,
    40,
    'reopened',
  ],
  ['a running case notes it', RUNNING, 10, 10, 'noted'],
  ['once', { ...RUNNING, passed: passedIn(1, 9) }, 10, 10, 'known'],
  ['and again in its next revision', { ...RUNNING, passed: passedIn(0, 9) }, 10, 10, 'noted'],
  ['an open one notes it', { ...RUNNING, state: 'open' }, 10, 10, 'noted'],
  ['a case that failed cannot be read', { ...RUNNING, state: 'failed' }, 10, 10, 'none'],
  ['a plan contains nobody', { ...FILED, mode: 'plan' }, 40, 41, 'none'],
  ['who is not contained is told already', { ...FILED, contained: 'failed' }, 40, 41, 'none'],
];

for (const [what, row, made, now, became] of CALLS) {
  test(`a call that passed: ${what}`, () => {
    const after = afterCall(row, call(made), at(now));
    assert.equal(after.kind, became);
    if (after.kind === 'reopened') {
      assert.equal(after.row.incident, true);
      assert.equal(after.row.passed?.requestId, `r-${made}`);
      assert.equal(dueOf(after.row, at(now))?.because, 'reopened');
      assert.equal(afterCall(after.row, call(made + 1), at(now + 1)).kind, 'known');
    }
    if (after.kind === 'noted') assert.deepEqual([after.row.incident, after.row.state], [true, row.state]);
  });
}

test('a call of a clock that is ahead makes no later call an old one, and is itself no news when it comes again', () => {
  const [years, outcome] = [60 * 24 * 3_650, 'clear'];
  const after = afterCall(FILED, call(years), at(40));
  assert.ok(after.kind === 'reopened');
  assert.equal(after.row.passed?.at, iso(40));
  const filed: CaseRow = { ...after.row, ...filedOf(RUNNING, 50, outcome), passed: passedIn(1, 40) };
  const told = { ...filed, passed: after.row.passed && { ...after.row.passed, revision: 1 } };
  assert.equal(afterCall(told, call(60), at(60)).kind, 'reopened');
  assert.equal(afterCall(told, call(years), at(90)).kind, 'known', 'the hub delivers it once more');
});

test('another call of the very instant that a report tells of is no news', () => {
  const told: CaseRow = { ...FILED, passed: passedIn(1, 40) };
  assert.equal(afterCall(told, call(40, { requestId: 'another' }), at(300)).kind, 'known');
  assert.equal(afterCall(told, call(41, { requestId: 'another' }), at(300)).kind, 'reopened');
});

test('what an identity does is told as the identity’s', () => {
  const after = afterCall(FILED, call(40, { oid: identity }), at(41));
  assert.equal(after.kind === 'reopened' && after.row.passed?.identity, identity);
});

test('a call that was noted too late for the report of a running case makes the next one, at once', () => {
  const noted = afterCall(RUNNING, call(10), at(10));
  assert.ok(noted.kind === 'noted');
  const filed = filedOf(noted.row, 30, 'clear');
  assert.deepEqual(tellingOf(filed, iso(10)), filed, 'told');
  for (const told of [undefined, iso(8)]) {
    const again = tellingOf(filed, told);
    assert.deepEqual([again.incident, again.passed?.revision, dueOf(again, at(30))?.because], [true, 2, 'reopened']);
  }
  assert.deepEqual(tellingOf(FILED, undefined), FILED, 'nothing was noted');
  const { filedAt: _, ...unfiled } = filed;
  assert.equal(dueOf(tellingOf(unfiled, undefined), at(10))?.at, iso(10), 'as of the call, where nobody knows more');
});

test('a case that a sweep reopens says when', () => {
  assert.equal(reopenedBySweep(FILED, at(90)).sweptAt, iso(90));
});
