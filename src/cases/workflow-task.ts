import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant } from '../shapes/primitives.ts';
import { CaseIdSchema } from './ids.ts';

export const WorkflowTaskSchema = z.strictObject({
  workflowId: z.guid(),
  taskId: z.guid(),
  /** Entra's id of this run of the task for this person. */
  taskProcessingResultId: z.guid(),
  askedAt: instant,
  /** The case whose end is the answer; absent where there is none, and the task has failed. */
  caseId: z.exactOptional(CaseIdSchema),
});
/** A task of a lifecycle workflow of Entra that waits for its answer. */
export type WorkflowTask = Immutable<z.output<typeof WorkflowTaskSchema>>;
