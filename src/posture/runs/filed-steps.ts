import * as z from 'zod';
import { OUTCOMES } from '../../cases/outcome.ts';

/** The steps that have to be complete; containment and the proof of it stand apart. */
export const STEPS_TO_COMPLETE = ['consent', 'federated-credentials', 'runner-credentials', 'activity-audit'] as const;

/** What the checklist reads of a filed report: the outcome of each step, whatever else this version knows of it. */
export const FiledStepsSchema = z.object({
  steps: z.array(z.object({ step: z.string(), outcome: z.enum(OUTCOMES) })),
});
