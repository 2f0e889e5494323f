import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { count, text } from '../shapes/primitives.ts';
import { COVERAGE_STATES, type Coverage } from './coverage/coverage.ts';
import type { Finding } from './finding.ts';
import { RemedyIdSchema } from './ids.ts';
import { type Action, BlobRefSchema } from './remedies/remedy.ts';
import type { Use } from './remedies/use.ts';

/** What one unit of work found; filed as a blob. */
export interface StepResult {
  /** Name of the step. */
  readonly step: string;
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly actions: readonly Action[];
  /** What was read and may use what a remedy ends. */
  readonly uses?: readonly Use[];
  /** Step-specific facts for the report, in the shape that the step declares. Redacted like evidence. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What an activity hands to the orchestration: small, the rest travels by reference. */
export const StepPartRefSchema = z.strictObject({
  step: text,
  ref: BlobRefSchema,
  findings: count,
  coverage: z.enum(COVERAGE_STATES),
  /**
   * Set where something was throttled or unavailable and asking again may help: milliseconds from now,
   * 0 where the vendor named no time. The orchestration waits on a durable timer and calls again.
   */
  tryAgainAfterMs: z.exactOptional(z.number()),
  /** Set where nothing was asked: the unit stands in our own line for a vendor’s budget. That is no failed attempt. */
  queued: z.exactOptional(z.literal(true)),
});
export type StepResultRef = Immutable<z.output<typeof StepPartRefSchema>>;

/** A unit of work that broke unexpectedly. Its step cannot be clear. */
const CrashSchema = z.strictObject({ step: text, failure: z.strictObject({ code: text, message: text }) });

/** With the remedy's id where the unit of work was one remedy. */
export const StepCrashSchema = CrashSchema.extend({ remedyId: z.exactOptional(RemedyIdSchema) });
export type StepCrash = Immutable<z.output<typeof StepCrashSchema>>;

/** What several units of work filed, and those that broke. */
export const StepPartsSchema = z.strictObject({ parts: z.array(StepPartRefSchema), crashed: z.array(CrashSchema) });
export type StepResults = Immutable<z.output<typeof StepPartsSchema>>;

/** `stopped`: something in it failed unexpectedly. `never-ran`: nothing of it was filed. */
export const STEP_RUNS = ['ran', 'stopped', 'never-ran'] as const;
export type StepRun = (typeof STEP_RUNS)[number];

/** An unexpected failure of a unit of work, redacted; with the remedy's id where it was one remedy. */
export const StepFailureSchema = z.strictObject({
  code: text,
  message: text,
  remedyId: z.exactOptional(RemedyIdSchema),
});
export type StepFailure = Immutable<z.output<typeof StepFailureSchema>>;

/** Why a case stopped acting before its plan was carried out. */
export const StoppedSchema = z.strictObject({
  /** `returned`: the person is no leaver any more. `unreadable`: nobody could say whether they are. */
  because: z.enum(['returned', 'unreadable']),
  /** In a sentence. */
  why: text,
});
export type Stopped = Immutable<z.output<typeof StoppedSchema>>;
