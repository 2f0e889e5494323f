import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDING_STATUSES, type Finding, type FindingStatus } from '../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../src/cases/stable-id.ts';
import { permitted } from '../../src/steps/permitted.ts';

const ID = findingId('x', 'y', 'z');
const finding: Finding = {
  ...{ id: ID, step: 'consent', kind: 'x', title: 'x', severity: 'high', status: 'planned', reason: 'So.' },
  ...{ resource: { system: 'github', type: 'x', id: 'x' }, evidence: {} },
};
const remedy = { id: remedyIdOf(ID), risk: 'safe', what: 'x', undo: 'x', call: { kind: 'x', expected: {} } } as const;
const LIKELY = 'So. That the account is the leaver’s is likely and not proved, so a person decides.';
const WEAK = 'So. Little says that the account is the leaver’s: find out whose it is first. Nothing is cut by it.';

/** What an open status becomes; any other stays. */
const BECOMES: Readonly<Partial<Record<FindingStatus, readonly [likely: FindingStatus, weak: FindingStatus]>>> = {
  planned: ['awaiting-decision', 'manual-action'],
  'awaiting-decision': ['awaiting-decision', 'manual-action'],
};
for (const status of FINDING_STATUSES) {
  const [likely, weak] = BECOMES[status] ?? [status, status];
  test(`${status} for an account that is likely the leaver’s is ${likely}, and for one that may be ${weak}`, () => {
    const told = { ...finding, status };
    assert.equal(permitted({ ...told, remedy }, { confidence: 'proved' }).status, status);
    assert.deepEqual(permitted({ ...told, remedy }, { confidence: 'likely' }), {
      ...{ ...told, status: likely, reason: LIKELY },
      remedy: { ...remedy, risk: 'disruptive' },
    });
    assert.deepEqual(permitted(told, { confidence: 'likely' }), { ...told, reason: LIKELY });
    assert.deepEqual(permitted({ ...told, remedy }, { confidence: 'weak' }), { ...told, status: weak, reason: WEAK });
  });
}
