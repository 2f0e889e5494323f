import type { OrchestrationContext, Task } from 'durable-functions';
import type { AppliedRemedy } from '../../activities/case/applied-remedy.ts';
import type { Scope } from '../../activities/case/person/identify-leaver.ts';
import { askingAgain, VERIFY } from '../../activities/phases.ts';
import type { OffboardLeaverInput } from '../../src/cases/case.ts';
import type { About } from '../../src/cases/discovery.ts';
import type { CasePolicy } from '../../src/cases/policy.ts';
import { type BlobRef, wasCut } from '../../src/cases/remedies/remedy.ts';
import type { StepCrash, StepResultRef, StepResults } from '../../src/cases/step-result.ts';
import type { Failure } from '../../src/durable/failure.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { stepsIn } from '../../src/steps/registry.ts';
import { type Call, callSettled, collectResults, mergeParts, prepare, sleep } from '../lib/calls.ts';

/** The steps that read back what was done. */
export const VERIFYING = stepsIn('verify').map(({ name }) => name);

/** What was not done cannot be read back: the failure is one of the steps that would have. */
export function unverified(failure: Failure): StepCrash[] {
  return VERIFYING.map((step) => ({ step, failure }));
}

interface VerifyInput {
  readonly caseId: OffboardLeaverInput['caseId'];
  readonly oid: Leaver['oid'];
  /** Absent where none could be made: then it is only read back whether the leaver is refused. */
  readonly plan: BlobRef | undefined;
  readonly applied: readonly AppliedRemedy[];
  /** The person is no leaver any more, and the gateway may let them in. */
  readonly returned: boolean;
  /** Set where sign-in sessions were revoked: not before when. */
  readonly sessionsRevokedFrom: string | undefined;
  readonly policy: CasePolicy;
}

/** Reads back until nothing is pending or the deadline has passed: a queued revocation (202) is not a done one. */
export function* verify(
  context: OrchestrationContext,
  { caseId, oid, plan, applied, returned, sessionsRevokedFrom, policy }: VerifyInput,
): Generator<Task, StepResults, unknown> {
  const input = {
    caseId,
    oid,
    ...(plan === undefined ? {} : { plan }),
    ...(returned ? { returned: true as const } : {}),
    ...(sessionsRevokedFrom === undefined ? {} : { sessionsRevokedFrom }),
    applied: cutBy(applied),
  };
  const deadline = context.df.currentUtcDateTime.getTime() + policy.verifyDeadlineMs;
  for (;;) {
    const calls = VERIFYING.map((step) => prepare(VERIFY[step], input));
    const verified = yield* callSettled(context, calls, policy);
    const pending = verified.some((each) => each.ok && each.value.pending > 0);
    const next = context.df.currentUtcDateTime.getTime() + policy.verifyIntervalMs;
    if (!pending || next > deadline) return collectResults(VERIFYING.map((step, index) => [step, verified[index]]));
    yield* sleep(context, policy.verifyIntervalMs);
  }
}

interface AskAgainInput {
  readonly about: About;
  readonly scope: Scope;
  /** Absent where nothing was carried out. */
  readonly plan: BlobRef | undefined;
  readonly applied: readonly AppliedRemedy[];
  readonly policy: CasePolicy;
}

/** Asks each step's question anew: what was cut is gone, but something else may admit the leaver by now. */
export function* askAgain(
  context: OrchestrationContext,
  { about, scope, plan, applied, policy }: AskAgainInput,
): Generator<Task, StepResults, unknown> {
  if (plan === undefined) return { parts: [], crashed: [] };
  const calls = askingAgain(scope, context.df.version).map(
    ({ activity, input }): Call<StepResultRef> => ({
      target: activity,
      input: { ...about, plan, applied: cutBy(applied), ...input },
    }),
  );
  const settled = yield* callSettled(context, calls, policy);
  return mergeParts(VERIFYING.map((step) => collectResults(settled.map((each) => [step, each] as const))));
}

function cutBy(applied: readonly AppliedRemedy[]): AppliedRemedy['remedyId'][] {
  return applied.filter(wasCut).map(({ remedyId }) => remedyId);
}
