import type { Leaver } from '../people/leaver.ts';
import { namesLeaver } from '../people/leaver-names.ts';
import type { TokenHit } from './detector/token-hit.ts';

/** Where a token was found, as far as that tells whose it is. */
export interface TokenPlace {
  /** Name of the variable or capability that holds it. */
  readonly name: string;
  /** The machine is the leaver's, or the leaver wrote the variable. */
  readonly leavers: boolean;
}

export type TokenRelation =
  /** The leaver's own. */
  | 'leavers'
  /** A service's, in the leaver's hands. */
  | 'held-by-leaver'
  /** A person's; nothing tells whose. */
  | 'owner-unknown'
  | 'unrelated';

/** How a found token relates to the leaver. What it says itself counts most, then where it was. */
export function relateToken(
  hit: TokenHit,
  place: TokenPlace,
  leaver: Pick<Leaver, 'oid' | 'userPrincipalName'>,
  names: ReadonlySet<string>,
): TokenRelation {
  const { oid, upn, preferred_username } = hit.claims ?? {};
  if (oid !== undefined) return oid.toLowerCase() === leaver.oid ? 'leavers' : 'unrelated';
  const named = upn ?? preferred_username;
  if (named !== undefined) {
    return named.toLowerCase() === leaver.userPrincipalName?.toLowerCase() ? 'leavers' : 'unrelated';
  }
  const theirs = place.leavers || namesLeaver(place.name, names);
  if (hit.holder === 'personal') return theirs ? 'leavers' : 'owner-unknown';
  return theirs ? 'held-by-leaver' : 'unrelated';
}
