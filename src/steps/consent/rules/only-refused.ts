import type { Finding } from '../../../cases/finding.ts';
import type { FindingId } from '../../../cases/ids.ts';

/** What covers such access, in its reason. */
export const COVERED = 'only the gateway’s deny list can refuse the leaver (see containment)';
const COVERED_BY_NOTHING = 'no gateway is there that could refuse the leaver';

/** Access of which nothing can be taken from one person: it ends where the gateway refuses that person, and only there. */
const ONLY_REFUSED: ReadonlySet<string> = new Set([
  'tenant-wide-grant',
  'pre-authorised-client',
  'group-app-role',
  'issued-tokens',
]);

/**
 * Binds such a finding to the one about the denial, or to what it names itself: it is closed as long as that one is.
 * Without a gateway there is no denial, and the reason says so.
 */
export function onlyRefused(finding: Finding, denial: FindingId | undefined): Finding {
  if (!ONLY_REFUSED.has(finding.kind)) return finding;
  const closedWith = finding.closedWith ?? denial;
  const bound = closedWith === undefined ? finding : { ...finding, closedWith };
  return denial === undefined ? { ...bound, reason: bound.reason.replace(COVERED, COVERED_BY_NOTHING) } : bound;
}
