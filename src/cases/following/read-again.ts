import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { instant, text } from '../../shapes/primitives.ts';
import type { CaseRow } from '../case.ts';
import type { StepCrash, StepResultRef } from '../step-result.ts';
import { revisionOf } from './attempts.ts';

const FIRST_MS = 15 * 60_000;
const LONGEST_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** What becomes of a case whose report lacks what a vendor did not answer. */
export const ReadAgainSchema = z.strictObject({
  /** When it is read again by itself. */
  readAgainAt: z.exactOptional(instant),
  /** Why it is not. */
  notReadAgain: z.exactOptional(text),
});
export type ReadAgain = Immutable<z.output<typeof ReadAgainSchema>>;

/**
 * Whether something was not read, or not cut, for a reason that passes by itself. Each unit of work says so of what it
 * read: a vendor or storage did not answer, or had us wait for longer than a case does (`tryAgainAfterMs`). A missing
 * permission, and what the firm decided not to read, are none of these.
 */
export function wasAway(
  read: {
    readonly parts: readonly Pick<StepResultRef, 'tryAgainAfterMs'>[];
    readonly crashed: readonly StepCrash[];
    readonly away?: true;
    readonly stopped?: { readonly because: string };
  },
  isPassing: (code: string) => boolean,
): boolean {
  // Of somebody who is back nothing more is read.
  if (read.stopped?.because === 'returned') return false;
  return (
    read.away === true ||
    read.parts.some(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined) ||
    read.crashed.some(({ failure }) => isPassing(failure.code))
  );
}

/**
 * When a case is read again by itself: a quarter of an hour after its first report, twice as long after each further
 * one, a day at most, until so many days after the first have passed.
 */
export function readAgainAfter(row: Pick<CaseRow, 'revisions'>, filedAt: string, days: number): ReadAgain {
  if (days === 0) return {};
  const revision = revisionOf(row);
  const [first] = row.revisions ?? [];
  const since = Date.parse(first?.filedAt ?? filedAt);
  const at = Date.parse(filedAt) + Math.min(FIRST_MS * 2 ** Math.min(revision - 1, 30), LONGEST_MS);
  if (at <= since + days * DAY_MS) return { readAgainAt: new Date(at).toISOString() };
  return { notReadAgain: `It was read ${revision} times within ${days} days, and a vendor did not answer each time.` };
}
