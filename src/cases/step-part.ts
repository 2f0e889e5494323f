import type { Coverage, CoverageState } from './coverage.ts';
import type { Finding, StepName } from './finding.ts';
import type { RemedyId } from './ids.ts';
import type { Action, BlobRef } from './remedy.ts';

/** What one unit of discovery, containment or verification found; filed as a blob. */
export interface StepPart {
  readonly step: StepName;
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly actions: readonly Action[];
  /** Step-specific facts for the report (the audit's series and verdict). Redacted like evidence. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** What an activity hands to the orchestration: small, the rest travels by reference. */
export interface StepPartRef {
  readonly step: StepName;
  readonly ref: BlobRef;
  readonly findings: number;
  readonly coverage: CoverageState;
  /**
   * Set where something was throttled or unavailable and asking again may help: milliseconds from now,
   * 0 where the vendor named no time. The orchestration waits on a durable timer and calls again.
   */
  readonly tryAgainAfterMs?: number;
}

/** A unit of work that broke unexpectedly. Its step cannot be clear. */
export interface Crash {
  readonly step: StepName;
  readonly failure: { readonly code: string; readonly message: string };
}

/** What several units of work filed, and those that broke. */
export interface StepParts {
  readonly parts: readonly StepPartRef[];
  readonly crashed: readonly Crash[];
}

/** `stopped`: something in it failed unexpectedly. `never-ran`: nothing of it was filed. */
export type StepRun = 'ran' | 'stopped' | 'never-ran';

/** An unexpected failure of a unit of work, redacted; with the remedy's id where it was one remedy. */
export interface StepFailure {
  readonly code: string;
  readonly message: string;
  readonly remedyId?: RemedyId;
}
