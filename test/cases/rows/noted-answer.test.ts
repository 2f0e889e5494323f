import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseRow, isUnfinished } from '../../../src/cases/case.ts';
import { filedAs, noteAnswer, toBeReadAgain } from '../../../src/cases/following/attempts.ts';
import { dueOf } from '../../../src/cases/following/follow-up.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
const at = '2026-11-20T10:00:00Z';
const row = (state: CaseRow['state']): CaseRow => ({
  ...{ oid, caseId: `${oid}-1` as CaseId, n: 1, trigger: 'api', reason: 'left', requestedBy: 'a1', requestedAt: at },
  ...{ mode: 'apply', state, instanceId: `case-${oid}-1`, openedAt: at, merged: [] },
  ...(state === 'filed' && { filedAt: at, outcome: 'attention', incident: false, report: 'cases/1/report.json' }),
});
const filed = { filedAt: '2026-11-20T11:00:00Z', outcome: 'clear', incident: false, report: 'r.json' } as const;

test('an answer that comes while the case runs has it read again as soon as its report is filed', () => {
  const noted = noteAnswer(row('running'), at, false);
  assert.ok(noted);
  assert.equal(noted.generation, undefined);
  const after = filedAs(noted, { ...filed, notReadAgain: 'A vendor never answered.' });
  assert.deepEqual(dueOf(after, new Date(filed.filedAt)), { because: 'answer', at });
  assert.ok(isUnfinished(after));
  const next = toBeReadAgain(after, at, 'answer');
  assert.deepEqual([next?.state, next?.because, next?.followUps], ['running', 'answer', undefined]);
  assert.equal(isUnfinished(filedAs(row('running'), filed)), false);
});

test('an answer that does not hold any more stops what runs, and nothing else', () => {
  assert.equal(noteAnswer(row('running'), at, true)?.generation, 1);
  assert.equal(noteAnswer(row('open'), at, true)?.generation, undefined);
  assert.equal(noteAnswer(row('filed'), at, true)?.followUps?.[0]?.at, at);
  for (const state of ['scheduled', 'refused', 'cancelled', 'failed'] as const)
    assert.equal(noteAnswer(row(state), at, true), undefined, state);
});
