import type * as z from 'zod';
import type { CaseId } from '../cases/ids.ts';
import type { Outcome } from '../cases/outcome.ts';
import type { Immutable } from '../shapes/immutable.ts';
import type { StepReport } from '../steps/registry.ts';
import type { REPORT_SCHEMA_VERSION, ReportSchema } from './schema/report.ts';

type Parsed = Immutable<z.output<typeof ReportSchema>>;

/**
 * What everything else reads: `report.json`. Its JSON Schema is `schemas/report.schema.json`. The steps stand in the
 * order of `STEPS`, all of them, whether they ran or not.
 */
export interface Report extends Omit<Parsed, 'steps'> {
  readonly steps: readonly StepReport[];
}

export type ReportCase = Parsed['case'];
export type Summary = Parsed['summary'];
export type SummaryLine = Summary['next'][number];
export type ResidualAccess = Parsed['residual'][number];
export type ManifestRef = Parsed['manifest'];
export type ManifestFile = ManifestRef['files'][number];

/** `manifest.json`: the seal of a case, written last. */
export interface Manifest {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly caseId: CaseId;
  readonly generatedAt: string;
  readonly outcome: Outcome;
  /** Which report of the case this seals, from 2, and the seal of the one before it. */
  readonly revision?: number;
  readonly previous?: { readonly name: string; readonly sha256: string };
  /** Set where a signature belongs beside it. */
  readonly signature?: 'signature.dsse.json';
  readonly files: readonly ManifestFile[];
}
