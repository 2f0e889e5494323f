import * as z from 'zod';
import { SEVERITIES } from '../../cases/finding.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, day, instant, text } from '../../shapes/primitives.ts';
import { MeasuredSchema } from '../metric.ts';
import { GapSchema } from '../reading.ts';

export const STATUSES = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
export type Status = (typeof STATUSES)[number];

/** How a check, or one thing that failed, stands against the run before. */
export const CHANGES = [
  'first',
  'same',
  'new-fail',
  'fixed',
  'still-failing',
  /** It passed, and nobody can say whether it still does: told like a failure. */
  'lost-sight',
  /** Nobody could say, and now it passes. */
  'found',
  'exception-expired',
  /** Another version of the check judges otherwise. */
  'not-comparable',
] as const;
export type Change = (typeof CHANGES)[number];

const shown = z.record(text, z.union([text, z.number(), z.boolean(), z.array(text)]));

const EvidenceSchema = z.strictObject({
  resource: text,
  call: text,
  hash: z.exactOptional(text),
  shows: z.exactOptional(shown),
});

export const FailureSchema = z.strictObject({
  /** The same for the same thing in each run: made of the check and the resource’s id in lower case. */
  id: z.string().regex(/^P-[0-9a-f]{12}$/),
  reason: text,
  resource: text,
  says: text,
  severity: z.enum(SEVERITIES),
  evidence: EvidenceSchema,
  remedy: z.strictObject({ todo: text, link: z.exactOptional(text), command: z.exactOptional(text) }),
  /** Since which run it fails without a break. */
  since: instant,
  change: z.enum(['new-fail', 'still-failing', 'exception-expired']),
  /** Reviewed in Git. The status stays `fail`. */
  accepted: z.exactOptional(z.strictObject({ reason: text, by: text, until: day })),
});
/** One thing that fails, as it is filed. */
export type Failure = Immutable<z.output<typeof FailureSchema>>;

export const AssessedSchema = z.strictObject({
  check: text,
  point: z.int().min(1),
  title: text,
  severity: z.enum(SEVERITIES),
  version: count,
  modules: z.array(text),
  status: z.enum(STATUSES),
  change: z.enum(CHANGES),
  /** When it was judged: what is read weekly stands as it was until then. */
  at: instant,
  subjects: count,
  failures: z.array(FailureSchema),
  /** Why nobody can say; also beside failures, because more may fail. */
  gaps: z.array(GapSchema),
  evidence: z.array(EvidenceSchema),
  shows: shown,
});
/** One point of the checklist, as it was judged. */
export type Assessed = Immutable<z.output<typeof AssessedSchema>>;

/** What a run was begun by. */
export const RUN_TRIGGERS = ['timer', 'asked', 'deployment'] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** `posture/<run>.json` in the evidence. */
export const PostureRunSchema = z.strictObject({
  schemaVersion: z.literal('1.0'),
  runId: text,
  at: instant,
  finishedAt: instant,
  trigger: z.enum(RUN_TRIGGERS),
  /** Object id of who asked. */
  by: z.exactOptional(text),
  /** The run that it is compared with. */
  before: z.exactOptional(text),
  checks: z.array(AssessedSchema),
  /** Those that this run could measure anew. */
  metrics: z.array(MeasuredSchema),
  /** Failures that the firm accepts and that do not fail: entries of the setting that may go. */
  idleExceptions: z.array(text),
  /** Failures of which the exception is for longer than the longest: it accepts nothing, and has to be shortened. */
  overlongExceptions: z.exactOptional(z.array(text)),
});
export type PostureRun = Immutable<z.output<typeof PostureRunSchema>>;
