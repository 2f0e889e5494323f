import * as z from 'zod';
import { defineActivity } from '../../src/durable/activity.ts';
import { count, instant } from '../../src/shapes/primitives.ts';

/** One call of a canary, in a directory of its own; the second delivery lists the same one again. */
export const callAsCanary = defineActivity(
  'callAsCanary',
  {
    input: z.strictObject({ number: count }),
    output: z.strictObject({
      at: instant,
      status: z.exactOptional(z.int()),
      /** The gateway takes it for somebody else: each further call would be one more that the detection of 403 counts. */
      refused: z.exactOptional(z.literal(true)),
    }),
  },
  async ({ number }, { vendors, log, now }) => {
    const answer = await vendors.canary.callCanary(`/canary/${number}`, now);
    if (answer.ok) {
      const { at, status } = answer.value;
      return { at: at.toISOString(), status, ...(status === 403 ? { refused: true as const } : {}) };
    }
    log.warn('a call of the canary was not answered', { number, ...answer.failure });
    return { at: now().toISOString() };
  },
);
