/**
 * How completely one source was read. Ordered from best to worst. `exempt`: nobody read it, or the firm withholds the
 * permission (`missingPermission`), and the firm decided that nobody has to. `not-examined`: nobody read it; `why` tells the reason.
 */
export const COVERAGE_STATES = ['complete', 'exempt', 'not-examined', 'partial', 'denied', 'unavailable'] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

/** Why nobody read a source. `no-interface`: a standing limit of every case, because no app can, or none should. */
export const UNEXAMINED = ['not-configured', 'not-read-by-this-version', 'no-interface'] as const;
export type Unexamined = (typeof UNEXAMINED)[number];

/** What a step looked at in one source, and how completely. */
export interface Coverage {
  /** Stable name: `<vendor>/<what>[:<which>]`, e.g. `github/repository-runners:case-study-org`. */
  readonly source: string;
  readonly state: CoverageState;
  readonly looked: Looked;
  /** For anything but `complete`: what is missing and what to do, in a sentence. */
  readonly detail?: string;
  /** For `denied`, and for `exempt` where the vendor refused: the permission that it wants. */
  readonly missingPermission?: string;
  /** For `not-examined` and `exempt`. */
  readonly why?: Unexamined;
  /** For `exempt`: the decision. */
  readonly exemption?: ExemptionOf;
  /** Of a standing limit: who took note of it. Absent where nobody did. */
  readonly acknowledged?: AcknowledgementOf;
}

/** What was read, in numbers: `{ asked: 60, count: 58, unit: 'repositories' }`. */
export interface Looked {
  /** How many answered, or were listed. */
  readonly count: number;
  readonly unit: string;
  /** How many were asked, where each of them is asked for itself; absent where one list has them all. */
  readonly asked?: number;
}

/** Why a source need not be read, who decided so, and the last day on which that holds (`2027-06-30`). */
export interface ExemptionOf {
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

/** Who took note that a source is a standing limit, and when (`2026-11-23`). */
export interface AcknowledgementOf {
  readonly by: string;
  readonly on: string;
}

/** How many sources there are of each kind; a source that is asked in several places counts once for each. */
export interface SourceCounts {
  /** Those that an app can read. */
  readonly readable: number;
  readonly complete: number;
  readonly exempt: number;
  /** Readable, and nobody read them. */
  readonly notExamined: number;
  /** Those that nobody reads for a reason that stays. */
  readonly standingLimits: number;
  readonly acknowledged: number;
}

export function worstCoverage(states: readonly CoverageState[]): CoverageState {
  return states.reduce<CoverageState>(
    (worst, state) => (COVERAGE_STATES.indexOf(state) > COVERAGE_STATES.indexOf(worst) ? state : worst),
    'complete',
  );
}

/** Whether it stays unread for a reason that stays: it keeps no case from being clear, and each headline counts it. */
export function isStandingLimit({ state, why }: Coverage): boolean {
  return state === 'not-examined' && why === 'no-interface';
}

/** Whether something readable was not read, or not to its end, and nobody decided that it need not be. */
export function isGap(line: Coverage): boolean {
  return line.state !== 'complete' && line.state !== 'exempt' && !isStandingLimit(line);
}

/** The source of a line, without the place in it: `github/repository-runners`. */
export function sourceIdOf({ source }: Pick<Coverage, 'source'>): string {
  const [id = source] = source.split(':');
  return id;
}
