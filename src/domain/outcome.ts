/** Outcome of a step or a case, from best to worst. Computed, never asserted. */
export const OUTCOMES = ['clear', 'residual', 'attention', 'incomplete', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>(
    (worst, outcome) => (OUTCOMES.indexOf(outcome) > OUTCOMES.indexOf(worst) ? outcome : worst),
    'clear',
  );
}
