import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import type { Denied as DeniedRow } from '../../src/cases/denied/denied.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { DeniedFault } from '../../src/connectors/denied/project.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { DENY, denyLeaver } from '../../src/intake/containing/deny-leaver.ts';
import { type ContainedNow, containedBy } from '../../src/intake/containing/record-contained.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { type DenyOutcome, denyListFinding } from '../../src/steps/containment/rules/containment-findings.ts';
import type { Contained } from './contained.ts';

const DENY_LIST = 'gateway/deny-list';

const DENY_LIST_READ: Coverage = { source: DENY_LIST, state: 'complete', looked: { count: 1, unit: 'deny lists' } };

/** What denying the leaver would do; nothing is written. */
export async function planDeny(
  vendors: Pick<Vendors, 'gateway'>,
  { GATEWAY_APIM_ID: gateway }: Pick<Config, 'GATEWAY_APIM_ID'>,
  leaver: Leaver,
): Promise<Contained> {
  // No line either: the catalogue's says that no gateway is configured.
  if (gateway === undefined) return {};
  const answer = await vendors.gateway.isDenied(leaver.oid);
  const finding = denyListFinding(leaver, gateway, {
    kind: answer.ok && answer.value ? 'already' : 'planned',
  });
  if (answer.ok) return { finding, coverage: DENY_LIST_READ };
  return { finding, coverage: coverageOf(DENY_LIST, NOTHING_READ, [answer.failure]), failure: answer.failure };
}

/** What denying the leaver came to. */
export interface Denied extends Contained {
  /** Somebody released the leaver since this was asked for: nothing of the person is touched any more. */
  readonly late?: true;
  readonly faults?: readonly DeniedFault[];
  /** What the case's row says from now on; absent in a plan. */
  readonly became?: ContainedNow;
}

interface AskedDenial {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  /** Of the row that intake wrote. */
  readonly denialGeneration?: number;
}

/** Has the gateway refuse the leaver, and says what became of it. */
export async function deny(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: Pick<Config, 'GATEWAY_APIM_ID'>,
  { caseId, leaver, denialGeneration: generation }: AskedDenial,
  now: () => Date,
): Promise<Denied> {
  const at = now().toISOString();
  const asked = { caseId, oid: leaver.oid, at, ...(generation === undefined ? {} : { generation }) };
  const denied = await denyLeaver(vendors, asked);
  const became = containedBy(denied);
  const gateway = settings.GATEWAY_APIM_ID;
  if (gateway === undefined || denied.kind === 'no-gateway') {
    return denied.kind === 'late' && denied.row.state === 'released' ? { late: true, became } : { became };
  }
  switch (denied.kind) {
    case 'failed': {
      const { failure } = denied;
      return {
        finding: denyListFinding(leaver, gateway, { kind: 'failed', why: failure.message }),
        coverage: coverageOf(DENY_LIST, NOTHING_READ, [failure]),
        action: { remedyId: 'containment', result: 'failed', what: DENY, at, error: failure.message },
        failure,
        became,
      };
    }
    case 'late': {
      const { row } = denied;
      const already = { kind: 'already', ...containedBefore(row, caseId) } as const;
      const finding = denyListFinding(leaver, gateway, row.state === 'denied' ? already : released(row));
      return { finding, coverage: DENY_LIST_READ, became, ...(row.state === 'released' ? { late: true } : {}) };
    }
    case 'denied': {
      const { namedValue, action, faults } = denied;
      const finding = denyListFinding(leaver, gateway, {
        ...(action.result === 'done' ? { kind: 'done' } : { kind: 'already', ...containedBefore(denied.row, caseId) }),
        namedValue,
      });
      return { finding, coverage: DENY_LIST_READ, action, faults, became };
    }
    default:
      return denied satisfies never;
  }
}

/** Somebody's word that denied the leaver before the case did. */
function containedBefore({ byPerson }: DeniedRow, caseId: CaseId): Pick<DenyOutcome & { kind: 'already' }, 'before'> {
  if (byPerson?.under !== caseId) return {};
  const { since, by, why } = byPerson;
  return { before: { since, by, why } };
}

function released({ released: by, changedAt }: DeniedRow): DenyOutcome {
  return { kind: 'released', by: by?.by ?? 'somebody', at: by?.at ?? changedAt, why: by?.why ?? '' };
}
