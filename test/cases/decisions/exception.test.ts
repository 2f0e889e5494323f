import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Exception,
  exceptionId,
  holdsAt,
  isGrave,
  withExceptions,
} from '../../../src/cases/decisions/exception.ts';
import { withOwners } from '../../../src/cases/decisions/owner-answers.ts';
import { FINDING_STATUSES, type ReportFinding } from '../../../src/cases/finding.ts';
import type { CaseId, FindingId } from '../../../src/cases/ids.ts';
import { findingOutcome } from '../../../src/cases/outcome.ts';
import type { Answer } from '../../../src/people/answers/answers.ts';
import type { Oid } from '../../../src/people/oid.ts';

const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
const id = 'F-0123456789ab' as FindingId;
const at = '2026-11-20T10:00:00Z';
const exception: Exception = {
  ...{ id: exceptionId({ oid, findingId: id, at }), oid, caseId: `${oid}-1` as CaseId, revision: 1, findingId: id },
  ...{ kind: 'runner-may-be-leavers', title: 'A runner', severity: 'medium', by: 'b2', at },
  ...{ until: '2026-12-20T10:00:00Z', reason: 'Replaced soon' },
};
const finding: ReportFinding = {
  ...{ id, step: 'runner-credentials', kind: 'runner-may-be-leavers', title: 'A runner', severity: 'medium' },
  ...{
    status: 'manual-action',
    reason: 'Ask.',
    evidence: {},
    resource: { system: 'github', type: 'runner', id: 'r/1' },
  },
};
const NOW = '2026-11-25T10:00:00Z';

test('an exception holds from when it was given until its end, or until it was revoked, whoever asks later', () => {
  assert.ok(!holdsAt(exception, '2026-11-20T09:59:59Z'));
  assert.ok(holdsAt(exception, at));
  assert.ok(!holdsAt(exception, exception.until));
  const revoked = { ...exception, revoked: { by: 'c3', at: NOW, reason: 'x' } };
  assert.ok(holdsAt(revoked, '2026-11-25T09:59:59Z'));
  assert.ok(!holdsAt(revoked, NOW));
});

test('what happened after the departure, or could at once, takes somebody who administers the app', () => {
  assert.ok(isGrave({ severity: 'critical' }) && isGrave({ severity: 'low', incident: true }));
  assert.ok(!isGrave({ severity: 'high' }));
});

describe('of what is accepted', () => {
  for (const status of FINDING_STATUSES) {
    const open = ['awaiting-decision', 'rejected', 'needs-code-change', 'manual-action', 'accepted'].includes(status);
    test(`a finding that stands as ${status} ${open ? 'is accepted, and is no better for it' : 'stays as it is'}`, () => {
      const [told] = withExceptions([{ ...finding, status }], [exception], NOW);
      assert.equal(told?.status, open ? 'accepted' : status);
      if (!open) return;
      assert.equal(told?.accepted?.by, 'b2');
      assert.match(told?.reason ?? '', /Accepted until 2026-12-20 10:00 UTC by b2 at .*: Replaced soon\./);
      assert.equal(told && findingOutcome(told), 'attention');
    });
  }
  test('the newest word about a finding counts: once that is revoked or over, no older one hides it again', () => {
    const of = (newer: Partial<Exception>) =>
      withExceptions([finding], [exception, { ...exception, at: '2026-11-22T10:00:00Z', ...newer }], NOW)[0]?.status;
    assert.equal(of({}), 'accepted');
    assert.equal(of({ until: '2026-11-24T10:00:00Z' }), 'manual-action');
    assert.equal(of({ revoked: { by: 'c3', at: '2026-11-23T10:00:00Z', reason: 'x' } }), 'manual-action');
    assert.equal(of({ at: '2026-11-26T10:00:00Z', until: '2026-11-27T10:00:00Z' }), 'accepted', 'not given yet');
  });
  test('one that is worse since, or was accepted for another time, is open', () => {
    const of = (more: Partial<ReportFinding>, when = NOW) =>
      withExceptions([{ ...finding, ...more }], [exception], when)[0];
    assert.equal(of({ severity: 'high' })?.status, 'manual-action');
    assert.match(of({ severity: 'high' })?.reason ?? '', /worse since/);
    assert.equal(of({ incident: true })?.status, 'manual-action');
    assert.equal(of({ severity: 'low' })?.status, 'accepted');
    const incident = { incident: true } as const;
    const [known] = withExceptions([{ ...finding, ...incident }], [{ ...exception, ...incident }], NOW);
    assert.equal(known?.status, 'accepted', 'an incident that was accepted as one');
    assert.equal(of({}, exception.until)?.status, 'manual-action');
    assert.equal(of({}, at)?.status, 'accepted', 'from the instant on at which it was given');
    assert.equal(of({ id: 'F-ffffffffffff' as FindingId })?.status, 'manual-action');
  });
});

describe('whose a thing is, by what people say', () => {
  const word = { by: 'b2', at, reason: 'Asked.' };
  const said = (statement: Answer['statement'], more: Partial<Answer> = {}): Answer => ({
    ...{ oid, n: 1, kind: 'owner', statement, findingId: id, thing: 'build-77', reason: 'Asked.', by: 'a1', at },
    ...{ shown: '0'.repeat(64), filed: [], ...more },
  });
  const table: readonly [string, Answer, string, string][] = [
    ['one says that it is', said('is'), 'manual-action', 'medium'],
    ['two say that it is', said('is', { confirmed: word }), 'manual-action', 'high'],
    ['one says that it is not', said('is-not'), 'manual-action', 'medium'],
    ['two say that it is not', said('is-not', { confirmed: word }), 'nothing-to-do', 'medium'],
    ['it was taken back', said('is-not', { confirmed: word, withdrawn: word }), 'manual-action', 'medium'],
    [
      'it is about another thing',
      said('is-not', { confirmed: word, findingId: 'F-ffffffffffff' }),
      'manual-action',
      'medium',
    ],
  ];
  for (const [what, answer, status, severity] of table)
    test(`${what}: ${status}, ${severity}`, () => {
      const [told] = withOwners([finding], [answer]);
      assert.deepEqual([told?.status, told?.severity], [status, severity]);
      const words = answer.statement === 'is' ? 'it is the leaver’s' : 'it is not the leaver’s';
      const isSilent = answer.withdrawn !== undefined || answer.findingId !== id;
      assert.equal(/answer 1 by a1/.test(told?.reason ?? ''), !isSilent);
      if (!isSilent) assert.ok(told?.reason.includes(`People say that ${words} (`), told?.reason);
    });
  test('people who disagree close nothing, in whatever order they spoke', () => {
    const not = said('is-not', { confirmed: word });
    for (const is of [said('is'), said('is', { confirmed: word })])
      for (const both of [
        [is, not],
        [not, is],
      ])
        assert.equal(withOwners([finding], both)[0]?.status, 'manual-action');
    assert.equal(withOwners([finding], [said('is', { withdrawn: word }), not])[0]?.status, 'nothing-to-do');
  });
  test('what a vendor proves, and an incident, no answer closes', () => {
    const answer = said('is-not', { confirmed: word });
    for (const more of [{ kind: 'runner-of-leaver' }, { incident: true as const }])
      assert.equal(withOwners([{ ...finding, ...more }], [answer])[0]?.status, 'manual-action');
  });
});
