import type { RemedyId } from './ids.ts';

/**
 * What would be called, by kind. Plain data: a plan is hashed over it. Each remedy declares its own fields
 * (`defineRemedy`).
 */
export interface RemedyCall {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** `safe` proceeds by itself; `disruptive` may stop production and waits for a person. */
export type Risk = 'safe' | 'disruptive';

/** What would close a finding. */
export interface Remedy {
  readonly id: RemedyId;
  readonly risk: Risk;
  /** One sentence: what is done. */
  readonly what: string;
  /** One sentence: what undoes it. */
  readonly undo: string;
  /** Remedies of one key run one after the other (a managed identity refuses concurrent writes with 409). */
  readonly serialKey?: string;
  readonly call: RemedyCall;
}

/** A remedy that was carried out. */
export interface Action {
  readonly remedyId: RemedyId | 'containment';
  /** `done`: the vendor confirmed. `queued`: accepted, not yet effective. `nothing-to-do`: it was gone already. */
  readonly result: 'done' | 'queued' | 'nothing-to-do' | 'failed';
  readonly what: string;
  /** ISO instant. */
  readonly at: string;
  readonly requestId?: string;
  /** Blob that holds the object as it was before. */
  readonly beforeImage?: BlobRef;
  /** For `failed`: what the vendor said, redacted, and what to do. */
  readonly error?: string;
}

/** A document in blob storage. `sha256` is hex over the stored bytes. */
export interface BlobRef {
  readonly container: 'work' | 'evidence';
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}
