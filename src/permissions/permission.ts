import type { PermissionRow } from '../connectors/permission.ts';
import type { RemedyKind, StepName } from '../steps/registry.ts';

/** What no longer works without the permission. */
export type Dependent =
  /**
   * A line of the report's coverage says `denied`, in a plan for an active account; `source` is without the part
   * after the colon.
   */
  | { readonly kind: 'coverage'; readonly step: StepName; readonly source: string }
  /** Remedies of this kind fail; `of` names the sort of target where the kind has more than one. */
  | { readonly kind: 'remedy'; readonly remedy: RemedyKind; readonly of?: string }
  /** An act of containment fails. */
  | { readonly kind: 'containment'; readonly finding: string }
  /** A point of the checklist is `unknown`. */
  | { readonly kind: 'check'; readonly check: string }
  /** Anything else that the app does, in a few words. */
  | { readonly kind: 'function'; readonly what: string };

/** One row of the table that Terraform grants, the documentation explains, and the doctor probes. */
export interface Permission extends PermissionRow {
  readonly neededFor: readonly Dependent[];
}
