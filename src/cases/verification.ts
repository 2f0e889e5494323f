import type { RemedyId } from './ids.ts';

/** What the tenant said when a remedy's target was read again. */
export interface ReadBack {
  readonly remedyId: RemedyId;
  /** `gone` also means: no longer enabled. */
  readonly state: 'gone' | 'present' | 'could-not-check';
  /** ISO instant. */
  readonly checkedAt: string;
  readonly detail?: string;
}

/** The `facts` of the verification step. */
export interface VerificationFacts {
  readonly readBacks: readonly ReadBack[];
  /** Whether the gateway's deny list holds the leaver's oid, read back. */
  readonly deniedAtGateway: 'yes' | 'no' | 'could-not-check';
}
