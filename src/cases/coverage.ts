/** How completely one source was read. Ordered from best to worst. */
export const COVERAGE_STATES = ['complete', 'partial', 'denied', 'unavailable'] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

/** What a step looked at in one source, and how completely. */
export interface Coverage {
  /** Stable name: `<vendor>/<what>[:<which>]`, e.g. `github/repository-runners:case-study-org`. */
  readonly source: string;
  readonly state: CoverageState;
  /** How many items were looked at, and what they are: `{ count: 60, unit: 'identities' }`. */
  readonly looked: { readonly count: number; readonly unit: string };
  /** For anything but `complete`: what is missing and what to do, in a sentence. */
  readonly detail?: string;
  /** For `denied`: the permission that the vendor wants. */
  readonly missingPermission?: string;
}

export function worstCoverage(states: readonly CoverageState[]): CoverageState {
  return states.reduce<CoverageState>(
    (worst, state) => (COVERAGE_STATES.indexOf(state) > COVERAGE_STATES.indexOf(worst) ? state : worst),
    'complete',
  );
}
