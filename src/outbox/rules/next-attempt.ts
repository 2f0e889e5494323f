const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** Milliseconds until a message is tried again: twice as long each time, an hour at most, and never before the receiver allows it. */
export function waitAfter(attempts: number, tryAgainAfterMs = 0): number {
  return Math.max(Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 30), LONGEST_MS), tryAgainAfterMs);
}

/** How long a message waits for its case to come to what it says: whoever wrote it died before, and nobody went on. */
export const WAITS_FOR_CASE_MS = 86_400_000;
