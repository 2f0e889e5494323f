import * as z from 'zod';
import { CASE_MODES, type CaseMode } from '../../src/cases/case.ts';
import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf, NOTHING_READ } from '../../src/cases/coverage-of.ts';
import { AboutSchema } from '../../src/cases/discovery.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Action, BlobRef } from '../../src/cases/remedy.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import type { Config } from '../../src/config.ts';
import type { DenyListImage } from '../../src/connectors/gateway/deny-list.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import {
  accountFinding,
  denyListFinding,
  sessionsFinding,
} from '../../src/steps/containment/rules/containment-findings.ts';
import { fileStepResult } from '../case/file-step-result.ts';
import { isSealed } from '../case/is-sealed.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';

interface Contained {
  readonly finding: Finding;
  readonly coverage?: Coverage;
  readonly action?: Action;
  readonly failure?: VendorFailure;
}

const DENY = 'Put the leaver on the gateway’s deny list.';
const REVOKE = 'Revoke the leaver’s sign-in sessions and refresh tokens.';

/**
 * Stops the leaver at once, before anything is looked for: the gateway refuses their tokens, which outlive every
 * revocation, and no new ones are had from old sessions. Both can be undone, so neither waits for a decision.
 * In mode `plan` it only looks, and says what it would do.
 */
export const containLeaver = defineActivity(
  'containLeaver',
  { input: AboutSchema.extend({ mode: z.enum(CASE_MODES) }), output: StepPartRefSchema },
  async ({ caseId, leaver, mode: asked }, { vendors, settings, log, now }) => {
    // Delivered again after the end, it only looks: who came back meanwhile must not be shut out again. Where storage
    // does not answer, the leaver is contained all the same.
    const mode = (await isSealed(vendors, caseId).catch(() => false)) ? 'plan' : asked;
    const denied =
      mode === 'plan' ? await planDeny(vendors, settings, leaver) : await deny(vendors, settings, caseId, leaver, now);
    const revoked = await revoke(vendors, leaver, mode, now);
    const account = accountFinding(leaver);
    log.info('leaver contained', { caseId, deny: denied.finding.status, sessions: revoked.finding.status });
    return fileStepResult(
      vendors,
      caseId,
      {
        step: 'containment',
        findings: [denied.finding, revoked.finding, ...(account === undefined ? [] : [account])],
        coverage: [denied.coverage, revoked.coverage].filter((line) => line !== undefined),
        actions: [denied.action, revoked.action].filter((action) => action !== undefined),
      },
      tryAgainAfter([denied.failure, revoked.failure].map(retriable)),
    );
  },
);

const DENY_LIST = 'gateway/deny-list';
const DENY_LIST_READ: Coverage = { source: DENY_LIST, state: 'complete', looked: { count: 1, unit: 'deny lists' } };

async function planDeny(
  vendors: Pick<Vendors, 'gateway'>,
  settings: Pick<Config, 'GATEWAY_APIM_ID'>,
  leaver: Leaver,
): Promise<Contained> {
  const answer = await vendors.gateway.isDenied(leaver.oid);
  const finding = denyListFinding(leaver, settings.GATEWAY_APIM_ID, {
    kind: answer.ok && answer.value ? 'already' : 'planned',
  });
  if (answer.ok) return { finding, coverage: DENY_LIST_READ };
  return { finding, coverage: coverageOf(DENY_LIST, NOTHING_READ, [answer.failure]), failure: answer.failure };
}

async function deny(
  vendors: Pick<Vendors, 'gateway' | 'storage'>,
  settings: Pick<Config, 'GATEWAY_APIM_ID'>,
  caseId: CaseId,
  leaver: Leaver,
  now: () => Date,
): Promise<Contained> {
  // On file before the write, so that a run after a crash knows whose write it was. Where storage does not answer, the
  // leaver is denied all the same.
  const remember = (image: DenyListImage): Promise<BlobRef> => fileOnce(vendors, imageName(caseId), image);
  const answer = await vendors.gateway.denyCaller(leaver.oid, async (image) => {
    await remember(image).catch(() => undefined);
  });
  const at = now().toISOString();
  const gateway = settings.GATEWAY_APIM_ID;
  if (!answer.ok) {
    const { failure } = answer;
    return {
      finding: denyListFinding(leaver, gateway, { kind: 'failed', why: failure.message }),
      coverage: coverageOf(DENY_LIST, NOTHING_READ, [failure]),
      action: { remedyId: 'containment', result: 'failed', what: DENY, at, error: failure.message },
      failure,
    };
  }
  const { already, namedValue, before } = answer.value;
  const mine = !already || (await vendors.storage.getText('evidence', imageName(caseId))) !== undefined;
  const finding = denyListFinding(leaver, gateway, { kind: mine ? 'done' : 'already', namedValue });
  const coverage = DENY_LIST_READ;
  if (!mine) return { finding, coverage, action: { remedyId: 'containment', result: 'nothing-to-do', what: DENY, at } };
  const action: Action = {
    remedyId: 'containment',
    result: 'done',
    what: DENY,
    at,
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
    beforeImage: await remember({ namedValue, before }),
  };
  return { finding, coverage, action: await recordAction(vendors, caseId, action) };
}

async function revoke(
  vendors: Pick<Vendors, 'graph'>,
  leaver: Leaver,
  mode: CaseMode,
  now: () => Date,
): Promise<Contained> {
  if (leaver.state === 'soft-deleted' || leaver.state === 'gone') {
    return { finding: sessionsFinding(leaver, { kind: 'deleted' }) };
  }
  if (mode === 'plan') return { finding: sessionsFinding(leaver, { kind: 'planned' }) };
  const source = 'entra/sign-in-sessions';
  const answer = await vendors.graph.revokeSignInSessions(leaver.oid);
  const at = now().toISOString();
  if (answer.ok) {
    return {
      finding: sessionsFinding(leaver, { kind: 'done' }),
      coverage: { source, state: 'complete', looked: { count: 1, unit: 'accounts' } },
      action: {
        remedyId: 'containment',
        result: 'done',
        what: REVOKE,
        at,
        ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
      },
    };
  }
  const { failure } = answer;
  // Deleted since the case was opened.
  if (failure.kind === 'not-found') return { finding: sessionsFinding(leaver, { kind: 'deleted' }) };
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

const imageName = (caseId: CaseId): string => `cases/${caseId}/before/containment-deny-list.json`;
const actionName = (caseId: CaseId): string => `cases/${caseId}/actions/containment-deny-list.json`;

/** What an earlier run of this case recorded stands: it knew the time and the vendor's request id. */
async function recordAction(vendors: Pick<Vendors, 'storage'>, caseId: CaseId, action: Action): Promise<Action> {
  const { text } = await vendors.storage.putFirst('evidence', actionName(caseId), JSON.stringify(action, undefined, 2));
  return JSON.parse(text) as Action;
}

/** The first document under a name stands: it is the one from before anything was changed. */
async function fileOnce(vendors: Pick<Vendors, 'storage'>, name: string, value: object): Promise<BlobRef> {
  return (await vendors.storage.putFirst('evidence', name, JSON.stringify(value, undefined, 2))).ref;
}
