import type { Coverage } from '../../../src/cases/coverage.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { becauseOf, coverageOfFailure } from '../../case/coverage-of.ts';

/**
 * One coverage line over many places of one source: how many were read, and what kept us from the others. A refusal
 * says more than a failure that passes, so it is the one that is named.
 */
export function coverageOfAll(
  source: string,
  unit: string,
  looked: number,
  failures: readonly VendorFailure[],
  asked?: number,
): Coverage {
  const worst = failures.find(({ kind }) => kind === 'denied') ?? failures[0];
  const numbers = { ...(asked === undefined ? {} : { asked }), count: looked, unit };
  if (worst === undefined) return { source, state: 'complete', looked: numbers };
  const coverage = coverageOfFailure(source, worst, numbers);
  if (failures.length === 1) return coverage;
  return { ...coverage, detail: `${worst.message} It was not the only one: ${failures.length} reads failed.` };
}

/** What is looked up by account says nothing where no account is known. */
export function noAccountCoverage(source: string, unit: string, { blockedBy }: Pick<Leaver, 'blockedBy'>): Coverage {
  const detail = 'No GitHub account of the person is known, so that nothing could be looked up by account.';
  return becauseOf(blockedBy?.github, { source, state: 'unavailable', looked: { count: 0, unit }, detail });
}
