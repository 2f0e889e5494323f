import type { Confirmation } from '../../../cases/outcome.ts';
import type { VerificationFacts } from './verification-facts.ts';

const CONFIRMED = {
  yes: 'confirmed',
  no: 'refuted',
  released: 'confirmed',
  'released-by-hand': 'confirmed',
  'could-not-check': 'unknown',
} as const satisfies Record<Exclude<VerificationFacts['deniedAtGateway'], 'no-gateway'>, Confirmation>;

/** What containment did at once, read again: the deny list, and the sessions where it revoked them. */
export function confirmationsOf({ deniedAtGateway, sessionsRevoked }: VerificationFacts): Confirmation[] {
  // Where there is no gateway, nothing was done there that could be read again.
  const atGateway = deniedAtGateway === 'no-gateway' ? [] : [deniedAtGateway];
  return [...atGateway, ...(sessionsRevoked === undefined ? [] : [sessionsRevoked])].map((each) => CONFIRMED[each]);
}
