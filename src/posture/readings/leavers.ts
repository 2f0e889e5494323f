import * as z from 'zod';
import { CASE_MODES, CASE_STATES } from '../../cases/case.ts';
import { CaseIdSchema } from '../../cases/ids.ts';
import { OUTCOMES } from '../../cases/outcome.ts';
import { OidSchema } from '../../people/oid.ts';
import { count, instant, text } from '../../shapes/primitives.ts';
import { defineReading } from '../reading.ts';

const CaseSchema = z.strictObject({
  caseId: CaseIdSchema,
  mode: z.enum(CASE_MODES),
  state: z.enum(CASE_STATES),
  openedAt: instant,
  filedAt: z.exactOptional(instant),
  /** When the gateway began to refuse them; absent where it does not. */
  containedAt: z.exactOptional(instant),
  contained: z.boolean(),
  steps: z.array(z.strictObject({ step: text, outcome: z.enum(OUTCOMES) })),
});

const LeaverSchema = z.strictObject({
  oid: OidSchema,
  leftAt: instant,
  /** Whether a run saw them with access to the gateway before. */
  hadAccess: z.boolean(),
  /** The newest last. */
  cases: z.array(CaseSchema),
});
export type JudgedLeaver = z.output<typeof LeaverSchema>;

/** Who left, and what became of their cases. */
export const leavers = defineReading({
  id: 'store/leavers',
  holds: 'who left within 90 days, whether they could get in, and their cases',
  permissions: [],
  shape: z.strictObject({ daysKept: count, leavers: z.array(LeaverSchema) }),
  nothing: { daysKept: 0, leavers: [] },
});
