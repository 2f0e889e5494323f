import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { CanarySchema } from '../../canary/canary.ts';
import { defineReading } from '../../reading.ts';

/** The canaries of the last 35 days, and one before that nothing has refuted: whether the detection was tried, and saw it. */
export const canary = defineReading({
  id: 'store/canary',
  holds: 'when the detection of bulk reading was tried last, and whether it saw that',
  permissions: [],
  shape: z.strictObject({
    setUp: z.boolean(),
    /** The alert rule that sees canaries alone. */
    rule: z.exactOptional(text),
    /** The newest first. */
    canaries: z.array(CanarySchema),
  }),
  nothing: { setUp: false, canaries: [] },
});
export type CanaryFacts = z.output<typeof canary.shape>;
