import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Gap, Read, ReadingDefinition, UnknownReason } from '../../src/posture/reading.ts';
import { readShape } from '../../src/posture/reading.ts';
import type { Reader, ReadFault } from './reader.ts';

/** A reading as it is filed, and how long to wait where asking again may help; milliseconds. */
export interface MadeRead {
  readonly read: Read<unknown>;
  readonly tryAgainAfterMs?: number;
}

/** Reads one thing as its reader does; what vendors could not say becomes its gaps. */
export async function makeRead(
  definition: ReadingDefinition,
  reader: Reader,
  at: string,
  context: Parameters<Reader>[0],
): Promise<MadeRead> {
  const { id } = definition;
  const { facts, failures, gaps: others = [] } = await reader(context);
  const gaps = [...failures.map(gapOf(id)), ...others.map((gap) => ({ ...gap, source: id }))];
  const read = readShape(definition).parse({ source: id, at, gaps, facts }) as Read<unknown>;
  const waits = failures.flatMap(({ failure }) => ('tryAgainAfterMs' in failure ? [failure.tryAgainAfterMs] : []));
  return { read, ...(waits.length === 0 ? {} : { tryAgainAfterMs: Math.max(...waits) }) };
}

const REASONS: Readonly<Record<VendorFailure['kind'], UnknownReason>> = {
  denied: 'denied',
  'not-found': 'unavailable',
  throttled: 'throttled',
  conflict: 'unavailable',
  refused: 'unreadable',
  incomplete: 'partial',
  unavailable: 'unavailable',
};

/** What a vendor could not say, as a gap of a reading. */
export function gapOf(reading: string) {
  return ({ which, failure }: ReadFault): Gap => ({
    reason: REASONS[failure.kind],
    source: which === undefined ? reading : `${reading}:${which}`,
    detail: failure.message,
    ...(failure.kind === 'denied' && failure.missingPermission !== undefined
      ? { missingPermission: failure.missingPermission }
      : {}),
  });
}
