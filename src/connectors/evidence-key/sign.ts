import { RestError } from '@azure/core-rest-pipeline';
import { CryptographyClient, KeyClient, type KeyVaultKey, parseKeyVaultKeyIdentifier } from '@azure/keyvault-keys';
import { OffboardingError } from '../../errors.ts';
import { credentialOf } from '../credentials.ts';
import { plainName } from '../plain-name.ts';
import { readRestError } from '../rest-error.ts';
import { failed, NO_TIME_NAMED, ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { EvidenceKeySettings } from '../settings.ts';

/** Whoever files evidence signs it. */
const IDENTITY = 'remover';

/** The key that signs from now on: where the setting names no version, the vault's newest. */
export interface SigningKey {
  /** Its id with its version. */
  readonly keyid: string;
  /** Its public part. */
  readonly jwk: Readonly<Record<'kty' | 'crv' | 'x' | 'y', string>>;
}

/** ES256 over a digest (SHA-256): r and s, 32 bytes each. */
export interface Signed {
  readonly key: SigningKey;
  readonly signature: Uint8Array;
}

/**
 * Asks for the key, has the caller say what it signs, and has the vault sign that: what is signed names the key. The
 * private key never leaves the vault.
 */
export async function signWith(
  settings: EvidenceKeySettings,
  digestFor: (key: SigningKey) => Uint8Array,
): Promise<VendorResult<Signed>> {
  const { EVIDENCE_KEY_ID: id } = settings;
  if (id === undefined) throw new OffboardingError('config-invalid', 'EVIDENCE_KEY_ID: not set.');
  try {
    const { vaultUrl, name, version } = parseKeyVaultKeyIdentifier(id);
    // No retries inside: what cannot be signed now is signed by the next round.
    const options = { retryOptions: { maxRetries: 0 } };
    const credential = credentialOf(settings, IDENTITY);
    const held = await new KeyClient(vaultUrl, credential, options).getKey(name, {
      ...(version === undefined ? {} : { version }),
      abortSignal: deadline(settings),
    });
    const key = signingKeyOf(held);
    if (key === undefined) return failed(notOfES256(id));
    const { result }: { readonly result?: Uint8Array } = await new CryptographyClient(held, credential, options).sign(
      'ES256',
      digestFor(key),
      { abortSignal: deadline(settings) },
    );
    // What the SDK makes of a page with status 200, such as a proxy's, is an answer without a signature.
    if (result?.length !== 64) throw new RestError('an answer without a signature');
    return ok({ key, signature: result });
  } catch (error) {
    return failed(failureOf(error, id));
  }
}

/** Signs a fixed digest and drops the signature: what it proves is that the app may sign. */
export async function trySigning(settings: EvidenceKeySettings): Promise<VendorResult<undefined>> {
  const signed = await signWith(settings, () => new Uint8Array(32));
  return signed.ok ? ok(undefined) : signed;
}

function deadline({ REQUEST_TIMEOUT_SECONDS: seconds }: EvidenceKeySettings): AbortSignal {
  return AbortSignal.timeout(seconds * 1000);
}

function signingKeyOf({ id, key }: Partial<KeyVaultKey>): SigningKey | undefined {
  if (id === undefined || key?.x === undefined || key.y === undefined) return undefined;
  // The SDK types the curve and the sort of key openly; a key in a managed HSM is `EC-HSM`, with the same public part.
  if (!key.kty?.startsWith('EC') || key.crv !== 'P-256') return undefined;
  const [x, y] = [key.x, key.y].map((part) => Buffer.from(part).toString('base64url'));
  return x === undefined || y === undefined ? undefined : { keyid: id, jwk: { kty: 'EC', crv: 'P-256', x, y } };
}

function notOfES256(id: string): VendorFailure {
  const message = `${id} is no key that signs with ES256: EVIDENCE_KEY_ID must name a key of the type EC with the curve P-256.`;
  return { kind: 'refused', status: 200, message };
}

/** Whatever asking the vault ended in, as a value. @throws the error itself where it is a bug of ours */
function failureOf(error: unknown, id: string): VendorFailure {
  const { status, code, waitMs } = readRestError(error);
  const asked = `Key Vault was asked to sign with ${id}`;
  if (status === 401 || status === 403) {
    const message = `${asked} and answered ${status}. The ${IDENTITY} identity needs the role Key Vault Crypto User on the key.`;
    return { kind: 'denied', status, missingPermission: 'Key Vault Crypto User', message };
  }
  const name = (error as { readonly name?: unknown } | null)?.name;
  if (typeof name !== 'string' || !AWAY.has(name)) throw error;
  // Only the vault's own words can say that the key is gone or wrong, which does not pass; a proxy's page cannot.
  if (code !== undefined && (status === 404 || status === 400)) {
    const message = `${asked} and answered ${status} (${code}). Look whether EVIDENCE_KEY_ID names a key that is there, and may sign.`;
    return { kind: 'refused', status, message };
  }
  const message = `${asked} and gave no signature (${plainName(name) ?? 'unknown'}).`;
  if (status === 429) return { kind: 'throttled', status, tryAgainAfterMs: waitMs, message };
  return { kind: 'unavailable', ...(status === undefined ? {} : { status }), tryAgainAfterMs: NO_TIME_NAMED, message };
}

/** What `@azure/identity` and the Azure SDK's pipeline throw. */
const AWAY = new Set([
  'RestError',
  'AbortError',
  'TimeoutError',
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);
