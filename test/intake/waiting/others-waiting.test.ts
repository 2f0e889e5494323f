import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import type { Exception } from '../../../src/cases/decisions/exception.ts';
import { contain } from '../../../src/cases/denied/contain.ts';
import { type FindingId, makeCaseId } from '../../../src/cases/ids.ts';
import {
  answerWaits,
  containmentEnds,
  exceptionEnds,
  listWaits,
  rejectionsWait,
} from '../../../src/intake/rules/waiting/others-waiting.ts';
import type { Standing } from '../../../src/intake/rules/waiting/standing.ts';
import type { Answer } from '../../../src/people/answers/answers.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = (n: number): Oid => `0e000000-0000-4000-8000-${String(n).padStart(12, '0')}` as Oid;
const [LEAVER, ASKER, GIVER, OTHER] = [oid(1), oid(2), oid(3), oid(4)] as const;
const NOW = new Date('2026-11-20T09:00:00.000Z');
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const EMPTY: Standing = { cases: [], answers: [], exceptions: [], denied: [], uncontained: [], rejected: [] };
const caseId = makeCaseId(LEAVER, 1);
const cases = [{ oid: LEAVER, n: 1, caseId, requestedBy: ASKER, merged: [] } as unknown as CaseRow];
const barredIn = (waits: { readonly barred: readonly { readonly oid: string }[] } | undefined) =>
  waits?.barred.map((each) => each.oid);

test('an answer waits for a second person: neither whom it is about nor who gave it', () => {
  const answer: Answer = {
    ...{ oid: LEAVER, n: 3, kind: 'same-person', statement: 'is', other: OTHER, reason: 'HR says so', by: GIVER },
    ...{ at: inDays(-1), shown: 'a'.repeat(64), filed: [] },
  };
  const waits = answerWaits(answer, { ...EMPTY, cases });
  assert.deepEqual([waits.kind, waits.right, waits.number, waits.caseId], ['answer', 'decide', 3, caseId]);
  assert.deepEqual(barredIn(waits), [LEAVER, OTHER, GIVER]);
  assert.equal('caseId' in answerWaits(answer, EMPTY), false, 'nobody has a case of them');
});

test('a containment by a person’s word is told a week before it ends', () => {
  const until = (days: number) =>
    contain(undefined, {
      oid: LEAVER,
      kind: 'person',
      by: ASKER,
      why: 'Calls at night',
      at: inDays(-1),
      until: inDays(days),
    });
  const soon = containmentEnds(until(7), EMPTY, NOW);
  assert.deepEqual([soon[0]?.right, soon[0]?.until, barredIn(soon[0])], ['operate', inDays(7), [LEAVER]]);
  assert.match(soon[0]?.what ?? '', /lets them in at the end: .* Calls at night/);
  assert.deepEqual(containmentEnds(until(7.1), EMPTY, NOW), []);
  assert.deepEqual(containmentEnds({ ...until(2), state: 'released' }, EMPTY, NOW), []);
});

test('an accepted finding is told a week before it is open again, to nobody who is a party of the case', () => {
  const exception = (days: number): Exception => ({
    ...{ id: 'X-0123456789ab', oid: LEAVER, caseId, revision: 1, kind: 'deploy-key' },
    ...{ findingId: 'F-0123456789ab' as FindingId, title: 'A deploy key', severity: 'high', by: GIVER },
    ...{ at: inDays(-20), until: inDays(days), reason: 'Replaced in December' },
  });
  const [waits] = exceptionEnds(exception(3), { ...EMPTY, cases }, NOW);
  assert.deepEqual([waits?.right, waits?.until, barredIn(waits)], ['approve', inDays(3), [LEAVER, ASKER]]);
  assert.deepEqual(barredIn(exceptionEnds(exception(3), EMPTY, NOW)[0]), [LEAVER]);
  assert.deepEqual(exceptionEnds(exception(8), { ...EMPTY, cases }, NOW), []);
});

test('messages that became no case are counted by their day, and a count that was cut says so', () => {
  const what = (count: number, more: boolean) => rejectionsWait({ day: '2026-11-19', count, more })[0]?.what;
  assert.equal(what(0, false), undefined);
  assert.match(what(1, false) ?? '', /^1 message could not become a case/);
  assert.match(what(50, true) ?? '', /^At least 50 messages could not/);
});

test('of the deny list it waits where nobody can be taken off it, and where it runs out of room', () => {
  const mark = (more: object) => listWaits(more as Parameters<typeof listWaits>[0]).map(({ kind }) => kind);
  assert.deepEqual(listWaits(undefined), []);
  assert.deepEqual(mark({}), []);
  assert.deepEqual(mark({ blocked: 'The table is gone', used: 91 }), ['list-blocked', 'list-full']);
  assert.deepEqual(mark({ used: 91 }), ['list-full']);
});
