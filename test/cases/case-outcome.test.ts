import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOutcome, OUTCOMES } from '../../src/cases/outcome.ts';
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

for (const missing of STEP_NAMES) {
  test(`a case without its step ${missing} is incomplete although all others are clear`, () => {
    const steps = STEP_NAMES.filter((name) => name !== missing).map((name) => ({
      step: name,
      outcome: 'clear' as const,
    }));
    assert.equal(caseOutcome(steps, STEP_NAMES), 'incomplete');
  });
}
