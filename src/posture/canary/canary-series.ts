import type { Canary } from './canary.ts';
import { WITHIN_MS } from './judge-canary.ts';

/** The series of canaries, in minutes from crossing to alert; they are no part of the time to detect. */
const SERIES = 'canary-detect';

/** A number of a day. */
interface CanaryPoint {
  readonly metric: string;
  readonly day: string;
  readonly runId: string;
  readonly state: 'exact' | 'at-least';
  readonly value: number;
  readonly terms: Readonly<Record<string, number>>;
}

/** The point of a canary that was judged: one that was not detected took at least as long as it was waited for. */
export function pointOf({ id, state, crossedAt, seconds, calls, answered }: Canary): CanaryPoint | undefined {
  if (crossedAt === undefined) return undefined;
  const about = { metric: SERIES, day: crossedAt.slice(0, 10), runId: id };
  const terms = { calls, answered };
  if (state === 'undetected') {
    return { ...about, state: 'at-least', value: WITHIN_MS / 60_000, terms: { ...terms, undetected: 1 } };
  }
  if (seconds === undefined) return undefined;
  return { ...about, state: 'exact', value: seconds / 60, terms: { ...terms, seconds } };
}
