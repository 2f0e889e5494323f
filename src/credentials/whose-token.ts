import type { Leaver } from '../people/leaver.ts';
import { detectTokens } from './detector/detect-tokens.ts';
import type { TokenHit } from './detector/token-hit.ts';

/**
 * Whose a found token is. `leaver` and `somebody-else` are proved; `unknown` is a person's token whose owner the
 * outside cannot tell; `service` acts as no person.
 */
export type TokenOwnership =
  | { readonly owner: 'leaver'; readonly because: string }
  | { readonly owner: 'somebody-else'; readonly because: string }
  | { readonly owner: 'unknown' }
  | { readonly owner: 'service' };

/** What of a token may be compared, in memory only. */
export interface FoundToken {
  readonly hit: TokenHit;
  readonly lastEight: string;
}

/** A credential of the leaver that single sign-on lists; GitHub tells the last eight characters of tokens. */
export interface KnownCredential {
  readonly credentialId: number;
  readonly tokenLastEight?: string;
}

/** Proof only: a token is never tried out, and a format says who may hold it, not who does. */
export function whoseToken(
  { hit, lastEight }: FoundToken,
  leaver: Pick<Leaver, 'oid' | 'userPrincipalName'>,
  known: readonly KnownCredential[],
): TokenOwnership {
  const { claims } = hit;
  if (claims?.oid !== undefined) {
    if (claims.oid.toLowerCase() === leaver.oid) {
      return { owner: 'leaver', because: 'its claims name the leaver’s object id' };
    }
    if (hit.holder !== 'personal') return { owner: 'service' };
    return { owner: 'somebody-else', because: 'its claims name another object id' };
  }
  const upn = claims?.upn ?? claims?.preferred_username;
  if (upn !== undefined && upn.toLowerCase() === leaver.userPrincipalName?.toLowerCase()) {
    return { owner: 'leaver', because: 'its claims name the leaver’s user principal name' };
  }
  const credential = known.find(({ tokenLastEight }) => tokenLastEight !== undefined && tokenLastEight === lastEight);
  if (credential !== undefined && hit.type.startsWith('github-')) {
    return {
      owner: 'leaver',
      because: `single sign-on lists it as the leaver’s credential ${credential.credentialId}`,
    };
  }
  return hit.holder === 'service' ? { owner: 'service' } : { owner: 'unknown' };
}

/** Whether the leaver's credentials at single sign-on could prove anything about these tokens. */
export function provableBySignOn(found: readonly FoundToken[]): boolean {
  return found.some(({ hit }) => hit.type.startsWith('github-') && hit.holder !== 'service');
}

/** The tokens of a text, with what may be compared. Nothing of it may be stored. */
export function tokensIn(text: string): FoundToken[] {
  return detectTokens(text).map((hit) => ({
    hit,
    lastEight: text.slice(Math.max(hit.start, hit.end - 8), hit.end),
  }));
}
