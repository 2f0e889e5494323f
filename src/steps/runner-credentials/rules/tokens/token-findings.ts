import type { UnownedToken } from '../../../../cases/coverage/unowned-place.ts';
import type { Finding } from '../../../../cases/finding.ts';
import { type Known, type OwnableToken, type Ownership, ownershipOf } from '../../../../credentials/ownership.ts';
import { namedFinding } from './named-place-finding.ts';
import { openFinding, overFinding } from './one-token-finding.ts';
import { groupFinding, MOST, malformedFinding, moreFinding, pointingFinding } from './token-group-findings.ts';
import { isMalformed, pointsToLeaver } from './token-judgement.ts';
import type { OwnedToken, TokenPlace } from './token-place.ts';
import { unownedFinding } from './unowned-tokens.ts';

/** What stands in one place, without the tokens' values: type, digest and last four are all that goes out. */
export interface JudgedTokens {
  /** For the case; those of unknown owners without a sign towards the leaver are one of kind `unowned-tokens`. */
  readonly findings: readonly Finding[];
  /** Those of that one. Nothing about them is this leaver's, so that the tenant remembers them. */
  readonly unowned: readonly UnownedToken[];
  /** Digests of those that something makes this leaver's without proof: in the next case nothing may. */
  readonly unproved: readonly string[];
}

/**
 * Judges what was found in one place. A token that stands there twice is one; those of unknown owners are one finding
 * together, because one question to those who use the place answers for all of them.
 */
export function judgeTokens(
  organisation: string,
  place: TokenPlace,
  tokens: readonly OwnableToken[],
  known: Known,
  now: Date,
): JudgedTokens {
  const each = [...new Map(tokens.map((token) => [token.hit.sha256, token])).values()].map(
    (token): OwnedToken => ({
      hit: token.hit,
      ownership: ownershipOf(token, place.whose, known),
      ...(token.hit.claims?.exp === undefined ? {} : { ends: new Date(token.hit.claims.exp * 1_000) }),
    }),
  );
  const isOver = ({ ends }: OwnedToken): boolean => ends !== undefined && ends <= now;
  const open = each.filter((token) => !isOver(token));
  const malformed = open.filter(isMalformed);
  const unknown = open.filter((token) => token.ownership.owner === 'unknown' && !isMalformed(token));
  const pointing = unknown.filter(({ ownership }) => pointsToLeaver(ownership));
  const pointed = new Set(pointing);
  const unowned = unknown
    .filter((token) => !pointed.has(token))
    .map(({ hit: { type, sha256, lastFour } }): UnownedToken => ({ type, sha256, lastFour }));
  const together = new Set([...unknown, ...malformed]);
  const single = each.filter((token) => !together.has(token)).sort((one, other) => rankOf(one) - rankOf(other));
  const findings = [
    ...single.slice(0, MOST).map((token) => (isOver(token) ? overFinding(place, token) : openFinding(place, token))),
    ...moreFinding(place, single.slice(MOST), isOver),
    ...groupFinding(place, pointing, pointingFinding),
    ...groupFinding(place, malformed, malformedFinding),
    ...(each.length === 0 ? namedFinding(place, known) : []),
  ];
  const likely = open.filter(({ ownership }) => ownership.owner === 'likely');
  return {
    findings: [...findings, ...unownedFinding(organisation, place, unowned)],
    unowned,
    unproved: [...pointing, ...likely].map(({ hit }) => hit.sha256),
  };
}

const RANKS: readonly Ownership['owner'][] = ['leaver', 'likely', 'service', 'someone-else', 'unknown'];

function rankOf({ ownership }: OwnedToken): number {
  return RANKS.indexOf(ownership.owner);
}
