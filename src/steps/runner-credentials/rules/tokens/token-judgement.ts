import type { Severity } from '../../../../cases/finding.ts';
import type { Ownership } from '../../../../credentials/ownership.ts';
import type { OwnedToken, TokenPlace } from './token-place.ts';

/** What looks like a token and has not its checksum was never issued; only proof of the leaver speaks louder. */
export function isMalformed({ hit, ownership }: OwnedToken): boolean {
  return hit.checksum === 'wrong' && ownership.owner !== 'leaver';
}

/** Whether nothing proves whose the token is, and something points to the leaver. */
export function pointsToLeaver(ownership: Ownership): boolean {
  return ownership.owner === 'unknown' && ownership.pointsToLeaver;
}

interface Judgement {
  readonly title: string;
  readonly severity: Severity;
  readonly closed?: true;
  readonly reason: string;
}

/** What it means whose a token is, in words for the report. */
export function judged(
  ownership: Ownership,
  { usedBy = 'Whoever runs a job there' }: Pick<TokenPlace, 'usedBy'>,
): Judgement {
  const because = ownership.reasons.join('; ');
  switch (ownership.owner) {
    case 'leaver':
      return {
        title: 'The leaver’s token',
        severity: 'critical',
        reason: `${usedBy} acts as the leaver: ${because}.`,
      };
    case 'likely':
      return {
        title: 'A token that is likely the leaver’s',
        severity: 'high',
        reason: `Nothing proves whose it is, but it points to the leaver: ${because}.`,
      };
    case 'unknown':
      return {
        title: 'A token whose owner cannot be told',
        severity: 'medium',
        reason:
          `It may be the leaver’s: ${because}. Ask the team that uses it whose it is; the issuer’s audit log knows it ` +
          'by its digest (GitHub: hashed_token).',
      };
    case 'someone-else':
      return {
        title: `A token of ${ownership.whom}`,
        severity: 'info',
        closed: true,
        reason: `It is not the leaver’s: ${because}. Its owner should know that it can be read there.`,
      };
    case 'service':
      if (ownership.inLeaversHands) {
        return {
          title: 'A service’s token that the leaver could read',
          severity: 'high',
          reason: `The leaver may have kept it: ${because}.`,
        };
      }
      return {
        title: 'A service’s token',
        severity: 'info',
        closed: true,
        reason: 'It acts as no person. It can be read there, so a secret would be its place.',
      };
    default:
      return ownership satisfies never;
  }
}
