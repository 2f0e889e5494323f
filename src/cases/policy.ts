import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { count } from '../shapes/primitives.ts';

/**
 * The knobs of one case, fixed when it is opened. They travel in the orchestration's input,
 * because an orchestrator must not read configuration that can change between two replays.
 */
export const CasePolicySchema = z.strictObject({
  /** How often one unit of work is tried before its coverage stands as it is. At least 1. */
  attempts: count,
  /** Milliseconds before the second attempt; doubled for each further one. A vendor's Retry-After counts if longer. */
  retryDelayMs: z.number(),
  /** Activities in flight at once per instance, at most 200. */
  window: count,
  /** Milliseconds between two read-backs of a queued revocation. */
  verifyIntervalMs: z.number(),
  /** Milliseconds after which a queued revocation is reported as residual. */
  verifyDeadlineMs: z.number(),
});
export type CasePolicy = Immutable<z.output<typeof CasePolicySchema>>;
