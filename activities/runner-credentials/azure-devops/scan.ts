import type { Coverage } from '../../../src/cases/coverage.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { Listed } from '../../../src/connectors/azure-devops/list-all.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { FoundToken } from '../../../src/credentials/detector/token-hit.ts';
import type { TokenPlace } from '../../../src/steps/runner-credentials/rules/token-findings.ts';
import { coverageOfFailure } from '../../case/coverage-of.ts';

/** What the reading of one or more sources gave. */
export interface Scan {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
  /** The longest pause that the vendor asked for, milliseconds. */
  readonly slowDownMs?: number;
}

/** The same where tokens were found: whose they are is asked for once, for all that an organisation holds. */
export interface TokenScan extends Scan {
  readonly located: readonly LocatedTokens[];
}

/** What stands in one place, in memory only. */
export interface LocatedTokens {
  readonly place: TokenPlace;
  readonly tokens: readonly FoundToken[];
}

/** The coverage of a list; `note` is what a reader should know even where all of it was read. */
export function coverageOf(source: string, list: Listed<unknown>, unit: string, note?: string): Coverage {
  const looked = { count: list.items.length, unit };
  const { failures } = list;
  const [worst] = [...failures.filter(({ kind }) => kind === 'denied'), ...failures];
  if (worst !== undefined) {
    const coverage = coverageOfFailure(source, worst, looked);
    return failures.length === 1
      ? coverage
      : { ...coverage, detail: `${worst.message} ${failures.length - 1} other calls failed as well.` };
  }
  return { source, state: 'complete', looked, ...(note === undefined ? {} : { detail: note }) };
}

/**
 * Calls that are made a few at a time: the organisation's share of Azure DevOps is 200 units in five minutes, and
 * many calls at once only wait for each other.
 */
export async function fewAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 8) {
    results.push(...(await Promise.all(items.slice(start, start + 8).map(work))));
  }
  return results;
}
