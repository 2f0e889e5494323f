import type { Coverage } from '../../src/cases/coverage.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';

/** The coverage line of a source that could not be read, or not to its end. */
export function coverageOfFailure(
  source: string,
  failure: VendorFailure,
  looked: Coverage['looked'] = { count: 0, unit: 'items' },
): Coverage {
  const state = failure.kind === 'denied' ? 'denied' : looked.count > 0 ? 'partial' : 'unavailable';
  const missing = failure.kind === 'denied' ? failure.missingPermission : undefined;
  return {
    source,
    state,
    looked,
    detail: failure.message,
    ...(missing === undefined ? {} : { missingPermission: missing }),
  };
}

/** A line that says nothing because a permission elsewhere is missing: it is denied for the same reason. */
export function becauseOf(missingPermission: string | undefined, line: Coverage): Coverage {
  return missingPermission === undefined ? line : { ...line, state: 'denied', missingPermission };
}

/** Milliseconds after which asking again may help; undefined where none of the failures would pass by itself. */
export function tryAgainAfter(failures: readonly (VendorFailure | undefined)[]): number | undefined {
  const waits = failures.flatMap((failure) =>
    failure?.kind === 'throttled' || failure?.kind === 'unavailable' ? [failure.tryAgainAfterMs] : [],
  );
  return waits.length === 0 ? undefined : Math.max(...waits);
}
