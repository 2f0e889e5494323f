import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOutcome, isAtMost, latestActions, OUTCOMES } from '../../src/cases/outcome.ts';
import { STEP_NAMES } from '../../src/steps/registry.ts';
import { fc } from '../support/properties.ts';

test('a case is as bad as its worst step', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...OUTCOMES), { minLength: 6, maxLength: 6 }), (outcomes) => {
      const steps = STEP_NAMES.map((name, index) => ({ step: name, outcome: outcomes[index] ?? 'clear' }));
      const worst = Math.max(...outcomes.map((outcome) => OUTCOMES.indexOf(outcome)));
      assert.equal(caseOutcome(steps, STEP_NAMES), OUTCOMES[worst]);
    }),
  );
});

test('of a remedy the last attempt counts, and of what a step did by itself each act has one', () => {
  const act = (remedyId: string, what: string, minute: number) =>
    ({ remedyId, what, result: 'done', at: `2026-11-23T09:0${minute}:00.000Z` }) as const;
  const remedy = 'R-0123456789ab';
  const acts = [act(remedy, 'Deletes it.', 2), act(remedy, 'Deletes it now.', 1), act('containment', 'Denies.', 3)];
  const more = [
    act('containment', 'Revokes.', 4),
    act('containment', 'Denies.', 5),
    act(remedy, 'Deletes it again.', 2),
  ];
  assert.deepEqual(
    latestActions([...acts, ...more]).map(({ what, at }) => `${what} ${at.slice(15, 16)}`),
    ['Deletes it again. 2', 'Denies. 5', 'Revokes. 4'],
  );
});

test('an outcome is no worse than itself and than what is worse', () => {
  assert.ok(isAtMost('clear', 'residual') && isAtMost('residual', 'residual') && !isAtMost('attention', 'residual'));
});

for (const missing of STEP_NAMES) {
  test(`a case without its step ${missing} is incomplete although all others are clear`, () => {
    const steps = STEP_NAMES.filter((name) => name !== missing).map((name) => ({
      step: name,
      outcome: 'clear' as const,
    }));
    assert.equal(caseOutcome(steps, STEP_NAMES), 'incomplete');
  });
}
