import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedies/remedy.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { OffboardingError } from '../../src/errors.ts';
import { READINGS } from '../../src/posture/readings-needed.ts';
import { count, instant, text } from '../../src/shapes/primitives.ts';
import { makeRead } from './make-read.ts';
import { READERS } from './readers/index.ts';

/** Makes one reading, and files it in `work` for the checks of this run. */
export const readPosture = defineActivity(
  'readPosture',
  {
    input: z.strictObject({ runId: text, at: instant, reading: text }),
    output: z.strictObject({ read: BlobRefSchema, gaps: count, tryAgainAfterMs: z.exactOptional(count) }),
  },
  async ({ runId, at, reading }, context) => {
    const definition = READINGS.find(({ id }) => id === reading);
    const reader = READERS[reading];
    if (definition === undefined || reader === undefined) {
      throw new OffboardingError('unexpected', `Nothing in this version reads ${reading}.`);
    }
    const { read, ...wait } = await makeRead(definition, reader, at, context);
    const ref = await context.vendors.storage.putJson('work', `posture/${runId}/${reading}`, read);
    return { read: ref, gaps: read.gaps.length, ...wait };
  },
);
