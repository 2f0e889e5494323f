import * as z from 'zod';
import { defineActivity } from '../../src/durable/activity.ts';
import { CANARY_STATES } from '../../src/posture/canary/canary.ts';
import { afterCalls } from '../../src/posture/canary/judge-canary.ts';
import { instant, text } from '../../src/shapes/primitives.ts';

/** Writes down what a canary called. Of one that is judged already nothing changes. */
export const fileCanary = defineActivity(
  'fileCanary',
  {
    input: z.strictObject({
      canaryId: text,
      calls: z.array(z.strictObject({ at: instant, status: z.exactOptional(z.int()) })),
    }),
    output: z.strictObject({ state: z.enum(CANARY_STATES) }),
  },
  async ({ canaryId, calls }, { vendors, log, now }) => {
    const at = now();
    const stands = await vendors.storage.changeCanaries((canaries) =>
      canaries.map((each) =>
        each.id === canaryId && (each.state === 'running' || each.state === 'scheduled')
          ? afterCalls(each, calls, at)
          : each,
      ),
    );
    const canary = stands.find(({ id }) => id === canaryId);
    log.info('a canary has called', { canary: canaryId, state: canary?.state, answered: canary?.answered });
    return { state: canary?.state ?? 'not-sent' };
  },
);
