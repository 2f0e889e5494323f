import type { Stack } from '../../local/stack.ts';
import type { Habits, Item, Leaving, Person } from '../truth/firm/firm.ts';
import type { FiledReport } from '../truth/oracle/report.ts';

/**
 * A small change to a firm, and the truth after the leaver's case. That nobody else is touched, that nothing alive goes
 * untold, and that a clear is true is asserted of every situation by the oracle of `test/truth`.
 */
export interface Situation {
  readonly name: string;
  /** Items that come to the firm's own; the situation is about these. */
  readonly items?: readonly Item[];
  /** People who come, or take the place of somebody of the same key. */
  readonly people?: readonly Person[];
  /** Keys of the firm's items that are not there. */
  readonly without?: readonly string[];
  readonly leaving?: Leaving;
  readonly habits?: Partial<Habits>;
  /** The sweep runs over the firm when the case is over, and is judged as well. */
  readonly swept?: true;
  /** Keys of what the case ends by itself. */
  readonly ends?: readonly string[];
  /** Keys of what lives on, and what a finding tells, whatever coverage says. */
  readonly told?: readonly string[];
  /** Keys of what is alive afterwards in truth, where it matters that the oracle thinks so. */
  readonly alive?: readonly string[];
  /** What of it was cut and lives on for a while has a time in the report. */
  readonly residual?: true;
  /** What the report says besides; a sentence in case it does not. */
  readonly says?: readonly [sentence: string, test: (report: FiledReport) => boolean];
  /** What is true of the tenant afterwards; a sentence in case it is not. */
  readonly afterwards?: readonly [sentence: string, test: (stack: Stack) => boolean];
  /** What happens in the middle of the case; the result ends it. */
  readonly meanwhile?: (stack: Stack) => () => void;
  /** The rows of the tenant that `meanwhile` changes. */
  readonly moves?: RegExp;
  /** The API refuses to open a case, and nobody is denied. */
  readonly refused?: true;
  /** Why today's product fails it. */
  readonly todo?: string;
}

/** Situations that do not disturb each other share one firm and one case. */
export interface Together {
  readonly name: string;
  readonly leaving?: Leaving;
  readonly habits?: Partial<Habits>;
  readonly situations: readonly Situation[];
}

/** One table: each situation alone in its firm, and those that share a firm and a case. */
export interface Situations {
  readonly alone: readonly Situation[];
  readonly together?: readonly Together[];
}
