import type { Confirmation } from '../../../cases/outcome.ts';
import type { VerificationFacts } from './verification-facts.ts';

const CONFIRMED = {
  yes: 'confirmed',
  no: 'refuted',
  released: 'confirmed',
  'released-by-hand': 'confirmed',
  'could-not-check': 'unknown',
} as const satisfies Record<VerificationFacts['deniedAtGateway'], Confirmation>;

/** What containment did at once, read again: the deny list, and the sessions where it revoked them. */
export function confirmationsOf({ deniedAtGateway, sessionsRevoked }: VerificationFacts): Confirmation[] {
  return [deniedAtGateway, ...(sessionsRevoked === undefined ? [] : [sessionsRevoked])].map((each) => CONFIRMED[each]);
}
