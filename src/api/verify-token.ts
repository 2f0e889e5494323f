import * as jose from 'jose';
import type { Config } from '../config.ts';
import { type Caller, callerOf } from './caller.ts';

/** Whose tokens are taken, and for whom they must be. */
export type ApiSettings = Pick<Config, 'API_AUDIENCE' | 'LOGIN_ENDPOINT' | 'TENANT_ID'>;

export type Verified =
  | { readonly kind: 'caller'; readonly caller: Caller }
  /** No token at all: RFC 6750 wants no error code then. */
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly why: string }
  /** The tenant's keys could not be read: the token may be good. */
  | { readonly kind: 'unavailable' };

type Keys = ReturnType<typeof jose.createRemoteJWKSet>;

const keysByUrl = new Map<string, Keys>();

/** jose's own names for: the key endpoint gave nothing usable. */
const KEYS_UNREADABLE = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

/**
 * Verifies an Entra access token (v2.0): signature by the tenant's published keys, algorithm, issuer, tenant,
 * audience and time. App Service authentication stands in front as well, but can be switched off.
 * Claims: learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export async function verifyToken(settings: ApiSettings, authorization: string | null): Promise<Verified> {
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (token === undefined)
    return authorization === null ? { kind: 'none' } : { kind: 'invalid', why: 'not a bearer JWT' };
  try {
    const { payload } = await jose.jwtVerify(token, keysOf(settings), {
      algorithms: ['RS256'],
      issuer: `${settings.LOGIN_ENDPOINT}/${settings.TENANT_ID}/v2.0`,
      audience: settings.API_AUDIENCE,
      requiredClaims: ['exp', 'nbf'],
    });
    const caller = callerOf(payload, settings.TENANT_ID);
    return caller === undefined
      ? { kind: 'invalid', why: 'not an access token of this tenant' }
      : { kind: 'caller', caller };
  } catch (error) {
    if (!(error instanceof jose.errors.JOSEError) || KEYS_UNREADABLE.includes(error.code))
      return { kind: 'unavailable' };
    return { kind: 'invalid', why: whyOf(error) };
  }
}

/** jose caches the keys, and reads them again for an unknown key id, at most every 30 s. */
function keysOf(settings: Pick<Config, 'LOGIN_ENDPOINT' | 'TENANT_ID'>): Keys {
  const url = `${settings.LOGIN_ENDPOINT}/${settings.TENANT_ID}/discovery/v2.0/keys`;
  const known = keysByUrl.get(url);
  if (known !== undefined) return known;
  const keys = jose.createRemoteJWKSet(new URL(url), { timeoutDuration: 5_000 });
  keysByUrl.set(url, keys);
  return keys;
}

function whyOf(error: jose.errors.JOSEError): string {
  if (error instanceof jose.errors.JWTExpired) return 'expired';
  if (error instanceof jose.errors.JWTClaimValidationFailed) return `the claim ${error.claim} is wrong or missing`;
  if (error.code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'the signature is not the tenant’s';
  if (error instanceof jose.errors.JWKSNoMatchingKey) return 'signed with a key that the tenant does not publish';
  if (error instanceof jose.errors.JOSEAlgNotAllowed) return 'signed with another algorithm than RS256';
  return 'not a valid JWT';
}
