import * as jose from 'jose';

/** Whose tokens are taken, and for whom they must be. */
export interface Trusted {
  readonly issuer: string;
  /** Where the issuer publishes its keys. */
  readonly keys: string;
  readonly audience: string;
  readonly requiredClaims: readonly string[];
  /** As faults name the issuer: `the tenant`. */
  readonly whose: string;
}

export type VerifiedJwt =
  | { readonly kind: 'payload'; readonly payload: jose.JWTPayload }
  /** No token at all: RFC 6750 wants no error code then. */
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid'; readonly why: string }
  /** The issuer's keys could not be read: the token may be good. */
  | { readonly kind: 'unavailable' };

type Keys = ReturnType<typeof jose.createRemoteJWKSet>;

const keysByUrl = new Map<string, Keys>();

/** jose's own names for: the key endpoint gave nothing usable. */
const KEYS_UNREADABLE = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

/** Verifies a bearer token: signature by the issuer's published keys, algorithm, issuer, audience and time. */
export async function verifyJwt(authorization: string | null, trusted: Trusted): Promise<VerifiedJwt> {
  const token = bearerOf(authorization);
  if (token === undefined)
    return authorization === null ? { kind: 'none' } : { kind: 'invalid', why: 'not a bearer JWT' };
  const { issuer, audience, requiredClaims } = trusted;
  try {
    const { payload } = await jose.jwtVerify(token, keysOf(trusted.keys), {
      ...{ algorithms: ['RS256'], issuer, audience },
      requiredClaims: [...requiredClaims],
    });
    return { kind: 'payload', payload };
  } catch (error) {
    if (!(error instanceof jose.errors.JOSEError) || KEYS_UNREADABLE.includes(error.code))
      return { kind: 'unavailable' };
    return { kind: 'invalid', why: whyOf(error, trusted.whose) };
  }
}

/** Whom a token says it is of, before anything of it is verified: good for choosing by whom it is verified alone. */
export function claimedIssuer(authorization: string | null): string | undefined {
  const token = bearerOf(authorization);
  if (token === undefined) return undefined;
  try {
    return jose.decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function bearerOf(authorization: string | null): string | undefined {
  return /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
}

/** jose caches the keys, and reads them again for an unknown key id, at most every 30 s. */
function keysOf(url: string): Keys {
  const known = keysByUrl.get(url);
  if (known !== undefined) return known;
  const keys = jose.createRemoteJWKSet(new URL(url), { timeoutDuration: 5_000 });
  keysByUrl.set(url, keys);
  return keys;
}

function whyOf(error: jose.errors.JOSEError, whose: string): string {
  if (error instanceof jose.errors.JWTExpired) return 'expired';
  if (error instanceof jose.errors.JWTClaimValidationFailed) return `the claim ${error.claim} is wrong or missing`;
  if (error.code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return `the signature is not ${whose}’s`;
  if (error instanceof jose.errors.JWKSNoMatchingKey) return `signed with a key that ${whose} does not publish`;
  if (error instanceof jose.errors.JOSEAlgNotAllowed) return 'signed with another algorithm than RS256';
  return 'not a valid JWT';
}
