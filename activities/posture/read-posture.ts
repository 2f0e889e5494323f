import * as z from 'zod';
import { BlobRefSchema } from '../../src/cases/remedy.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import { READINGS } from '../../src/posture/checks/index.ts';
import type { Gap, UnknownReason } from '../../src/posture/reading.ts';
import { readShape } from '../../src/posture/reading.ts';
import { OffboardingError } from '../../src/errors.ts';
import { count, instant, text } from '../../src/shapes/primitives.ts';
import type { ReadFault } from './reader.ts';
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
    const { facts, failures, gaps: others = [] } = await reader(context);
    const gaps = [...failures.map(gapOf(reading)), ...others.map((gap) => ({ ...gap, source: reading }))];
    const read = readShape(definition).parse({ source: reading, at, gaps, facts });
    const ref = await context.vendors.storage.putJson('work', `posture/${runId}/${reading}`, read);
    const waits = failures.flatMap(({ failure }) => ('tryAgainAfterMs' in failure ? [failure.tryAgainAfterMs] : []));
    return { read: ref, gaps: gaps.length, ...(waits.length === 0 ? {} : { tryAgainAfterMs: Math.max(...waits) }) };
  },
);

const REASONS: Readonly<Record<VendorFailure['kind'], UnknownReason>> = {
  denied: 'denied',
  'not-found': 'unavailable',
  throttled: 'throttled',
  conflict: 'unavailable',
  refused: 'unreadable',
  incomplete: 'partial',
  unavailable: 'unavailable',
};

function gapOf(reading: string) {
  return ({ which, failure }: ReadFault): Gap => ({
    reason: REASONS[failure.kind],
    source: which === undefined ? reading : `${reading}:${which}`,
    detail: failure.message,
    ...(failure.kind === 'denied' && failure.missingPermission !== undefined
      ? { missingPermission: failure.missingPermission }
      : {}),
  });
}
