import type { Finding } from '../../../cases/finding.ts';
import type { FindingId } from '../../../cases/ids.ts';

/** Access of which nothing can be taken from one person: it ends where the gateway refuses that person, and only there. */
const ONLY_REFUSED: ReadonlySet<string> = new Set([
  'tenant-wide-grant',
  'pre-authorised-client',
  'group-app-role',
  'issued-tokens',
]);

/** Binds such a finding to the one about the denial, or to what it names itself: it is closed as long as that one is. */
export function onlyRefused(finding: Finding, denial: FindingId): Finding {
  return ONLY_REFUSED.has(finding.kind) ? { ...finding, closedWith: finding.closedWith ?? denial } : finding;
}
