/** The formats that the detector knows; what each is stands in `formats.ts`. */
export const TOKEN_TYPES = [
  'github-classic',
  'github-classic-hex',
  'github-oauth',
  'github-app-user',
  'github-refresh',
  'github-installation',
  'github-fine-grained',
  'azure-devops',
  'azure-devops-legacy',
  'entra-client-secret',
  'entra-refresh',
  'azure-storage-key',
  'azure-sas',
  'azure-shared-access-key',
  'azure-api-management-key',
  'npm',
  'aws-access-key',
  'anthropic-oauth',
  'anthropic-api',
  'openai',
  'gcp-service-account-key',
  'gitlab',
  'slack',
  'docker-hub',
  'pypi',
  'terraform',
  'atlassian',
  'hugging-face',
  'private-key',
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

/**
 * `valid`: the format carries a checksum and it is right. `wrong`: it has exactly the format's length, and the
 * checksum is not that of its letters, so that its issuer never made it. `none`: there is none that could be checked.
 */
export type Checksum = 'valid' | 'wrong' | 'none';

/** How a token stands in a text where it does not stand in clear. */
export type Encoding = 'base64' | 'escaped';

/** A token that stands in a text, described without its value. */
export interface TokenHit {
  readonly type: TokenType;
  readonly holder: TokenHolder;
  readonly checksum: Checksum;
  /** Hex SHA-256 of the token. GitHub's audit log names tokens by the same digest, in base64. */
  readonly sha256: string;
  readonly lastFour: string;
  /** Offsets in the text: `start` inclusive, `end` exclusive. Of an encoded token they are those of its encoding. */
  readonly start: number;
  readonly end: number;
  readonly claims?: TokenClaims;
  /** The outermost encoding: an `Authorization: Basic` header is `base64`, `%7E` or `\u002d` is `escaped`. */
  readonly encoded?: Encoding;
}

/** A hit with what of its token may be compared, in memory only: it is never stored. */
export interface FoundToken {
  readonly hit: TokenHit;
  /** The last eight characters of the token itself, also where it stands in the text in base64. */
  readonly lastEight: string;
}
