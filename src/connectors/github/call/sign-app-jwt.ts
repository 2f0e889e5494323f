import { createHash } from 'node:crypto';
import { RestError } from '@azure/core-rest-pipeline';
import { CryptographyClient, parseKeyVaultKeyIdentifier } from '@azure/keyvault-keys';
import { credentialOf, type IdentityName } from '../../credentials.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GitHubSettings } from '../../settings.ts';
import { failureOf } from './failure.ts';

/** GitHub refuses a JWT that lives longer than ten minutes; nine leave room for a fast clock. */
const LIFETIME_SECONDS = 540;
/** Issued a minute ago: GitHub refuses one from the future, and clocks drift. */
const BACKDATE_SECONDS = 60;

const clients = new Map<string, CryptographyClient>();

function clientOf(settings: GitHubSettings, identity: IdentityName): CryptographyClient {
  const key = `${identity} ${settings.GITHUB_APP_KEY_ID}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  // No retries inside: the orchestration waits on a durable timer instead.
  const options = { retryOptions: { maxRetries: 0 } };
  // Given only the id, the client first asks for the key, which we may not read and do not need.
  const { name, vaultUrl } = parseKeyVaultKeyIdentifier(settings.GITHUB_APP_KEY_ID);
  const named = { id: settings.GITHUB_APP_KEY_ID, name, properties: { name, vaultUrl } };
  const client = new CryptographyClient(named, credentialOf(settings, identity), options);
  clients.set(key, client);
  return client;
}

/**
 * A JWT as which GitHub knows the App, signed inside Key Vault: the private key never leaves it.
 * Format: docs.github.com/apps, "Generating a JSON Web Token (JWT) for a GitHub App".
 *
 * @throws RestError of Key Vault, or an error of the identity endpoint.
 */
export async function signAppJwt(
  settings: GitHubSettings,
  identity: IdentityName,
  timeDifferenceSeconds = 0,
): Promise<{ jwt: string; expiresAt: string }> {
  const now = Math.floor(Date.now() / 1000) + timeDifferenceSeconds;
  const expires = now + LIFETIME_SECONDS;
  const head = base64url({ alg: 'RS256', typ: 'JWT' });
  const body = base64url({ iat: now - BACKDATE_SECONDS, exp: expires, iss: settings.GITHUB_APP_ID });
  const digest = createHash('sha256').update(`${head}.${body}`).digest();
  const signature = (await sign(settings, identity, digest)).toString('base64url');
  return { jwt: `${head}.${body}.${signature}`, expiresAt: new Date(expires * 1000).toISOString() };
}

/** What the SDK makes of a page with status 200, such as a proxy's, is an answer without a signature: nobody answered. */
async function sign(settings: GitHubSettings, identity: IdentityName, digest: Buffer): Promise<Buffer> {
  const abortSignal = AbortSignal.timeout(settings.REQUEST_TIMEOUT_SECONDS * 1000);
  const { result }: { readonly result?: Uint8Array } = await clientOf(settings, identity).sign('RS256', digest, {
    abortSignal,
  });
  if (result === undefined || result.length === 0) throw new RestError('an answer without a signature');
  return Buffer.from(result);
}

/** Of no JWT: what it proves is that the identity may sign. */
const PROBE = createHash('sha256').update('mcp-offboarding: may this identity sign?').digest();

/** Signs a fixed digest and drops the signature. */
export async function trySigning(settings: GitHubSettings, identity: IdentityName): Promise<VendorResult<undefined>> {
  try {
    await sign(settings, identity, PROBE);
    return ok(undefined);
  } catch (error) {
    return failed(failureOf(error, { what: 'a test', where: 'this app' }, Date.now()));
  }
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
