import type { Finding } from '../cases/finding.ts';
import type { MappingSource } from '../people/leaver.ts';

/**
 * What a finding about an account may plan, by how far it is proved whose the account is. `proved`: what its remedy
 * says. `likely`: everything waits for a person, safe or not, because most of it cannot be undone. `weak`: it is
 * mentioned, and nothing is planned.
 */
export function permitted(finding: Finding, { confidence }: Pick<MappingSource, 'confidence'>): Finding {
  if (confidence === 'proved') return finding;
  const { remedy, ...rest } = finding;
  if (confidence === 'likely') {
    const reason = `${finding.reason} ${UNPROVED.likely}`;
    if (remedy === undefined) return { ...finding, reason };
    const status = finding.status === 'planned' ? 'awaiting-decision' : finding.status;
    return { ...rest, status, reason, remedy: { ...remedy, risk: 'disruptive' } };
  }
  const open = finding.status === 'planned' || finding.status === 'awaiting-decision';
  return { ...rest, ...(open ? { status: 'manual-action' } : {}), reason: `${finding.reason} ${UNPROVED.weak}` };
}

const UNPROVED = {
  likely: 'That the account is the leaver’s is likely and not proved, so a person decides.',
  weak: 'Little says that the account is the leaver’s: find out whose it is first. Nothing is cut by it.',
} as const;
