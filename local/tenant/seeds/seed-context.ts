/** Token formats that a seed can plant. */
export const PLANTED_KINDS = [
  'github-classic',
  'github-fine-grained',
  'github-oauth',
  'github-installation',
  'azure-devops',
  'azure-devops-legacy',
  'anthropic-oauth',
  'jwt',
] as const;
export type PlantedKind = (typeof PLANTED_KINDS)[number];

/** Formats that no seed plants; tests and the detector's benchmark mint them. */
export const FOREIGN_KINDS = [
  'npm',
  'aws-access-key',
  'openai',
  'entra-client-secret',
  'github-refresh',
  'github-app-user',
  'entra-refresh',
  'azure-storage-key',
  'anthropic-api',
  'gitlab',
  'slack',
  'docker-hub',
  'pypi',
  'terraform',
  'atlassian',
  'hugging-face',
  'private-key',
] as const;
export type ForeignKind = (typeof FOREIGN_KINDS)[number];

/** Makes credentials with valid checksums at run time, so that none stands in the source, and remembers them. */
export interface TokenMint {
  mint(kind: PlantedKind | ForeignKind): string;
  /** A JWT of whatever issuer, with these claims. */
  jwt(claims: Readonly<Record<string, unknown>>): string;
  /** A URL with a shared access signature; a user delegation names its signer with `skoid` and `sktid`. */
  sas(signer: Readonly<Record<string, string>>): string;
  /** Everything minted so far: the canaries that must never be written anywhere. */
  all(): readonly string[];
}

/** How big the tenant is beyond the case study's own people and things. */
export interface Scale {
  readonly repositories: number;
  readonly identities: number;
  readonly credentialsPerIdentity: number;
}

/** What every vendor's seed gets. */
export interface SeedContext {
  /** The day the story is told; everything in the past is relative to it. */
  readonly now: Date;
  readonly scale: Scale;
  readonly mint: TokenMint;
}
