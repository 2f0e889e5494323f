import * as z from 'zod';
import { CASE_MODES } from '../../src/cases/case.ts';
import { AboutSchema } from '../../src/cases/discovery.ts';
import { StepPartRefSchema } from '../../src/cases/step-result.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { logFaults } from '../../src/intake/containing/log-faults.ts';
import { logUncontained, recordContained } from '../../src/intake/containing/record-contained.ts';
import { tellUncontained } from '../../src/intake/containing/tell-uncontained.ts';
import { count } from '../../src/shapes/primitives.ts';
import { accountFinding, tableFindings } from '../../src/steps/containment/rules/containment-findings.ts';
import { whyNotToAct } from '../case/may-act.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { asDeleted, cameBack, rowOf } from './came-back.ts';
import { type Denied, deny, planDeny } from './deny-in-case.ts';
import { revoke } from './revoke-in-case.ts';

const InputSchema = AboutSchema.extend({
  mode: z.enum(CASE_MODES),
  /** Of the row that intake wrote. A delivery that comes after a release finds another one, and does nothing. */
  denialGeneration: z.exactOptional(count),
  /** The case row's generation when the case began. */
  generation: z.exactOptional(count),
});

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

const NO_GATEWAY = 'none';

/** A lost race for the deny list passes by itself, like throttling. */
function retriable(failure: VendorFailure | undefined): VendorFailure | undefined {
  if (failure?.kind !== 'conflict' || !failure.retryable) return failure;
  return { kind: 'unavailable', status: failure.status, tryAgainAfterMs: 0, message: failure.message };
}
