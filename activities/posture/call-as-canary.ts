import * as z from 'zod';
import { defineActivity } from '../../src/durable/activity.ts';
import { count, instant } from '../../src/shapes/primitives.ts';

/** One call of a canary, in a directory of its own; the second delivery lists the same one again. */
export const callAsCanary = defineActivity(
  'callAsCanary',
  {
    input: z.strictObject({ number: count }),
    output: z.strictObject({ at: instant, status: z.exactOptional(z.int()) }),
  },
  async ({ number }, { vendors, log, now }) => {
    const answer = await vendors.canary.callCanary(`/canary/${number}`, now);
    if (answer.ok) return { at: answer.value.at.toISOString(), status: answer.value.status };
    log.warn('a call of the canary was not answered', { number, ...answer.failure });
    return { at: now().toISOString() };
  },
);
