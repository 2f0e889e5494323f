import type { OrchestrationContext } from 'durable-functions';
import type { StepName } from '../../src/steps/registry.ts';

/** `failed`: what stops the leaver at once was not done, or not seen to be. */
type StepState = 'waiting' | 'running' | 'done' | 'failed';

/** Shows the steps' states as the instance's custom status, which `GET /api/cases/{id}` passes on. */
export function progressOf(context: OrchestrationContext): (state: StepState, steps: readonly StepName[]) => void {
  const states: Partial<Record<StepName, StepState>> = {};
  return (state, steps) => {
    for (const step of steps) states[step] = state;
    context.df.setCustomStatus({ steps: { ...states } });
  };
}
