/** The formats that the detector knows. */
export const TOKEN_TYPES = [
  'github-classic',
  'github-oauth',
  'github-app-user',
  'github-refresh',
  'github-installation',
  'github-fine-grained',
  'azure-devops',
  'azure-devops-legacy',
  'entra-client-secret',
  'npm',
  'aws-access-key',
  'anthropic-oauth',
  'anthropic-api',
  'openai',
  'azure-sas',
  'jwt',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** Whom the format says a token acts as. `unknown`: the format is used by people and by automation. */
export type TokenHolder = 'personal' | 'service' | 'unknown';

/** The few claims of a JWT (or the signer of a SAS) that tell whose it is and for how long. */
export interface TokenClaims {
  readonly oid?: string;
  /** Who says so; Entra's name the tenant in which `oid` names somebody. */
  readonly iss?: string;
  /** The same tenant of a SAS, which has no issuer. */
  readonly tid?: string;
  readonly upn?: string;
  readonly preferred_username?: string;
  readonly unique_name?: string;
  readonly email?: string;
  readonly idtyp?: string;
  /** Seconds since the epoch. */
  readonly exp?: number;
}

/** A token that stands in a text, described without its value. */
export interface TokenHit {
  readonly type: TokenType;
  readonly holder: TokenHolder;
  /** `valid`: the format carries a checksum and it is right. `none`: the format has none that could be checked. */
  readonly checksum: 'valid' | 'none';
  /** Hex SHA-256 of the token. GitHub's audit log names tokens by the same digest, in base64. */
  readonly sha256: string;
  readonly lastFour: string;
  /** Offsets in the text: `start` inclusive, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly claims?: TokenClaims;
  /** The token stands in the text in base64, as in an `Authorization: Basic` header; the offsets are those of the whole run. */
  readonly encoded?: 'base64';
}

/** A hit with what of its token may be compared, in memory only: it is never stored. */
export interface FoundToken {
  readonly hit: TokenHit;
  /** The last eight characters of the token itself, also where it stands in the text in base64. */
  readonly lastEight: string;
}
