/** Who signs the tokens that a credential trusts. */
export type Issuer =
  /** github.com, with the enterprise's slug where it issues under a path of its own. */
  | { readonly kind: 'github.com'; readonly enterprise?: string }
  /** GitHub Enterprise Cloud with data residency. */
  | { readonly kind: 'ghe.com'; readonly subdomain: string; readonly enterprise?: string }
  /** GitHub Enterprise Server, or whoever answers at such an address. */
  | { readonly kind: 'github-server'; readonly host: string; readonly enterprise?: string }
  | { readonly kind: 'gitlab.com' }
  | { readonly kind: 'terraform-cloud' }
  | { readonly kind: 'bitbucket'; readonly workspace: string }
  | { readonly kind: 'azure-devops' }
  /** A tenant of Entra. */
  | { readonly kind: 'entra'; readonly tenantId: string }
  /** A cluster of Azure Kubernetes Service, and the tenant that it belongs to. */
  | { readonly kind: 'aks'; readonly tenantId: string }
  /** Somebody's site at GitHub: whoever writes there also says which keys sign. */
  | { readonly kind: 'github-pages'; readonly login: string }
  /** Everything else. */
  | { readonly kind: 'other'; readonly host: string };

/** A GitHub installation: logins and ids mean something only within one. */
export type GitHubInstance = Extract<Issuer, { kind: 'github.com' | 'ghe.com' | 'github-server' }>;

const ENTRA_HOSTS = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
]);
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads an issuer URL. Host and path are compared whole: `token.actions.githubusercontent.com.example.net`, the same
 * host with a port or over plain http, and `https://gitlab.com/somebody` are issuers that nobody knows.
 * Forms: docs.github.com/actions/reference/security/oidc, docs.gitlab.com/ci/secrets/id_token_authentication,
 * developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials,
 * support.atlassian.com/bitbucket-cloud (OpenID Connect), learn.microsoft.com/azure/devops/pipelines (workload identity),
 * learn.microsoft.com/azure/aks/use-oidc-issuer
 */
export function parseIssuer(text: string): Issuer {
  const url = URL.parse(text.trim());
  const plain = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.search + url.hash === '';
  if (url === null || !plain) return { kind: 'other', host: url?.host.toLowerCase() ?? text.trim().toLowerCase() };
  const host = url.hostname;
  const path = url.pathname.split('/').filter((segment) => segment !== '');
  const other: Issuer = { kind: 'other', host };
  const github = gitHubIssuer(host, path);
  if (github !== undefined) return github;
  const [first = '', second = ''] = path;
  if (host === 'gitlab.com') return path.length === 0 ? { kind: 'gitlab.com' } : other;
  if (host === 'app.terraform.io') return path.length === 0 ? { kind: 'terraform-cloud' } : other;
  if (host === 'api.bitbucket.org') {
    const [, workspace] = /^2\.0\/workspaces\/([^/]+)\/pipelines-config\/identity\/oidc$/.exec(path.join('/')) ?? [];
    return workspace === undefined ? other : { kind: 'bitbucket', workspace };
  }
  if (host === 'vstoken.dev.azure.com') return path.length === 1 && GUID.test(first) ? { kind: 'azure-devops' } : other;
  if (ENTRA_HOSTS.has(host) && GUID.test(first)) {
    return path.length === 2 && second === 'v2.0' ? { kind: 'entra', tenantId: first.toLowerCase() } : other;
  }
  if (host === 'sts.windows.net' && path.length === 1 && GUID.test(first)) {
    return { kind: 'entra', tenantId: first.toLowerCase() };
  }
  if (/^[a-z0-9-]+\.oic\.prod-aks\.azure\.com$/.test(host)) {
    return path.length === 2 && GUID.test(first) ? { kind: 'aks', tenantId: first.toLowerCase() } : other;
  }
  const site = /^([a-z0-9-]+)\.github\.io$/.exec(host)?.[1];
  return site === undefined ? other : { kind: 'github-pages', login: site };
}

function gitHubIssuer(host: string, path: readonly string[]): GitHubInstance | undefined {
  const own = (segments: readonly string[]) =>
    segments[0] === undefined ? {} : { enterprise: segments[0].toLowerCase() };
  if (host === 'token.actions.githubusercontent.com') {
    return path.length <= 1 ? { kind: 'github.com', ...own(path) } : undefined;
  }
  const subdomain = /^token\.actions\.([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  if (subdomain !== undefined) return path.length <= 1 ? { kind: 'ghe.com', subdomain, ...own(path) } : undefined;
  const [services, token, ...rest] = path;
  if (services?.toLowerCase() !== '_services' || token?.toLowerCase() !== 'token' || rest.length > 1) return undefined;
  return { kind: 'github-server', host, ...own(rest) };
}

/** The GitHub installation behind an API endpoint (the setting `GITHUB_API_ENDPOINT`), where the leaver's accounts live. */
export function instanceOfApi(endpoint: string): GitHubInstance {
  const url = URL.parse(endpoint);
  if (url === null) return { kind: 'github.com' };
  const { host } = url;
  const subdomain = /^api\.([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
  if (subdomain !== undefined) return { kind: 'ghe.com', subdomain };
  if (url.pathname.toLowerCase().startsWith('/api/v3')) return { kind: 'github-server', host };
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
    default:
      return false;
  }
}

/** The address at which an installation signs its tokens. */
export function issuerOf(instance: GitHubInstance): string {
  switch (instance.kind) {
    case 'github.com':
      return 'https://token.actions.githubusercontent.com';
    case 'ghe.com':
      return `https://token.actions.${instance.subdomain}.ghe.com`;
    case 'github-server':
      return `https://${instance.host}/_services/token`;
    default:
      return instance satisfies never;
  }
}
