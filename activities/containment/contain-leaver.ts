import * as z from 'zod';
import { CASE_MODES, type CaseMode, type CaseRow } from '../../src/cases/case.ts';
import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../src/cases/coverage-of.ts';
import type { Denied as DeniedRow } from '../../src/cases/denied.ts';
import { AboutSchema } from '../../src/cases/discovery.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { staleFor } from '../../src/cases/person-returned.ts';
import type { Action } from '../../src/cases/remedy.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import { type Config, hasGateway } from '../../src/config.ts';
import type { DeniedFault } from '../../src/connectors/denied/project.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Shaped } from '../../src/durable/shapes.ts';
import { DENY, denyLeaver } from '../../src/intake/deny-leaver.ts';
import { logFaults } from '../../src/intake/log-faults.ts';
import { type ContainedNow, containedBy, logUncontained, recordContained } from '../../src/intake/record-contained.ts';
import { revokeSessions } from '../../src/intake/revoke-sessions.ts';
import { tellUncontained } from '../../src/intake/tell-uncontained.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { count } from '../../src/shapes/primitives.ts';
import {
  accountFinding,
  type DenyOutcome,
  denyListFinding,
  sessionsFinding,
  tableFindings,
} from '../../src/steps/containment/rules/containment-findings.ts';
import { fileStepResult } from '../case/file-step-result.ts';
import { whyNotToAct } from '../case/may-act.ts';
import { stillLeaves } from '../case/still-leaves.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';

interface Contained {
  /** Absent where there is no gateway: nothing is there to be found. */
  readonly finding?: Finding;
  readonly coverage?: Coverage;
  readonly action?: Action;
  readonly failure?: VendorFailure;
}

const InputSchema = AboutSchema.extend({
  mode: z.enum(CASE_MODES),
  /** Of the row that intake wrote. A delivery that comes after a release finds another one, and does nothing. */
  denialGeneration: z.exactOptional(count),
  /** The case row's generation when the case began. */
  generation: z.exactOptional(count),
});

const REVOKE = 'Revoke the leaver’s sign-in sessions and refresh tokens.';

/**
 * Stops the leaver at once, before anything is looked for: the gateway refuses their tokens, which outlive every
 * revocation, and no new ones are had from old sessions. Both can be undone, so neither waits for a decision.
 * In mode `plan` it only looks, and says what it would do.
 */
export const containLeaver = defineActivity(
  'containLeaver',
  { input: InputSchema, output: StepPartRefSchema },
  async (input, { vendors, settings, log, now }) => {
    const { caseId, mode: asked } = input;
    // Delivered again after the end, or once the person was found to be back, it only looks: whoever came back must not
    // be shut out again. Where storage does not answer, the leaver is contained all the same.
    const may = (await whyNotToAct(vendors, input).catch(() => undefined)) === undefined;
    const row = asked === 'apply' ? await rowOf(vendors, caseId) : undefined;
    const isBack = may && row !== undefined && (await cameBack(vendors, settings, input.leaver, row, now));
    const mode = may && !isBack ? asked : 'plan';
    const leaver = mode === 'plan' ? input.leaver : asDeleted(input.leaver, row);
    const denied: Denied =
      mode === 'plan'
        ? await planDeny(vendors, settings, leaver)
        : await deny(vendors, settings, { ...input, leaver }, now);
    const revoked = await revoke(vendors, leaver, denied.late === true ? 'plan' : mode, now);
    const account = accountFinding(leaver, hasGateway(settings));
    // At once, and not with the report: until then the gateway lets the leaver in. Where storage does not answer, filing
    // fails next, and all of this is done again.
    if (mode === 'apply' && denied.failure !== undefined)
      await tellUncontained(vendors, settings, { caseId, mode }, now().toISOString()).catch(() => undefined);
    if (denied.became !== undefined)
      await recordContained(vendors, { caseId, oid: leaver.oid }, denied.became, now()).catch(() => undefined);
    if (denied.became?.contained === 'failed') logUncontained(log, { caseId, oid: leaver.oid, why: denied.became.why });
    else {
      log.info('leaver contained', {
        caseId,
        deny: denied.finding?.status ?? 'no-gateway',
        sessions: revoked.finding?.status,
      });
    }
    logFaults(log, denied.faults ?? []);
    return fileStepResult(
      vendors,
      caseId,
      {
        step: 'containment',
        findings: [
          denied.finding,
          revoked.finding,
          account,
          ...tableFindings(settings.GATEWAY_APIM_ID ?? NO_GATEWAY, denied.faults ?? []),
        ].filter((finding) => finding !== undefined),
        coverage: [denied.coverage, revoked.coverage].filter((line) => line !== undefined),
        actions: [denied.action, revoked.action].filter((action) => action !== undefined),
      },
      tryAgainAfter([denied.failure, revoked.failure].map(retriable)),
    );
  },
);

/** So long ago may intake have read the person whom a case contains without asking again. */
const FRESH_MS = 60_000;

/** The case's row; undefined also where storage does not answer. */
function rowOf(vendors: Pick<Vendors, 'storage'>, caseId: CaseId): Promise<CaseRow | undefined> {
  return vendors.storage.getCase(caseId).then(
    (stored) => stored?.row,
    () => undefined,
  );
}

/**
 * Whether the person came back while the case waited to be run, or to try again. Whatever is not known of that counts
 * for nothing: then they are contained.
 */
async function cameBack(
  vendors: Pick<Vendors, 'graph'>,
  { REPLICATION_SECONDS }: Pick<Config, 'REPLICATION_SECONDS'>,
  leaver: Leaver,
  row: CaseRow,
  now: () => Date,
): Promise<boolean> {
  if (now().getTime() - Date.parse(row.openedAt) <= FRESH_MS) return false;
  const still = await stillLeaves(vendors, leaver.oid, leaver, row, now);
  return still.kind === 'returned' && staleFor(still.before.deletedAt, REPLICATION_SECONDS, now()) === 0;
}

/**
 * The leaver of a case that is about a deletion is deleted, also where the directory shows the account again by now:
 * an account that was restored keeps its sessions, and whether it was is asked before anything is cut.
 */
function asDeleted(leaver: Leaver, row: CaseRow | undefined): Leaver {
  const deletedAt = row?.deletedAt;
  const there = leaver.state === 'active' || leaver.state === 'disabled';
  return there && deletedAt !== undefined ? { ...leaver, state: 'soft-deleted', deletedAt } : leaver;
}

const NO_GATEWAY = 'none';
const DENY_LIST = 'gateway/deny-list';
const DENY_LIST_READ: Coverage = { source: DENY_LIST, state: 'complete', looked: { count: 1, unit: 'deny lists' } };

async function planDeny(
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

interface Denied extends Contained {
  /** Somebody released the leaver since this was asked for: nothing of the person is touched any more. */
  readonly late?: true;
  readonly faults?: readonly DeniedFault[];
  /** What the case's row says from now on; absent in a plan. */
  readonly became?: ContainedNow;
}

async function deny(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: Pick<Config, 'GATEWAY_APIM_ID'>,
  { caseId, leaver, denialGeneration: generation }: Shaped<typeof InputSchema>,
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

async function revoke(
  vendors: Pick<Vendors, 'graph'>,
  leaver: Leaver,
  mode: CaseMode,
  now: () => Date,
): Promise<Contained> {
  const isThere = leaver.state !== 'soft-deleted' && leaver.state !== 'gone';
  if (mode === 'plan' && isThere) return { finding: sessionsFinding(leaver, { kind: 'planned' }) };
  const source = 'entra/sign-in-sessions';
  const revoked = await revokeSessions(vendors, leaver);
  const at = now().toISOString();
  if (revoked.kind === 'deleted') return { finding: sessionsFinding(leaver, { kind: 'deleted' }) };
  if (revoked.kind === 'done') {
    return {
      finding: sessionsFinding(leaver, { kind: 'done' }),
      coverage: { source, state: 'complete', looked: { count: 1, unit: 'accounts' } },
      action: {
        remedyId: 'containment',
        result: 'done',
        what: REVOKE,
        at,
        ...(revoked.requestId === undefined ? {} : { requestId: revoked.requestId }),
      },
    };
  }
  const { failure } = revoked;
  return {
    finding: sessionsFinding(leaver, { kind: 'failed', why: failure.message }),
    coverage: coverageOf(source, NOTHING_READ, [failure]),
    action: { remedyId: 'containment', result: 'failed', what: REVOKE, at, error: failure.message },
    failure,
  };
}

/** A lost race for the deny list passes by itself, like throttling. */
function retriable(failure: VendorFailure | undefined): VendorFailure | undefined {
  if (failure?.kind !== 'conflict' || !failure.retryable) return failure;
  return { kind: 'unavailable', status: failure.status, tryAgainAfterMs: 0, message: failure.message };
}
