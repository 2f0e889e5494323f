import * as z from 'zod';
import type { ScheduledRun } from '../../../../../src/connectors/github/actions/workflows.ts';
import type { Immutable } from '../../../../../src/shapes/immutable.ts';
import {
  CronChangeSchema,
  LatestRunSchema,
} from '../../../../../src/steps/runner-credentials/rules/github/workflows/next-actor.ts';

/** A workflow that may have a schedule, with what tells as whom it runs next. */
const ScheduleSchema = z.strictObject({
  /** Its id, or the name of its file. */
  workflow: z.union([z.number(), z.string()]),
  path: z.string(),
  /** Absent where its file is no readable workflow, or was not read. */
  crons: z.exactOptional(z.array(z.string())),
  /** Its latest scheduled run; null where it never ran. */
  run: z.nullable(LatestRunSchema.extend({ workflowId: z.number(), headSha: z.string() })),
  change: z.exactOptional(CronChangeSchema),
  /** Who changed it could not be read. */
  unread: z.boolean(),
});
export type ScheduleFact = Immutable<z.output<typeof ScheduleSchema>>;
export const SchedulesSchema: z.ZodType<readonly ScheduleFact[]> = z.array(ScheduleSchema);

/** What is kept of its latest run. */
export function runFact({ actor, createdAt, workflowId, headSha }: ScheduledRun): NonNullable<ScheduleFact['run']> {
  return { actor: actor && { id: actor.id, login: actor.login }, createdAt, workflowId, headSha };
}
