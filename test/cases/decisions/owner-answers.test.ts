import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OWNER_UNSURE, withOwners } from '../../../src/cases/decisions/owner-answers.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../../src/cases/stable-id.ts';
import type { Answer } from '../../../src/people/answers/answers.ts';
import type { Oid } from '../../../src/people/oid.ts';

const AT = '2026-11-23T10:00:00.000Z';
const ID = findingId('runner-credentials', 'named-after-leaver', 'x');
const WORD = { by: 'b', at: AT, reason: 'Seen.' };
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{
    id: ID,
    step: 'runner-credentials',
    kind: 'named-after-leaver',
    title: 'A runner',
    reason: 'Its name.',
    evidence: {},
  },
  ...{ resource: { system: 'github', type: 'runner', id: 'x' }, severity: 'medium', status: 'manual-action' },
  remedy: { id: remedyIdOf(ID), risk: 'safe', what: 'x', undo: 'x', call: { kind: 'x', expected: {} as never } },
  ...more,
});
const answer = (more: Partial<Answer> = {}): Answer => ({
  ...{ oid: '0e000000-0000-4000-8000-000000000001' as Oid, n: 1, kind: 'owner', statement: 'is-not', findingId: ID },
  ...{ reason: 'It is mine', by: 'a', at: AT, shown: '0'.repeat(64), filed: [], confirmed: WORD },
  ...more,
});
const { confirmed: _, ...BY_ONE } = answer();

const told = (found: Finding, ...answers: readonly Answer[]): string => {
  const [after] = withOwners([found], answers);
  const said = after?.reason !== found.reason;
  return `${after?.status} ${after?.severity}${said ? ' told' : ''}${after?.remedy === undefined ? ' without remedy' : ''}`;
};

const SITUATIONS: readonly (readonly [what: string, finding: Finding, answers: readonly Answer[], told: string])[] = [
  ['two people say that it is not', finding(), [answer()], 'nothing-to-do medium told without remedy'],
  ['one person says so', finding(), [BY_ONE], 'manual-action medium told'],
  ['it was taken back', finding(), [answer({ withdrawn: WORD })], 'manual-action medium'],
  ['said of another finding', finding(), [answer({ findingId: findingId('a', 'b', 'c') })], 'manual-action medium'],
  ['two people say that it is', finding(), [answer({ statement: 'is' })], 'manual-action high told'],
  [
    'the same of a critical one',
    finding({ severity: 'critical' }),
    [answer({ statement: 'is' })],
    'manual-action critical told',
  ],
  ['the same of a high one', finding({ severity: 'high' }), [answer({ statement: 'is' })], 'manual-action high told'],
  ['people disagree', finding(), [answer(), answer({ n: 2, statement: 'is' })], 'manual-action high told'],
  ['a vendor proves it', finding({ kind: 'token-in-variable' }), [answer()], 'manual-action medium'],
  ['something acted as the leaver', finding({ incident: true }), [answer()], 'manual-action medium'],
  ['it was settled by other means', finding({ status: 'done' }), [answer()], 'done medium told'],
];
for (const [what, found, answers, expected] of SITUATIONS) {
  test(`${what}: ${expected}`, () => assert.equal(told(found, ...answers), expected));
}

test('without a word about things nothing changes', () => {
  const found = [finding()];
  assert.deepEqual(withOwners(found), found);
  assert.deepEqual(withOwners(found, [answer({ kind: 'account' })]), found);
  assert.ok(OWNER_UNSURE.has('runner-may-be-leavers'));
});
