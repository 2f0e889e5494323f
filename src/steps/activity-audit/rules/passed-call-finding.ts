import type { CaseRow } from '../../../cases/case.ts';
import { PASSED_CALL, type PassedCall } from '../../../cases/denied/passed-call.ts';
import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { instant } from '../../../cases/words/wording.ts';

/** What the report says of a call that passed. It stands in every further one: somebody has to find out what it did. */
export function passedCallFinding(passed: PassedCall, { oid }: Pick<CaseRow, 'oid'>): Finding {
  const { at, server, tool, status, requestId, identity } = passed;
  const who = identity === undefined ? 'the leaver' : 'an identity that trusted the leaver';
  return {
    id: findingId('activity-audit', PASSED_CALL, identity ?? oid),
    step: 'activity-audit',
    kind: PASSED_CALL,
    title: `The gateway let a call of ${who} pass although its deny list names them`,
    resource: { system: 'gateway', type: 'tool-call', id: requestId, name: `${server}/${tool}` },
    severity: 'critical',
    incident: true,
    status: 'manual-action',
    reason: `${tool} on ${server} was answered with ${status} at ${instant(at)}, after the containment. See at once that every gateway reads the list (docs/operations/after-the-case.md), find out what was done with the call, and treat it as an incident.`,
    evidence: { at, caller: identity ?? oid, server, tool, status, requestId },
  };
}
