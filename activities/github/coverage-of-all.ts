import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Coverage } from '../../src/domain/coverage.ts';
import { coverageOfFailure } from '../coverage-of.ts';

/**
 * One coverage line over many places of one source: how many were read, and what kept us from the others. A refusal
 * says more than a failure that passes, so it is the one that is named.
 */
export function coverageOfAll(
  source: string,
  unit: string,
  looked: number,
  failures: readonly VendorFailure[],
): Coverage {
  const worst = failures.find(({ kind }) => kind === 'denied') ?? failures[0];
  if (worst === undefined) return { source, state: 'complete', looked: { count: looked, unit } };
  const coverage = coverageOfFailure(source, worst, { count: looked, unit });
  if (failures.length === 1) return coverage;
  return { ...coverage, detail: `${worst.message} It was not the only one: ${failures.length} reads failed.` };
}

/** A source that was not read at all, and why. */
export function unreadCoverage(source: string, unit: string, detail: string): Coverage {
  return { source, state: 'unavailable', looked: { count: 0, unit }, detail };
}

/** Why nothing can be said about a person's own things. */
export const NO_ACCOUNT = 'No GitHub account of the person is known, so that nothing could be looked up by account.';
