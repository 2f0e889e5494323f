import type { AcknowledgementOf, ExemptionOf } from './coverage.ts';

/** Sources that need not be read. `<vendor>/*` is a vendor that the firm does not use: what is not configured of it. */
export interface Exemption extends ExemptionOf {
  readonly sources: readonly string[];
}

/** Standing limits of which the firm has taken note. */
export interface Acknowledgement extends AcknowledgementOf {
  readonly sources: readonly string[];
}

/** What the configuration says of sources that a case does not read. */
export interface CoverageDecisions {
  readonly exemptions: readonly Exemption[];
  readonly acknowledged: readonly Acknowledgement[];
  /** The settings that would list where a source is asked, and list nothing. */
  readonly unconfigured: readonly string[];
  /** What each of those settings names: a source has a line for each. Absent in what an earlier version filed. */
  readonly configured?: Readonly<Record<string, readonly string[]>>;
}

/** Whether an exemption still holds at an instant: to the end of its last day, UTC. */
export function holds({ until }: Pick<Exemption, 'until'>, at: string): boolean {
  return at.slice(0, 10) <= until;
}
