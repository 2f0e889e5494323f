import type { GitHubOwners } from '../../../people/github-owner.ts';
import type { GitHubAccount } from '../../../people/leaver.ts';
import type { GitHubInstance } from './issuer.ts';

/**
 * Somebody at an issuer whom the firm counts as its own (the setting `TRUSTED_OWNERS`). `issuer` is host and path
 * without `https://` and without a slash at its end; `owner` is how the issuer's subjects name it, `*` for everybody.
 */
export interface TrustedOwner {
  readonly issuer: string;
  readonly owner: string;
}

/** What the rule on trust knows besides the credential. */
export interface TrustContext {
  /** The leaver's GitHub accounts; none where none is known. */
  readonly accounts: readonly GitHubAccount[];
  /** The leaver's object id. */
  readonly oid: string;
  /** The GitHub installation on which those accounts and the firm's organisations live. */
  readonly instance: GitHubInstance;
  readonly owners: GitHubOwners;
  readonly tenantId: string;
  readonly devopsOrganisations: readonly string[];
  readonly trusted: readonly TrustedOwner[];
}

/** An issuer as `TRUSTED_OWNERS` writes it. The path keeps its case: at some issuers it tells customers apart. */
export function issuerKey(issuer: string): string {
  const url = URL.parse(issuer.trim());
  if (url === null || url.protocol !== 'https:') return issuer.trim();
  return `${url.host}${url.pathname}${url.search}${url.hash}`.replace(/\/+$/, '');
}

/** The owners that the firm trusts at one issuer. */
export function trustedAt(issuer: string, { trusted }: Pick<TrustContext, 'trusted'>): string[] {
  const key = issuerKey(issuer);
  const here = trusted.filter((each) => each.issuer === key).map(({ owner }) => owner);
  return isSharedIssuer(key) ? here.filter((owner) => owner !== '*') : here;
}

/** Issuers that sign for everybody who asks: there `*` would trust the world. */
const SHARED = [
  /^token\.actions\.githubusercontent\.com$/,
  /^(?:gitlab\.com|app\.terraform\.io|accounts\.google\.com|api\.bitbucket\.org|cognito-identity\.amazonaws\.com)(?:\/|$)/,
  /^vstoken\.dev\.azure\.com(?:\/|$)/,
  /^(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)\/(?:common|organizations|consumers)(?:\/|$)/,
];

/** Whether an issuer, as `TRUSTED_OWNERS` writes it, signs for everybody. */
export function isSharedIssuer(issuer: string): boolean {
  return SHARED.some((pattern) => pattern.test(issuer.toLowerCase()));
}
