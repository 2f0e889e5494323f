import type { FindingId } from './ids.ts';
import type { Remedy } from './remedy.ts';
import type { ReadBack } from './verification.ts';

export const STEPS = [
  'containment',
  'consent',
  'federated-credentials',
  'runner-credentials',
  'activity-audit',
  'verification',
] as const;
export type StepName = (typeof STEPS)[number];

export const FINDING_STATUSES = [
  'planned',
  'awaiting-approval',
  'done',
  'nothing-to-do',
  'needs-code-change',
  'needs-human',
  'could-not-check',
  'failed',
] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** From most to least severe. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Access that ends by itself at a known time. */
export interface Residual {
  /** ISO instant; the access is over then. */
  readonly until: string;
  readonly why: string;
}

/** What a finding is about, precise enough to find it in the vendor's own portal. */
export interface ResourceRef {
  readonly system: 'entra' | 'azure' | 'gateway' | 'github' | 'azure-devops' | 'log-analytics' | 'app';
  /** The vendor's word: `oauth2PermissionGrant`, `federatedIdentityCredential`, `runner`, … */
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
}

/** Redacted facts behind a finding. Never a token: its type, sha256 and last four at the most. */
export type Evidence = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One thing that still gives, or may give, access. */
export interface Finding {
  readonly id: FindingId;
  readonly step: StepName;
  /** Kebab-case kind, e.g. `delegated-grant`, `references-leaver`, `token-in-variable`, `after-departure`. */
  readonly kind: string;
  /** One sentence an operator understands without the rest. */
  readonly title: string;
  readonly resource: ResourceRef;
  readonly severity: Severity;
  readonly status: FindingStatus;
  /** Why it is a finding, and for `needs-human`/`needs-code-change` what to do, in a sentence or two. */
  readonly reason: string;
  readonly evidence: Evidence;
  readonly remedy?: Remedy;
  readonly residual?: Residual;
}

/** Whether nothing is left to do about it, as far as its own status tells. */
export function isClosed({ status }: Pick<Finding, 'status'>): boolean {
  return status === 'done' || status === 'nothing-to-do';
}

/** A finding as it stands after the remedies and the read-back. */
export interface ReportFinding extends Finding {
  /** Present where the target of its remedy was read again. */
  readonly readBack?: Omit<ReadBack, 'remedyId'>;
}
