import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { Leaver } from '../../../people/leaver.ts';
import type { VerificationFacts } from './verification-facts.ts';

/** The kind of the finding about the deny list. */
const DENIAL = 'gateway-deny-list';

/** Containment said that it wrote the deny list; where the gateway does not hold it, that is worse than anything else. */
export function notRefused(
  { deniedAtGateway }: VerificationFacts,
  findings: readonly Finding[],
  { oid }: Pick<Leaver, 'oid'>,
): readonly Finding[] {
  const known = findings.find(({ kind }) => kind === DENIAL);
  if (deniedAtGateway === 'released') return withDenial(findings, LET_IN_AGAIN);
  // Released on purpose, and told as that: by whom, and why.
  if (known?.evidence.released === true) return findings;
  if (deniedAtGateway === 'released-by-hand') return withDenial(findings, LET_IN_BY_HAND);
  if (deniedAtGateway !== 'no') return findings;
  const refuted: Finding = {
    id: known?.id ?? findingId('containment', DENIAL, oid),
    step: 'containment',
    kind: DENIAL,
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
  return [...findings.filter(({ kind }) => kind !== DENIAL), refuted];
}

type Told = Pick<Finding, 'title' | 'severity' | 'status' | 'reason'>;

/** Nothing failed, and yet the gateway accepts them: what only the refusal closes stands again. */
const LET_IN_BY_HAND: Told = {
  title: 'The gateway does not refuse the leaver any more',
  severity: 'high',
  status: 'manual-action',
  reason:
    'Somebody released the denial while the case ran; GET /api/denied says who, and why. If that was not meant, open the case again.',
};

const LET_IN_AGAIN: Told = {
  title: 'The gateway lets the person in again',
  severity: 'info',
  status: 'nothing-to-do',
  reason: 'They came back while the case ran, and were taken off the deny list.',
};

function withDenial(findings: readonly Finding[], told: Told): Finding[] {
  return findings.map((finding) => (finding.kind === DENIAL ? { ...finding, ...told } : finding));
}
