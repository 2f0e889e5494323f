import * as z from 'zod';
import { CaseRowSchema } from '../../../src/cases/case.ts';
import { FINDING_STATUSES } from '../../../src/cases/finding.ts';
import { ComparedSchema } from '../../../src/cases/following/compare-revisions.ts';
import { ReadAgainSchema } from '../../../src/cases/following/read-again.ts';
import { CaseIdSchema } from '../../../src/cases/ids.ts';
import { OUTCOMES } from '../../../src/cases/outcome.ts';
import { BlobRefSchema } from '../../../src/cases/remedies/remedy.ts';
import { StepCrashSchema, StepPartRefSchema, StoppedSchema } from '../../../src/cases/step-result.ts';
import type { Shaped } from '../../../src/durable/shapes.ts';
import { LeaverSchema } from '../../../src/people/leaver.ts';
import { count, instant } from '../../../src/shapes/primitives.ts';
import { recordOf } from '../../../src/shapes/record-of.ts';

/** What a report is made of. */
export const FileReportInputSchema = z.strictObject({
  caseId: CaseIdSchema,
  row: CaseRowSchema,
  leaver: LeaverSchema,
  /** Instants of the orchestration's own clock: a second run must write the same bytes. */
  startedAt: instant,
  generatedAt: instant,
  /** Everything that was filed, containment and verification included, in the order in which it was filed. */
  parts: z.array(StepPartRefSchema),
  crashed: z.array(StepCrashSchema),
  plan: z.exactOptional(BlobRefSchema),
  /** One blob per remedy that was tried; each holds an `Action`. */
  actions: z.array(BlobRefSchema),
  /** Why the case stopped acting before its plan was carried out. */
  stopped: z.exactOptional(StoppedSchema),
  /** What came of what somebody wanted back, as it was filed. */
  undone: z.exactOptional(z.array(BlobRefSchema)),
  /** Set where a remedy failed because a vendor was away. */
  away: z.exactOptional(z.literal(true)),
});

/** What a report is made of. */
export type FileReportInput = Shaped<typeof FileReportInputSchema>;

/** What the orchestration keeps of a report. */
export const FiledReportSchema = z.strictObject({
  outcome: z.enum(OUTCOMES),
  incident: z.boolean(),
  report: BlobRefSchema,
  html: BlobRefSchema,
  markdown: BlobRefSchema,
  manifest: BlobRefSchema,
  // Reports of before there were decisions have no `rejected`, and of before there were exceptions no `accepted`.
  counts: z.strictObject({
    ...recordOf(FINDING_STATUSES, () => count),
    ...{ rejected: z.exactOptional(count), accepted: z.exactOptional(count) },
  }),
  /** How many things are left to do. */
  nextSteps: count,
  /** Set where a vendor was away: when the case is read again by itself, or why it is not. */
  readAgain: z.exactOptional(ReadAgainSchema),
  /** Set where another reading is to come, and this one says the same as the one before. */
  nothingNew: z.exactOptional(z.literal(true)),
  /** How it differs from the report before; absent in the first. */
  compared: z.exactOptional(ComparedSchema),
  /** When the call was made of which it says that it passed the gateway after the containment. */
  passed: z.exactOptional(instant),
});

export type FiledReport = Shaped<typeof FiledReportSchema>;
