import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { makePlanOf } from '../../../src/cases/remedies/plan.ts';
import { admittedAgain } from '../../../src/steps/verification/rules/admitted-again.ts';
import { CASE_ID, finding } from '../../report/sample-case.ts';

const open = (id: string): Finding => ({
  ...finding('runner-credentials', 'runner-of-leaver', id),
  status: 'awaiting-decision',
});
const over = (id: string): Finding => ({ ...open(id), status: 'nothing-to-do' });
const names = (found: readonly Finding[]) => found.map(({ kind, title }) => [kind, title]);
const after = (found: Finding[], before: Finding[], emptied: Finding[] = []) =>
  admittedAgain(found, { known: makePlanOf(CASE_ID, before).known, emptied: emptied.map(({ id }) => id) });

test('what is open as it was before the cut is no news', () => {
  assert.deepEqual(after([open('agent-1')], [open('agent-1')]), []);
});

test('an agent that was disabled when the plan was made and is enabled again admits the leaver again', () => {
  assert.deepEqual(names(after([open('agent-1')], [over('agent-1')])), [
    ['admitted-again', `After the cut: ${open('agent-1').title}`],
  ]);
});

test('an agent that is registered anew admits the leaver again', () => {
  assert.equal(after([open('agent-1'), open('agent-2')], [open('agent-1')]).length, 1);
});

test('what was emptied and is there again was made again', () => {
  assert.equal(after([open('runner-1')], [open('runner-1')], [open('runner-1')]).length, 1);
});

test('what is over is no news, whatever it was', () => {
  assert.deepEqual(after([over('agent-1')], [open('agent-1')], [open('agent-1')]), []);
});

test('a copy of a token names the credentials that it rests on, so that it is dead where they are', () => {
  const restsOn = { credentials: [open('credential').id], proved: true };
  assert.deepEqual(after([{ ...open('copy'), restsOn }], [])[0]?.restsOn, restsOn);
});
