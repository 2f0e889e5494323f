/** A fine-grained personal access token that may read or write in the organisation. */
export interface FineGrainedToken {
  /** Id of the grant; the API calls it `pat_id`. */
  readonly grantId: number;
  readonly name: string;
  readonly owner: { readonly id: number; readonly login: string };
  readonly repositories: string;
  readonly permissions: readonly string[];
  readonly grantedAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** A credential that its owner authorised for single sign-on. */
export interface SsoCredential {
  readonly credentialId: number;
  readonly login: string;
  /** `personal access token`, `SSH key`, `OAuth app token` or `GitHub app token`. */
  readonly type: string;
  /** Compared in memory only; four characters at most leave this process. */
  readonly tokenLastEight?: string;
  readonly fingerprint?: string;
  readonly scopes: readonly string[];
  readonly title?: string;
  readonly authorizedAt: string;
  readonly lastUsedAt: string | null;
}
