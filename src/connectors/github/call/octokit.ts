import { createAppAuth } from '@octokit/auth-app';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type { IdentityName } from '../../credentials.ts';
import { parseJson, UNREADABLE } from '../../parse-json.ts';
import type { GitHubSettings } from '../../settings.ts';
import { pacingOf } from './pacing.ts';
import { pausingFetch } from './pause.ts';
import { signAppJwt } from './sign-app-jwt.ts';

/** Octokit with GitHub's pacing rules, and without retries: the orchestration waits, on a durable timer. */
const PacedOctokit = Octokit.plugin(throttling);
export type GitHubOctokit = InstanceType<typeof PacedOctokit>;

/** The App itself, for one of our identities. */
export interface AppClient {
  readonly octokit: GitHubOctokit;
  /** A token of the installation with these permissions; cached until it expires, unless `refresh`. */
  tokenOf(
    installationId: number,
    permissions: Readonly<Record<string, 'read' | 'write'>>,
    refresh: boolean,
  ): Promise<InstallationToken>;
}

export interface InstallationToken {
  readonly token: string;
  /** ISO instant of when this process got it. */
  readonly createdAt: string;
}

/** Octokit writes deprecations and warnings to the console, URLs included; failures are told by our own log. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const apps = new Map<string, AppClient>();

/** The App's own client, kept for the life of the process. */
export function appClient(settings: GitHubSettings, identity: IdentityName): AppClient {
  const key = `${identity} ${settings.GITHUB_API_ENDPOINT} ${settings.GITHUB_APP_ID} ${settings.GITHUB_APP_KEY_ID}`;
  const known = apps.get(key);
  if (known !== undefined) return known;
  const octokit = new PacedOctokit({
    ...commonOptions(settings, identity, 'app'),
    authStrategy: createAppAuth,
    auth: { appId: settings.GITHUB_APP_ID, createJwt: cachedJwt(settings, identity), log: silent },
  });
  asDocumented(octokit);
  const client: AppClient = {
    octokit,
    tokenOf: async (installationId, permissions, refresh) =>
      (await octokit.auth({ type: 'installation', installationId, permissions, refresh })) as InstallationToken,
  };
  apps.set(key, client);
  return client;
}

/** A client that authenticates each request with what `token` gives. */
export function installationOctokit(
  settings: GitHubSettings,
  identity: IdentityName,
  organisation: string,
  token: () => Promise<string>,
): GitHubOctokit {
  const octokit = new PacedOctokit(commonOptions(settings, identity, organisation));
  asDocumented(octokit);
  octokit.hook.before('request', async (options) => {
    options.headers.authorization = `token ${await token()}`;
  });
  return octokit;
}

const anonymous = new Map<string, GitHubOctokit>();

/** A client that authenticates as nobody, for the one call that refuses whoever does. */
export function anonymousOctokit(settings: GitHubSettings): GitHubOctokit {
  const known = anonymous.get(settings.GITHUB_API_ENDPOINT);
  if (known !== undefined) return known;
  const octokit = new PacedOctokit(commonOptions(settings, 'remover', 'nobody'));
  asDocumented(octokit);
  anonymous.set(settings.GITHUB_API_ENDPOINT, octokit);
  return octokit;
}

/** The version whose shapes we read; without it GitHub chooses. Source: docs.github.com/rest, "API Versions". */
const API_VERSION = '2022-11-28';

/**
 * Asks each call for the version and the media type that we know. Octokit's parser stumbles over objects with a member
 * called `toString` and hands out the text then (`json-with-bigint`, for numbers that we have none of): it is JSON all
 * the same, and one odd row must not cost a page.
 */
function asDocumented(octokit: GitHubOctokit): void {
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = API_VERSION;
    options.headers.accept = 'application/vnd.github+json';
  });
  octokit.hook.after('request', (response) => {
    if (typeof response.data !== 'string' || !/json/i.test(String(response.headers['content-type']))) return;
    const data = parseJson(response.data);
    if (data !== UNREADABLE) response.data = data;
  });
}

function commonOptions(settings: GitHubSettings, identity: IdentityName, organisation: string) {
  const { global, write, notifications, points } = pacingOf(settings, identity, organisation);
  // Decided once: a refusal goes back to the caller, who knows when to ask again.
  const throttle = {
    global,
    write,
    notifications,
    id: `${settings.GITHUB_API_ENDPOINT} ${organisation}`,
    onRateLimit: () => false,
    onSecondaryRateLimit: () => false,
  };
  const fetch = pausingFetch({
    timeoutMs: settings.REQUEST_TIMEOUT_SECONDS * 1000,
    unnamedPauseMs: settings.RETRY_DELAY_MS,
    points,
  });
  return {
    baseUrl: settings.GITHUB_API_ENDPOINT,
    userAgent: 'mcp-offboarding',
    log: silent,
    throttle,
    request: { fetch },
  };
}

/** A JWT serves every call of some minutes: Key Vault is asked once. */
function cachedJwt(settings: GitHubSettings, identity: IdentityName) {
  let kept: { readonly jwt: string; readonly expiresAt: string } | undefined;
  /** Seconds that GitHub's clock is ahead of ours. Octokit tells it once, and asks for tokens as if nothing were known. */
  let ahead = 0;
  return async (_appId: string | number, timeDifference?: number): Promise<{ jwt: string; expiresAt: string }> => {
    const stillGood = kept !== undefined && Date.parse(kept.expiresAt) - Date.now() - ahead * 1_000 > 120_000;
    if (kept !== undefined && stillGood && timeDifference === undefined) return kept;
    ahead = timeDifference ?? ahead;
    kept = await signAppJwt(settings, identity, ahead);
    return kept;
  };
}
