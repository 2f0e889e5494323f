import type { GitHubOwners } from '../../../people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../people/leaver.ts';
import type { GitHubInstance } from './subject/issuer.ts';

/**
 * Somebody at an issuer whom the firm counts as its own (the setting `TRUSTED_OWNERS`). `issuer` is host and path
 * without `https://` and without a slash at its end; `owner` is how the issuer's subjects name it, `*` for everybody.
 * At GitHub, `login@id` is the account with that id alone.
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

/** An owner at GitHub as `TRUSTED_OWNERS` writes it: `hashicorp@761456`, or by a name whose holder may change. */
export function gitHubOwner(owner: string): { readonly login: string; readonly id?: number } {
  const [, login, id] = /^([^@]+)@(\d{1,15})$/.exec(owner) ?? [];
  return login === undefined ? { login: owner } : { login, id: Number(id) };
}

/**
 * Issuers that sign for everybody who asks: there `*` would trust the world. Where a customer has a path of its own
 * (`oidc.vercel.com/<team>`), only the address without one is everybody's.
 * Sources: buildkite.com/docs/pipelines/security/oidc, circleci.com/docs/openid-connect-tokens, vercel.com/docs/oidc,
 * fly.io/docs/security/openid-connect, developer.harness.io, docs.gitlab.com/ci/secrets/id_token_authentication,
 * www.pulumi.com/docs/pulumi-cloud/access-management/oidc, docs.sigstore.dev
 */
export const SHARED_ISSUERS = [
  /^token\.actions\.githubusercontent\.com$/,
  /^(?:gitlab\.com|app\.(?:eu\.)?terraform\.io|accounts\.google\.com|api\.bitbucket\.org|cognito-identity\.amazonaws\.com)(?:\/|$)/,
  /^(?:agent\.buildkite\.com|api\.pulumi\.com|oauth2\.sigstore\.dev|token\.builds\.bitrise\.io|api\.codemagic\.io)(?:\/|$)/,
  /^(?:oidc\.codefresh\.io|auth\.expo\.dev|identity\.depot\.dev|api\.gitpod\.io|app\.gitpod\.io|login\.app\.env0\.com)(?:\/|$)/,
  /^(?:github\.com|appleid\.apple\.com|login\.live\.com|www\.facebook\.com|sts\.amazonaws\.com|kubernetes\.default\.svc(?:\.cluster\.local)?)(?:\/|$)/,
  /^(?:vstoken|token)\.dev\.azure\.com(?:\/|$)/,
  // Those that give each customer a path, at the address without it.
  /^(?:oidc\.circleci\.com|oidc\.vercel\.com|oidc\.fly\.io|app\.harness\.io|securetoken\.google\.com|container\.googleapis\.com|app\.spacelift\.io)$/,
  /^(?:oidc\.(?:eks|fargate)\.[a-z0-9-]+\.amazonaws\.com|[a-z0-9-]+\.oic\.prod-aks\.azure\.com)(?:\/id)?$/,
  // Accounts of nobody's organisation have a tenant as well.
  /^(?:login\.microsoftonline\.(?:com|us)|login\.windows\.net|login\.partner\.microsoftonline\.cn|sts\.windows\.net)(?:$|\/(?:common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad)(?:\/|$))/,
];

/** Whether an issuer, as `TRUSTED_OWNERS` writes it, signs for everybody. */
export function isSharedIssuer(issuer: string): boolean {
  const [host = '', ...path] = issuer.toLowerCase().split('/');
  // A dot at the end of a host names the same host.
  const plain = [host.replace(/\.(?=$|:)/, '').replace(/:443$/, ''), ...path].join('/');
  return SHARED_ISSUERS.some((pattern) => pattern.test(plain));
}
