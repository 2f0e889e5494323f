/** Who signs the tokens that a credential trusts. */
export type Issuer =
  /** github.com, with the enterprise's slug where it issues under a path of its own. */
  | { readonly kind: 'github.com'; readonly enterprise?: string }
  /** GitHub Enterprise Cloud with data residency. */
  | { readonly kind: 'ghe.com'; readonly subdomain: string }
  /** GitHub Enterprise Server. */
  | { readonly kind: 'github-server'; readonly host: string }
  /** Another forge or build service, whose subjects name people or groups of its own. */
  | { readonly kind: 'other-forge'; readonly host: string }
  /** Kubernetes, clouds and everything else. */
  | { readonly kind: 'other'; readonly host: string };

/** A GitHub installation: logins and ids mean something only within one. */
export type GitHubInstance = Extract<Issuer, { kind: 'github.com' | 'ghe.com' | 'github-server' }>;

const OTHER_FORGES = new Set(['gitlab.com', 'app.terraform.io', 'api.bitbucket.org', 'vstoken.dev.azure.com']);

/**
 * Reads an issuer URL. Hosts are compared whole: `token.actions.githubusercontent.com.example.net` is not GitHub.
 * Forms: docs.github.com/actions/reference/security/oidc
 */
export function parseIssuer(text: string): Issuer {
  const url = URL.parse(text.trim());
  if (url === null) return { kind: 'other', host: text.trim().toLowerCase() };
  const host = url.host.toLowerCase();
  const path = url.pathname.split('/').filter((segment) => segment !== '');
  if (host === 'token.actions.githubusercontent.com') {
    return path[0] === undefined ? { kind: 'github.com' } : { kind: 'github.com', enterprise: path[0].toLowerCase() };
  }
  const subdomain = /^token\.actions\.([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  if (subdomain !== undefined) return { kind: 'ghe.com', subdomain };
  if (path.join('/').toLowerCase() === '_services/token') return { kind: 'github-server', host };
  if (OTHER_FORGES.has(host)) return { kind: 'other-forge', host };
  return { kind: 'other', host };
}

/** The GitHub installation behind an API endpoint (the setting `GITHUB_API_ENDPOINT`), where the leaver's accounts live. */
export function instanceOfApi(endpoint: string): GitHubInstance {
  const url = URL.parse(endpoint);
  const host = url?.host.toLowerCase() ?? '';
  const subdomain = /^api\.([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  if (subdomain !== undefined) return { kind: 'ghe.com', subdomain };
  if (url?.pathname.toLowerCase().startsWith('/api/v3')) return { kind: 'github-server', host };
  return { kind: 'github.com' };
}

/** Whether the issuer's logins and ids are those of the installation. */
export function isInstance(issuer: Issuer, instance: GitHubInstance): boolean {
  switch (issuer.kind) {
    case 'github.com':
      return instance.kind === 'github.com';
    case 'ghe.com':
      return instance.kind === 'ghe.com' && instance.subdomain === issuer.subdomain;
    case 'github-server':
      return instance.kind === 'github-server' && instance.host === issuer.host;
    case 'other-forge':
    case 'other':
      return false;
    default:
      return issuer satisfies never;
  }
}
