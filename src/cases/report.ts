import type { Leaver } from '../people/leaver.ts';
import type { CaseMode, WayIn } from './case.ts';
import type { Coverage } from './coverage.ts';
import type { FindingStatus, ReportFinding, Severity, StepName } from './finding.ts';
import type { CaseId, FindingId } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { Action } from './remedy.ts';
import type { StepFailure, StepRun } from './step-part.ts';
import type { AuditVerdict } from './verdict.ts';

/** Version of the report's shape: the major part changes when a reader of the old shape would misread the new one. */
export const REPORT_SCHEMA_VERSION = '1.0';

/** What everything else reads: `report.json`. Its JSON Schema is `schemas/report.schema.json`. */
export interface Report {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  /** ISO instant at which the report was filed. */
  readonly generatedAt: string;
  readonly case: ReportCase;
  readonly leaver: Leaver;
  readonly outcome: Outcome;
  /** What the activity audit says; `not-established` also where it never ran. */
  readonly verdict: AuditVerdict;
  readonly summary: Summary;
  /** Every step of `STEPS`, in that order, whether it ran or not. */
  readonly steps: readonly StepReport[];
  /** Access that is not over yet and ends by itself, soonest first. */
  readonly residual: readonly ResidualAccess[];
  /** The plan that was carried out, or would be; absent where the case ended before it was made. */
  readonly plan?: { readonly hash: string; readonly remedies: number };
  readonly manifest: ManifestRef;
}

/** The case as it was asked for. */
export interface ReportCase {
  readonly caseId: CaseId;
  readonly mode: CaseMode;
  readonly way: WayIn;
  readonly reason: string;
  readonly requestedBy: string;
  /** ISO instants. */
  readonly requestedAt: string;
  readonly openedAt: string;
  readonly startedAt: string;
  /** Further requests for the same person that this case answers as well. */
  readonly merged: readonly {
    readonly way: WayIn;
    readonly requestedBy: string;
    readonly requestedAt: string;
    readonly reason: string;
  }[];
}

export interface StepReport {
  readonly step: StepName;
  readonly outcome: Outcome;
  readonly run: StepRun;
  readonly findings: readonly ReportFinding[];
  readonly actions: readonly Action[];
  readonly coverage: readonly Coverage[];
  /** What stopped the step, once per unit of work that failed unexpectedly. */
  readonly failures: readonly StepFailure[];
  /** Step-specific: the activity audit's `AuditFacts`, the verification's `VerificationFacts`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Access that ends by itself. */
export interface ResidualAccess {
  readonly findingId: FindingId;
  readonly step: StepName;
  readonly title: string;
  /** ISO instant; the access is over then. */
  readonly until: string;
  readonly why: string;
}

/** The first screen: what was cut, what was not and why, what to do next. Computed from the steps. */
export interface Summary {
  /** Why the outcome is what it is, in a sentence or two. */
  readonly headline: string;
  readonly cut: readonly SummaryLine[];
  readonly notCut: readonly SummaryLine[];
  readonly next: readonly SummaryLine[];
  /** Number of findings by status, zeros included. */
  readonly counts: Readonly<Record<FindingStatus, number>>;
}

export interface SummaryLine {
  /** One sentence. */
  readonly text: string;
  readonly step: StepName;
  readonly severity: Severity;
  /** What the sentence speaks of; empty where it is about a source or a step. */
  readonly findings: readonly FindingId[];
}

/** A file of the evidence. `sha256` is hex over its bytes. */
export interface ManifestFile {
  /** Blob name in the container `evidence`. */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Where the manifest lies, and the files that the report rests on. The manifest lists the report's own files too. */
export interface ManifestRef {
  readonly name: string;
  readonly files: readonly ManifestFile[];
}

/** `manifest.json`: the seal of a case, written last. */
export interface Manifest {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly caseId: CaseId;
  readonly generatedAt: string;
  readonly outcome: Outcome;
  readonly files: readonly ManifestFile[];
}
