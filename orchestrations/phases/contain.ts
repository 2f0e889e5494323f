import { CONTAIN } from '../../activities/phases.ts';
import type { CaseMode } from '../../src/cases/case.ts';
import type { About } from '../../src/cases/discovery.ts';
import type { StepResultRef } from '../../src/cases/step-result.ts';
import { stepsIn } from '../../src/steps/registry.ts';
import { type Call, prepare, type Settled } from '../lib/calls.ts';

/** The steps that stop the leaver at once. */
export const CONTAINING = stepsIn('contain').map(({ name }) => name);

/** Under which generations of the case and of the denial containment was asked for: under others it does nothing. */
interface Fence {
  readonly generation?: number;
  readonly denialGeneration?: number;
}

/** One call for each step that stops the leaver at once. */
export function containOf(about: About & Fence, mode: CaseMode): Call<StepResultRef>[] {
  return CONTAINING.map((step) => prepare(CONTAIN[step], { ...about, mode }));
}

/** Whether what stops the leaver at once has to be tried again. */
export function wantsAnother(settled: Settled<StepResultRef> | undefined): boolean {
  return settled?.ok !== true || settled.value.tryAgainAfterMs !== undefined;
}
