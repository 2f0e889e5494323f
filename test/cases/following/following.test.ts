import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, instanceIdOf } from '../../../src/cases/case.ts';
import {
  attemptIdOf,
  attemptOf,
  endAttempt,
  filedAs,
  isEarlier,
  noteAnswer,
  revisionOf,
  toBeReadAgain,
  triesOf,
} from '../../../src/cases/following/attempts.ts';
import { lateWords } from '../../../src/cases/following/lateness.ts';
import { isNewerOffboarding } from '../../../src/cases/following/newer.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-000000000001' as Oid;
const AT = '2026-11-20T09:00:00.000Z';
const LATER = '2026-11-21T09:00:00.000Z';

function row(more: Partial<CaseRow> = {}): CaseRow {
  const caseId = makeCaseId(OID, 1);
  return {
    ...{ oid: OID, n: 1, caseId, trigger: 'api', mode: 'apply', state: 'running', reason: 'left', requestedBy: 'hr' },
    ...{ requestedAt: AT, openedAt: AT, instanceId: instanceIdOf(caseId), merged: [], ...more },
  };
}
const FILED = { filedAt: AT, outcome: 'attention', incident: false, report: 'r1.json' } as const;
const revision = (attempt: number) => ({ attempt, filedAt: AT, outcome: 'clear', report: `r${attempt}.json` }) as const;
const ended = { instanceId: 'x', endedAt: AT, why: 'It broke' };

test('which attempt a row tells of, which report, and how often that was begun', () => {
  const situations: readonly (readonly [string, Partial<CaseRow>, attempt: number, revision: number, tries: number])[] =
    [
      ['a new case', {}, 1, 1, 1],
      ['one attempt ended without a report', { attempts: [ended] }, 2, 1, 2],
      ['a report was filed', { revisions: [revision(1)] }, 2, 2, 1],
      [
        'the second attempt filed, and the third ended',
        { attempts: [ended, ended], revisions: [revision(2)] },
        4,
        2,
        2,
      ],
    ];
  for (const [what, more, attempt, which, tries] of situations) {
    const one = row(more);
    assert.deepEqual([attemptOf(one), revisionOf(one), triesOf(one)], [attempt, which, tries], what);
  }
});

test('a report is an earlier one wherever it stands among them', () => {
  const revisions = [revision(1), revision(2)];
  assert.ok(isEarlier({ revisions }, 'r1.json') && isEarlier({ revisions }, 'r2.json'));
  assert.ok(!isEarlier({ revisions }, 'r3.json') && !isEarlier({}, 'r1.json'));
  assert.equal(triesOf(row({ revisions: [] })), 1);
});

test('each attempt has an instance of its own', () => {
  const caseId = makeCaseId(OID, 1);
  assert.equal(attemptIdOf(caseId, 1), instanceIdOf(caseId));
  assert.equal(attemptIdOf(caseId, 3), `${instanceIdOf(caseId)}:attempt-3`);
});

test('an attempt that ended gives way to the next, or fails the case; what it left in a queue changes nothing', () => {
  const going = endAttempt(row({ generation: 4 }), { at: LATER, why: 'It broke', next: LATER });
  assert.deepEqual(
    [going.state, going.generation, going.instanceId, going.attemptAt, going.failure],
    ['running', 5, `${instanceIdOf(going.caseId)}:attempt-2`, LATER, undefined],
  );
  const failed = endAttempt(row({ attemptAt: AT }), { at: LATER, why: 'It broke' });
  assert.deepEqual(
    [failed.state, failed.outcome, failed.failure, failed.attemptAt],
    ['failed', 'failed', 'It broke', undefined],
  );
  assert.equal(failed.attempts?.length, 1);
});

test('however often a case broke, its row holds how often, and what the oldest attempts say is in the log', () => {
  const long = { instanceId: 'x', endedAt: AT, why: 'y'.repeat(400) };
  const many = endAttempt(row({ attempts: Array.from({ length: 80 }, () => long) }), { at: LATER, why: long.why });
  const whys = many.attempts?.map(({ why }) => why) ?? [];
  assert.equal(whys.length, 81);
  assert.ok(JSON.stringify(many.attempts).length <= 30_000);
  const cut = whys.filter((why) => why === 'See the log.').length;
  assert.ok(cut > 0 && cut < 81);
  assert.deepEqual(whys, [...Array(cut).fill('See the log.'), ...Array(81 - cut).fill(long.why)]);
  const few = endAttempt(row({ attempts: [long] }), { at: LATER, why: long.why });
  assert.deepEqual(
    few.attempts?.map(({ why }) => why),
    [long.why, long.why],
  );
});

test('a report that is filed is told on the row, and a case that cuts is followed up from its first one', () => {
  const first = filedAs(row({ failure: 'x', attemptAt: AT }), { ...FILED, awaiting: 2 }, ['24h']);
  assert.deepEqual(
    [first.state, first.report, first.awaiting, first.failure, first.attemptAt, first.followUps],
    ['filed', 'r1.json', 2, undefined, undefined, [{ which: '24h', at: LATER }]],
  );
  assert.equal('awaiting' in filedAs(row(), { ...FILED, awaiting: 0 }), false, 'none waits');
  const unfollowed: readonly (readonly [string, Partial<CaseRow>])[] = [
    ['a plan', { mode: 'plan' }],
    ['a later report', { revisions: [revision(1)] }],
    ['somebody whose leaving was taken back', { notReadAgain: 'They are back.' }],
  ];
  for (const [what, more] of unfollowed) {
    const filed = { ...FILED, ...(more.notReadAgain && { notReadAgain: more.notReadAgain }) };
    assert.equal(filedAs(row({ ...more }), filed, ['24h']).followUps, undefined, what);
  }
});

test('an answer has a case read again, and stops what rests on another one', () => {
  const due = [{ which: 'answer', at: LATER }];
  for (const state of ['filed', 'running', 'open'] as const)
    assert.deepEqual(noteAnswer(row({ state }), LATER, false)?.followUps, due, state);
  for (const state of ['failed', 'cancelled', 'refused', 'scheduled'] as const)
    assert.equal(noteAnswer(row({ state }), LATER, true), undefined, state);
  assert.equal(noteAnswer(row({ generation: 1 }), LATER, true)?.generation, 2);
  assert.equal(noteAnswer(row({ generation: 1 }), LATER, false)?.generation, 1);
  assert.equal(noteAnswer(row({ state: 'filed', generation: 1 }), LATER, true)?.generation, 1);
});

test('a filed case that is read again keeps what was filed as an earlier revision', () => {
  const again = toBeReadAgain(row({ state: 'filed', ...FILED, generation: 1 }), LATER, 'follow-up');
  assert.deepEqual(
    [again?.state, again?.because, again?.generation, again?.revisions],
    ['running', 'follow-up', 2, [{ attempt: 1, filedAt: AT, outcome: 'attention', report: 'r1.json' }]],
  );
  assert.equal(again?.instanceId, attemptIdOf(makeCaseId(OID, 1), 2));
  assert.ok(again !== undefined && isEarlier(again, 'r1.json'));
  assert.ok(again !== undefined && !isEarlier(again, 'r2.json'));
  for (const state of ['running', 'failed', 'open'] as const)
    assert.equal(toBeReadAgain(row({ ...FILED, state }), LATER, 'follow-up'), undefined, state);
});

test('a start says how late it is from five minutes on', () => {
  const words = (minutes: number): string => lateWords(AT, new Date(Date.parse(AT) + minutes * 60_000));
  assert.deepEqual([-3, 0, 4.9, 5, 61, 150].map(words), [
    '',
    '',
    '',
    ', and began 5 minutes late',
    ', and began 61 minutes late',
    ', and began 2 hours and 30 minutes late',
  ]);
});

test('another case of a person counts where it is newer and cuts them off, or will', () => {
  const newer = (more: Partial<Parameters<typeof isNewerOffboarding>[0]>) =>
    isNewerOffboarding({ n: 2, mode: 'apply', state: 'open', ...more }, 1);
  assert.ok(newer({}));
  assert.ok(newer({ state: 'scheduled' }));
  assert.ok(!newer({ n: 1 }));
  assert.ok(!newer({ mode: 'plan' }));
  assert.ok(!newer({ state: 'cancelled' }));
  assert.ok(!newer({ state: 'refused' }));
});
