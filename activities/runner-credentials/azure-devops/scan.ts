import type { Use } from '../../../src/cases/remedies/use.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { ListedMachine } from '../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';
import { type Counting, NOT_COUNTED } from '../../case/counting.ts';
import type { Found } from '../../case/found.ts';
import type { LocatedTokens } from '../judge-located.ts';

/** What the reading of one or more sources gave. */
export interface Scan extends Found {
  readonly failures: readonly VendorFailure[];
  /** The longest pause that the vendor asked for, milliseconds. */
  readonly slowDownMs?: number;
}

/** The same where tokens were found: whose they are is asked for once, for all that an organisation holds. */
export interface TokenScan extends Scan {
  readonly located: readonly LocatedTokens[];
  readonly uses: readonly Use[];
  /** Agents that were listed. */
  readonly machines?: readonly ListedMachine[];
}

/**
 * Calls in flight: the organisation's share of Azure DevOps is 200 units in five minutes, and many calls at once only
 * wait for each other.
 */
export const IN_FLIGHT = 8;

/** How far the reading of the parts of a list is told; what it is told for, the caller knows. */
export type CountingFor = (source: string, unit: string) => Counting;

/** Nobody waits for what is asked again. */
export const UNCOUNTED: CountingFor = () => NOT_COUNTED;
