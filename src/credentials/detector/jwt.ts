import type { TokenClaims, TokenHolder } from './token-hit.ts';

/** `{"a":1}` */
const SHORTEST = 10;

/** The JSON object that a base64url segment spells, or undefined where it spells none. */
export function jsonSegment(segment: string): Readonly<Record<string, unknown>> | undefined {
  if (segment.length < SHORTEST) return undefined;
  const text = Buffer.from(segment, 'base64url').toString('utf8').trim();
  // An exception costs more than everything else here, and hostile text asks for one at every other character.
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds that a Date can hold: anybody can write a token with an expiry beyond, which no date is. */
const MOST_SECONDS = 8_640_000_000_000;

const TEXTS = ['oid', 'iss', 'upn', 'preferred_username', 'unique_name', 'email', 'idtyp'] as const;

/** Only the claims that tell whose a token is and when it ends; everything else in it is dropped. */
export function claimsOf(payload: Readonly<Record<string, unknown>>): TokenClaims {
  const texts = TEXTS.flatMap((name) => {
    const value = payload[name];
    return typeof value === 'string' ? [[name, value.slice(0, 256)] as const] : [];
  });
  const exp = payload.exp;
  return { ...Object.fromEntries(texts), ...(isInstant(exp) ? { exp } : {}) };
}

function isInstant(exp: unknown): exp is number {
  return typeof exp === 'number' && Math.abs(exp) <= MOST_SECONDS;
}

/** An application's token says `idtyp: app`; one that names a person is personal. An oid alone may be either. */
export function holderOf(claims: TokenClaims): TokenHolder {
  if (claims.idtyp === 'app') return 'service';
  const named = claims.upn !== undefined || claims.preferred_username !== undefined || claims.idtyp === 'user';
  return named ? 'personal' : 'unknown';
}
