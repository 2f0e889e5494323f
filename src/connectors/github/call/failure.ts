import * as z from 'zod';
import type { IdentityName } from '../../credentials.ts';
import { plainName } from '../../plain-name.ts';
import { NO_TIME_NAMED, type VendorFailure } from '../../result.ts';
import { limitWaitMs } from './pause.ts';
import { Paused } from './paused.ts';
import { quoted, wordsOf } from './refusal-words.ts';

/** What was asked, for messages and for coverage. */
export interface Asked {
  /** For example `the self-hosted runners`. */
  readonly what: string;
  /** The organisation or `owner/repository`. */
  readonly where: string;
  /** The App permission that it takes, as GitHub writes it: `organization_self_hosted_runners=read`. */
  readonly permission?: string;
  /** Set where the thing lies in one repository, which an installation on selected ones may not see. */
  readonly repository?: boolean;
}

/** Octokit's RequestError, by shape: the package that defines it is not ours to import. */
interface HttpError {
  readonly name: 'HttpError';
  readonly status: number;
  readonly cause?: unknown;
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly data?: unknown;
  };
}

/**
 * Whatever a call to GitHub (or to Key Vault, which signs for it) ended in, as a value. Of a body, GitHub's
 * reason for a refusal alone enters a message: the rest may be a proxy's page, or hold what was asked for.
 *
 * @throws the error itself where it is none of these: a bug of ours.
 */
export function failureOf(error: unknown, asked: Asked, now: number): VendorFailure {
  if (isHttpError(error)) {
    if (error.cause instanceof Paused) return throttled(asked, 403, error.cause.tryAgainAfterMs);
    if (error.response === undefined) return unreachable(asked, error.cause);
    return refusal(error.response, asked, now);
  }
  const limited = rateLimited(error, now);
  if (limited !== undefined) return throttled(asked, 200, limited);
  return signingFailure(error, asked);
}

/** An answer that is not what GitHub documents: cut short, a proxy's page, or another version's. */
export function shapeFailure(asked: Asked, status: number): VendorFailure {
  const message = `${sentence(asked)} ${status} with a body that is not what it documents.`;
  return { kind: 'unavailable', status, tryAgainAfterMs: NO_TIME_NAMED, message };
}

export function throttled({ what, where }: Asked, status: number, tryAgainAfterMs: number): VendorFailure {
  const message = `GitHub’s rate limit was met while asking for ${what} of ${where}.`;
  return { kind: 'throttled', status, tryAgainAfterMs, message };
}

/**
 * A refusal, with GitHub's own words where it gave any. What it takes for the cause, if anything, is told by whoever
 * looked: a 403 also comes from a suspended installation, an IP allow list or single sign-on.
 */
export function refused(asked: Asked, status: number, words: string | undefined): DeniedByGitHub {
  const said = words === undefined ? '' : ` GitHub said ${quoted(words)}.`;
  return { kind: 'denied', status, message: `${sentence(asked)} ${status}.${said}` };
}

/** The assessor has an App of its own, which only reads. */
export function appOf(identity: IdentityName): string {
  return identity === 'assessor' ? 'The assessor’s GitHub App' : 'The GitHub App';
}

/** The refusal of what the App is known to lack. */
export function lacking(
  asked: Asked,
  status: number,
  missingPermission: string,
  identity: IdentityName,
): DeniedByGitHub {
  const message = `${sentence(asked)} ${status}. ${appOf(identity)} needs the permission ${missingPermission}.`;
  return { kind: 'denied', status, missingPermission, message };
}

/**
 * What is in a repository that GitHub has blocked, for its terms of service or a takedown (403 or 451). No permission
 * opens it, so that it is a part that is missing, and no denial of the rest.
 */
export function blocked(asked: Asked, status = 200): VendorFailure {
  const message =
    `${sentence(asked)} that the repository is blocked. Nobody can read it until GitHub Support lifts that: look at ` +
    'what it holds by hand, or delete it if nobody needs it.';
  return { kind: 'incomplete', status, message };
}

/** A file that GitHub gives to nobody over its API. Source: docs.github.com/rest/git/blobs, "Get a blob". */
function tooLarge(asked: Asked, status: number): VendorFailure {
  const message = `${sentence(asked)} that it is larger than the 100 MB which the API gives out: look at it by hand.`;
  return { kind: 'incomplete', status, message };
}

/** GitHub's words for both. */
const BLOCKED = /^Repository access blocked/;
const TOO_LARGE = /too large to fetch via the API/;

type DeniedByGitHub = Extract<VendorFailure, { readonly kind: 'denied' }>;

function refusal(response: NonNullable<HttpError['response']>, asked: Asked, now: number): VendorFailure {
  const { status } = response;
  const header = (name: string): string | undefined => {
    const value = response.headers[name];
    return value === undefined ? undefined : String(value);
  };
  const message = `${sentence(asked)} ${status}.`;
  const words = wordsOf(response.data);
  const wait = limitWaitMs({ status, header, words }, now);
  if (wait !== undefined) return throttled(asked, status, wait);
  if (status === 451 || BLOCKED.test(words ?? '')) return blocked(asked, status);
  if (status === 403 && TOO_LARGE.test(words ?? '')) return tooLarge(asked, status);
  if (status === 401 || status === 403) return refused(asked, status, words);
  if (status === 404 || status === 410) return { kind: 'not-found', status, message };
  if (status === 409 || status === 423) return { kind: 'conflict', status, retryable: status === 409, message };
  if (status >= 500 || status === 408) {
    const asking = limitWaitMs({ status: 429, header }, now) ?? NO_TIME_NAMED;
    return { kind: 'unavailable', status, tryAgainAfterMs: asking, message };
  }
  return { kind: 'refused', status, message };
}

function unreachable(asked: Asked, cause: unknown): VendorFailure {
  const why = cause instanceof Error && cause.name === 'TimeoutError' ? 'in time' : 'before the connection broke';
  const message = `GitHub was asked for ${asked.what} of ${asked.where} and did not answer ${why}.`;
  return { kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message };
}

/** GraphQL says so in a 200, which the throttling plugin turns into an error with the answer attached. */
function rateLimited(error: unknown, now: number): number | undefined {
  const response = (error as { readonly response?: { readonly headers?: unknown; readonly data?: unknown } } | null)
    ?.response;
  const errors = (response?.data as { readonly errors?: unknown } | undefined)?.errors;
  const limits = z.array(z.looseObject({ type: z.string().optional(), code: z.string().optional() })).safeParse(errors);
  if (!limits.success || !limits.data.some(({ type, code }) => isRateLimit(type, code))) return undefined;
  const headers = (response?.headers ?? {}) as Readonly<Record<string, string | undefined>>;
  return limitWaitMs({ status: 429, header: (name) => headers[name] }, now) ?? NO_TIME_NAMED;
}

/** `RATE_LIMITED`, `RATE_LIMIT`, `graphql_rate_limit`: GitHub writes it in several ways (yanyongyu/githubkit#271). */
export function isRateLimit(type: string | undefined, code: string | undefined): boolean {
  return [type, code].some((each) => /rate.?limit/i.test(each ?? ''));
}

const SIGN = 'Microsoft.KeyVault/vaults/keys/sign/action';

/** The App's JWT is signed in Key Vault with a token of our managed identity; both may refuse or be away. */
function signingFailure(error: unknown, asked: Asked): VendorFailure {
  const { name, statusCode, code } = (error ?? {}) as Readonly<Record<'name' | 'statusCode' | 'code', unknown>>;
  const what = `the app’s JWT, for ${asked.what} of ${asked.where}`;
  if (statusCode === 401 || statusCode === 403) {
    return {
      kind: 'denied',
      status: statusCode,
      missingPermission: SIGN,
      message: `Key Vault was asked to sign ${what}, and answered ${statusCode}. The identity needs ${SIGN} on the key.`,
    };
  }
  if (typeof name !== 'string' || !SIGNING_ERRORS.has(name)) throw error;
  const status = typeof statusCode === 'number' ? { status: statusCode } : {};
  // Only the vault's own words can say that the key is gone or wrong, which does not pass; a proxy's page cannot.
  if (typeof code === 'string' && (statusCode === 404 || statusCode === 400)) {
    const said = `Key Vault was asked to sign ${what}, and answered ${statusCode} (${plainName(code) ?? 'no code'}).`;
    return {
      kind: 'refused',
      status: statusCode,
      message: `${said} Look whether GITHUB_APP_KEY_ID names a key that is there, and may sign.`,
    };
  }
  const message = `Key Vault was asked to sign ${what}, and gave no signature (${name}).`;
  if (statusCode === 429) return { kind: 'throttled', status: 429, tryAgainAfterMs: NO_TIME_NAMED, message };
  return { kind: 'unavailable', ...status, tryAgainAfterMs: NO_TIME_NAMED, message };
}

/** What `@azure/identity` and the Azure SDK's pipeline throw. */
const SIGNING_ERRORS = new Set([
  'RestError',
  'AbortError',
  'TimeoutError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

function sentence({ what, where }: Asked): string {
  return `GitHub was asked for ${what} of ${where} and answered`;
}

function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}
