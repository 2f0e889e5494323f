import type { Config } from '../config.ts';
import { PAGE_FILES, type PageFile, readPageFile } from '../page-files.ts';
import { digestOf, isKnown } from './answers.ts';
import { problem } from './problems/problem.ts';

interface Asked {
  readonly path: string;
  readonly ifNoneMatch: string | null;
  readonly takesBrotli: boolean;
}

interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

type PageSettings = Pick<Config, 'LOGIN_ENDPOINT' | 'SIGN_IN_METADATA'>;

/** Where the page lies; the app's bare address leads here. */
const PAGE = '/console/';

/**
 * A file of the operator's page. Names are fixed and each is asked for again (`no-cache` with an ETag), so that a
 * deployment is never half old. `index.html` has a nonce of its own in each answer and is kept by nobody.
 *
 * @param nonce makes one, base64 of at least 128 bits (w3.org/TR/CSP3/#security-nonces)
 */
export async function pageAnswer(
  asked: Asked,
  settings: PageSettings,
  nonce: () => string,
  readFile = readPageFile,
): Promise<PageAnswer> {
  if (!asked.path.startsWith(PAGE)) return { status: 308, headers: { location: PAGE, 'cache-control': 'no-store' } };
  const name = asked.path.slice(PAGE.length) || 'index.html';
  if (!isPageFile(name)) return answered(problem('not-found', { detail: 'The console has no such file.' }));
  const file = await readFile(name);
  if (file === undefined) {
    const detail = 'This package was made without the console; `npm run build` makes one with it.';
    return answered(problem('not-found', { detail }));
  }
  const headers = { ...headersOf(name), 'content-type': PAGE_FILES[name] };
  if (name === 'index.html') {
    const once = nonce();
    const html = file.plain.toString('utf8').replaceAll('NONCE', once);
    return {
      status: 200,
      headers: { ...headers, ...securityOf(settings, once), 'cache-control': 'no-store' },
      body: html,
    };
  }
  const etag = `"${digestOf(file.plain)}"`;
  const kept = { ...headers, etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
  if (isKnown(etag, asked.ifNoneMatch)) return { status: 304, headers: kept };
  if (asked.takesBrotli && file.brotli !== undefined)
    return { status: 200, headers: { ...kept, 'content-encoding': 'br' }, body: file.brotli };
  return { status: 200, headers: kept, body: file.plain };
}

function isPageFile(name: string): name is PageFile {
  return Object.hasOwn(PAGE_FILES, name);
}

function headersOf(name: PageFile): Readonly<Record<string, string>> {
  const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
  // MSAL's redirect page talks to the window that opened it, which an opener policy would cut off.
  return name === 'signed-in.html' ? common : { ...common, 'cross-origin-opener-policy': 'same-origin' };
}

/** What the page may load and talk to: its own files, the API, and where people sign in. */
function securityOf(
  { LOGIN_ENDPOINT, SIGN_IN_METADATA = {} }: PageSettings,
  nonce: string,
): Readonly<Record<string, string>> {
  const login = [
    ...new Set([LOGIN_ENDPOINT, ...Object.values(SIGN_IN_METADATA)].map((url) => new URL(url).origin)),
  ].join(' ');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self' ${login}`,
    `frame-src 'self' ${login}`,
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
}

async function answered(response: Response): Promise<PageAnswer> {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
