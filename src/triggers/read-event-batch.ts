import * as z from 'zod';
import type { ReceivedEvent } from '../ingestion/sort-batch.ts';

/** One delivery of the Event Hubs trigger: events of one partition, in their order. */
export interface EventBatch {
  readonly partition: string;
  readonly events: readonly ReceivedEvent[];
}

/** The Functions worker hands 64-bit numbers on as protobufjs reads them, in two halves of 32 bits. */
const Long = z.object({ low: z.int32(), high: z.int32() }).transform(({ low, high }) => high * 2 ** 32 + (low >>> 0));
const SequenceNumber = z.union([z.number(), Long]).pipe(z.number().int().nonnegative());

/** As the host names it; what is not there, or looks different one day, costs the dead letters their place only. */
const Metadata = z.object({
  partitionContext: z.object({ partitionId: z.string().regex(/^[\w-]{1,40}$/) }).catch({ partitionId: 'unknown' }),
  sequenceNumberArray: z.array(SequenceNumber).catch([]),
  enqueuedTimeUtcArray: z.array(z.string()).catch([]),
});

/**
 * Puts the bodies and the metadata that lie beside them together. With the data type `binary` a body comes as bytes;
 * a host that ignores that gives text, or a value where the text was JSON.
 */
export function readEventBatch(bodies: unknown, triggerMetadata: unknown): EventBatch {
  const { partitionContext, sequenceNumberArray, enqueuedTimeUtcArray } = Metadata.parse(triggerMetadata ?? {});
  const events = (Array.isArray(bodies) ? bodies : [bodies]).map((body: unknown, index): ReceivedEvent => {
    const sequenceNumber = sequenceNumberArray[index];
    const enqueuedAt = instantOf(enqueuedTimeUtcArray[index]);
    return {
      body: bytesOf(body),
      ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
      ...(enqueuedAt === undefined ? {} : { enqueuedAt }),
    };
  });
  return { partition: partitionContext.partitionId, events };
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''), 'utf8');
}

/** .NET writes UTC times without a zone in some versions of the extension. */
function instantOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
