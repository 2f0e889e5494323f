import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';

/** What came of a message of HR that somebody had run again. */
const RETRY_RESULTS = ['opened', 'merged', 'duplicate', 'on-hold', 'carried-out', 'rejected'] as const;

const said = { by: text, at: instant, reason: text };

export const RetrySchema = z.strictObject({
  ...said,
  /** `duplicate`: it had its case already. `carried-out`: it took something back. */
  result: z.enum(RETRY_RESULTS),
  caseId: z.exactOptional(text),
  /** Everything that is wrong with it, or what else there is to know. */
  why: z.exactOptional(text),
});
export type Retry = Immutable<z.output<typeof RetrySchema>>;

/** What people did about something that was rejected. */
export const RejectionStateSchema = z.strictObject({
  retries: z.array(RetrySchema),
  handled: z.exactOptional(z.strictObject(said)),
  /** When the same came again on that day. */
  cameAgainAt: z.exactOptional(instant),
});
export type RejectionState = Immutable<z.output<typeof RejectionStateSchema>>;

export const REJECTION_STATES = ['open', 'retried', 'handled'] as const;

/** What is open is still to be looked at: nobody has settled it, or it came again after that. */
export function whereRejected({ retries, handled, cameAgainAt }: RejectionState): (typeof REJECTION_STATES)[number] {
  const settled = retries.findLast(({ result }) => result !== 'rejected');
  const last = settled !== undefined && (handled === undefined || settled.at > handled.at) ? settled : handled;
  if (last === undefined || (cameAgainAt !== undefined && cameAgainAt > last.at)) return 'open';
  return last === settled ? 'retried' : 'handled';
}
