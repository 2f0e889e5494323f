/**
 * The knobs of one case, fixed when it is opened. They travel in the orchestration's input,
 * because an orchestrator must not read configuration that can change between two replays.
 */
export interface CasePolicy {
  /** How often one unit of work is tried before its coverage stands as it is. At least 1. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one. A vendor's Retry-After counts if longer. */
  readonly retryDelayMs: number;
  /** Activities in flight at once per instance, at most 200. */
  readonly window: number;
  /** Milliseconds between two read-backs of a queued revocation. */
  readonly verifyIntervalMs: number;
  /** Milliseconds after which a queued revocation is reported as residual. */
  readonly verifyDeadlineMs: number;
}
