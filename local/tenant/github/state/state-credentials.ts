/** A grant of a fine-grained personal access token; `id` is what the API calls `pat_id`. */
export interface FineGrainedToken {
  readonly id: number;
  readonly tokenId: number;
  readonly name: string;
  readonly ownerId: number;
  /** Milliseconds since the epoch from which it is gone. */
  revokedFrom?: number;
}

export interface SsoCredential {
  readonly id: number;
  readonly login: string;
  /** Where it is given, the row shows this account's login of today. */
  readonly ownerId?: number;
  readonly type: 'personal access token' | 'SSH key' | 'OAuth app token' | 'GitHub app token';
  readonly tokenLastEight?: string;
  readonly fingerprint?: string;
  readonly scopes?: readonly string[];
  readonly note?: string;
  revokedFrom?: number;
}

/** A fine-grained token that waits for an owner of the organisation; `id` is what the API calls `pat_request_id`. */
export interface TokenRequest {
  readonly id: number;
  readonly tokenId: number;
  readonly name: string;
  readonly ownerId: number;
}

export interface DeployKey {
  readonly id: number;
  /** The public key. */
  readonly key: string;
  readonly title: string;
  readonly readOnly: boolean;
  /** A login, as GitHub has it; null where nobody is known any more. */
  readonly addedBy: string | null;
  readonly createdAt?: Date;
  readonly lastUsed?: Date;
  /** The organisation lets no deploy key in. */
  readonly disabled?: boolean;
}
