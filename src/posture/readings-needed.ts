import { CHECKS } from './checks/index.ts';
import { METRICS } from './metrics/index.ts';
import type { ReadingDefinition } from './reading.ts';

/** Every reading that a check or a number rests on, once. */
export const READINGS: readonly ReadingDefinition[] = [
  ...new Map(
    [...CHECKS, ...METRICS].flatMap(({ reads }) => Object.values(reads)).map((each) => [each.id, each]),
  ).values(),
];

/** What a timer’s run reads: what is costly in the night to Monday alone (UTC). */
export function readingsOn(at: Date): string[] {
  const monday = at.getUTCDay() === 1;
  return READINGS.flatMap(({ id, weekly }) => (weekly === true && !monday ? [] : [id]));
}
