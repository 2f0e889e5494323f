import type { VendorFailure } from '../../src/connectors/result.ts';

/** Milliseconds after which asking again may help; undefined where none of the failures would pass by itself. */
export function tryAgainAfter(failures: readonly (VendorFailure | undefined)[]): number | undefined {
  const waits = failures.flatMap((failure) =>
    failure?.kind === 'throttled' || failure?.kind === 'unavailable' ? [failure.tryAgainAfterMs] : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Whether the vendor was not even asked, because others of ours come first: no attempt was made. */
export function standsInLine(failures: readonly VendorFailure[]): boolean {
  return failures.some((failure) => failure.kind === 'throttled' && failure.queued === true);
}
