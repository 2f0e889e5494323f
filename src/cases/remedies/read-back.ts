import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { instant, text } from '../../shapes/primitives.ts';
import { RemedyIdSchema } from '../ids.ts';

/** `gone` also means: no longer enabled. */
const READ_BACK_STATES = ['gone', 'present', 'could-not-check'] as const;

/** What a target's answer was, without saying whose target. */
export const SeenSchema = z.strictObject({
  state: z.enum(READ_BACK_STATES),
  checkedAt: instant,
  detail: z.exactOptional(text),
});

/** What the tenant said when a remedy's target was read again. */
export const ReadBackSchema = z.strictObject({ remedyId: RemedyIdSchema, ...SeenSchema.shape });
export type ReadBack = Immutable<z.output<typeof ReadBackSchema>>;
