import type { JWK } from 'jose';

/** One file of a case's evidence: its name below the folder that was downloaded, with `/`. */
export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A public key that whoever verifies has from elsewhere: the key itself, or its thumbprint (RFC 7638, SHA-256, base64url). */
export type PinnedKey = { readonly thumbprint: string } | { readonly jwk: JWK };

export interface VerifyOptions {
  /** Where there is one, a signature by any other key is a fault. */
  readonly keys?: readonly PinnedKey[];
  /** SHA-256 in hex of the newest manifest: without it nobody can tell that no newer revision was left out. */
  readonly expect?: string;
}

/** What can be wrong with evidence. */
export type EvidenceFaultCode =
  | 'no-case'
  | 'other-case'
  | 'unreadable-manifest'
  | 'unknown-version'
  | 'missing-file'
  | 'changed-file'
  | 'extra-file'
  | 'missing-revision'
  | 'wrong-revision'
  | 'broken-chain'
  | 'missing-signature'
  | 'unreadable-signature'
  | 'invalid-signature'
  | 'other-key'
  | 'missing-key'
  | 'signed-otherwise'
  | 'not-the-newest';

export interface EvidenceFault {
  readonly code: EvidenceFaultCode;
  readonly file: string;
  /** One sentence each: what is wrong, and what whoever finds it does. */
  readonly what: string;
  readonly todo: string;
}

export interface VerifiedRevision {
  readonly revision: number;
  /** Name of the manifest that seals it, and the SHA-256 of that in hex. */
  readonly manifest: string;
  readonly sha256: string;
  readonly filedAt: string;
  readonly outcome: string;
  /** How many files it seals. */
  readonly files: number;
  /** `none`: it was filed where no key was configured. `missing`: it was to be signed, and is not. */
  readonly signature: 'valid' | 'none' | 'missing' | 'invalid';
  readonly keyid?: string;
  readonly thumbprint?: string;
}

export interface SignedBy {
  readonly thumbprint: string;
  /** The key's id with its version, as the signatures name it. */
  readonly keyid: string;
  readonly pinned: boolean;
  readonly revisions: readonly number[];
}

/**
 * `verified`: whole, and signed by a pinned key. `not-pinned`: whole and signed, but nobody said by whom it must be.
 * `unsigned`: the files agree with each other, and nothing says who wrote them. `altered`: there is a fault.
 */
export type Verdict = 'verified' | 'not-pinned' | 'unsigned' | 'altered';

/** What verifying a case's evidence came to. */
export interface Verification {
  /** There is no fault, and where a key is pinned, the newest revision is signed with it. */
  readonly ok: boolean;
  readonly verdict: Verdict;
  readonly caseId?: string;
  /** Oldest first. */
  readonly revisions: readonly VerifiedRevision[];
  readonly faults: readonly EvidenceFault[];
  readonly signedBy: readonly SignedBy[];
  /** Files that no manifest names and that may well lie there: nobody vouches for them. */
  readonly unsealed: readonly { readonly file: string; readonly why: string }[];
  /** Only where `expect` was given and holds. */
  readonly isNewestProved: boolean;
}

/** Tells of one fault. */
export function fault(code: EvidenceFaultCode, file: string, what: string, todo: string): EvidenceFault {
  return { code, file, what, todo };
}
