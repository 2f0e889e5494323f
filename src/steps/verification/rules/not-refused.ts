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
  if (deniedAtGateway !== 'no') return findings;
  const known = findings.find(({ kind }) => kind === 'gateway-deny-list');
  const refuted: Finding = {
    id: known?.id ?? findingId('containment', 'gateway-deny-list', oid),
    step: 'containment',
    kind: 'gateway-deny-list',
    title: 'The gateway does not refuse the leaver',
    resource: known?.resource ?? { system: 'gateway', type: 'namedValue', id: 'deny-list' },
    severity: 'critical',
    status: 'failed',
    reason: `The deny list was read back without ${oid}. Put it there by hand, now: tokens that were issued before still work.`,
    evidence: known?.evidence ?? { oid },
  };
  return [...findings.filter(({ kind }) => kind !== 'gateway-deny-list'), refuted];
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
