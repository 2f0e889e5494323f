import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { Leaver } from '../../../people/leaver.ts';
import type { VerificationFacts } from './verification-facts.ts';

/** Containment said that it wrote the deny list; where the gateway does not hold it, that is worse than anything else. */
export function notRefused(
  { deniedAtGateway }: VerificationFacts,
  findings: readonly Finding[],
  { oid }: Pick<Leaver, 'oid'>,
): readonly Finding[] {
  if (deniedAtGateway === 'released') {
    return findings.map((finding) => (finding.kind === 'gateway-deny-list' ? letInAgain(finding) : finding));
  }
  if (deniedAtGateway === 'released-by-hand') {
    return findings.map((finding) => (finding.kind === 'gateway-deny-list' ? letInByHand(finding) : finding));
  }
  if (deniedAtGateway !== 'no') return findings;
  const known = findings.find(({ kind }) => kind === 'gateway-deny-list');
  // Released on purpose, and told as that.
  if (known?.evidence.released === true) return findings;
  const refuted: Finding = {
    id: known?.id ?? findingId('containment', 'gateway-deny-list', oid),
    step: 'containment',
    kind: 'gateway-deny-list',
    title: 'The gateway does not refuse the leaver',
    resource: known?.resource ?? { system: 'gateway', type: 'namedValue', id: 'deny-list' },
    severity: 'critical',
    status: 'failed',
    // Why it could not be put there is what helps.
    reason:
      known?.status === 'failed'
        ? `The deny list was read back without ${oid}. ${known.reason}`
        : `The deny list was read back without ${oid}, and tokens that were issued before still work. Look at GET /api/denied, now: where its row is released, somebody let the person in on purpose; else open the case again, which puts them on the list at once.`,
    evidence: known?.evidence ?? { oid },
  };
  return [...findings.filter(({ kind }) => kind !== 'gateway-deny-list'), refuted];
}

/** Nothing failed, and yet the gateway accepts them: what only the refusal closes stands again. */
function letInByHand(finding: Finding): Finding {
  return {
    ...finding,
    title: 'The gateway does not refuse the leaver any more',
    severity: 'high',
    status: 'manual-action',
    reason:
      'Somebody released the denial while the case ran; GET /api/denied says who, and why. If that was not meant, open the case again.',
  };
}

function letInAgain(finding: Finding): Finding {
  return {
    ...finding,
    title: 'The gateway lets the person in again',
    severity: 'info',
    status: 'nothing-to-do',
    reason: 'They came back while the case ran, and were taken off the deny list.',
  };
}
