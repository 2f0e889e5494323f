import type { OrchestrationContext, Task } from 'durable-functions';
import { type AppliedRemedy, applyRemedy } from '../activities/case/apply-remedy.ts';
import { closeCase } from '../activities/case/close-case.ts';
import { type FiledReport, fileReport } from '../activities/case/file-report.ts';
import { identifyLeaver } from '../activities/case/identify-leaver.ts';
import { type MadePlan, makePlan } from '../activities/case/make-plan.ts';
import { notifyOperators } from '../activities/case/notify-operators.ts';
import { openFollowUpIssue } from '../activities/case/open-follow-up-issue.ts';
import { discoverConsent } from '../activities/consent/discover-consent.ts';
import { containLeaver } from '../activities/containment/contain-leaver.ts';
import { scanDevOps } from '../activities/runner-credentials/azure-devops/scan-devops.ts';
import { verifyCase } from '../activities/verification/verify-case.ts';
import type { CaseMode, OffboardLeaverInput } from '../src/cases/case.ts';
import { roundsOf } from '../src/cases/plan.ts';
import type { CasePolicy } from '../src/cases/policy.ts';
import type { BlobRef } from '../src/cases/remedy.ts';
import type { StepCrash, StepPartRef, StepParts } from '../src/cases/step-part.ts';
import type { Leaver } from '../src/people/leaver.ts';
import type { StepName } from '../src/steps/registry.ts';
import { discoverUsage } from './discover-usage.ts';
import { type Call, call, callSettled, collectParts, prepare, type Settled, sleep } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';
import { scanGitHubOrganisation } from './scan-github-organisation.ts';

/** One leaver, from containment to sealed report. */
export const offboardLeaver = defineOrchestration(
  'offboardLeaver',
  function* (context: OrchestrationContext, input: OffboardLeaverInput): Generator<Task, FiledReport, unknown> {
    try {
      return yield* offboard(context, input);
    } catch (error) {
      // The instance fails visibly; the row must not go on saying that the case is running.
      const filedAt = context.df.currentUtcDateTime.toISOString();
      yield* callSettled(context, [prepare(closeCase, { caseId: input.caseId, filedAt })], input.policy);
      throw error;
    }
  },
);

function* offboard(
  context: OrchestrationContext,
  { caseId, row, person, policy }: OffboardLeaverInput,
): Generator<Task, FiledReport, unknown> {
  const startedAt = context.df.currentUtcDateTime.toISOString();
  const show = progressOf(context);

  // Before anything that can fail or wait: issued tokens outlive every revocation, so the gateway must refuse them.
  show('running', 'containment');
  const contain = prepare(containLeaver, { caseId, leaver: person, mode: row.mode });
  const [contained] = yield* callSettled(context, [contain], { ...policy, attempts: 1 });
  show(wantsAnother(contained) ? 'waiting' : 'done', 'containment');

  const [identified] = yield* callSettled(context, [prepare(identifyLeaver, { caseId, person })], policy);
  const leaver: Leaver = identified?.ok ? identified.value.leaver : person;

  show('running', ...DISCOVERY_STEPS);
  // The account's state decides what containment has to say of it, and may be known only by now.
  const learnt = person.state === 'unreadable' && leaver.state !== 'unreadable';
  const containAgain =
    learnt || wantsAnother(contained) ? prepare(containLeaver, { caseId, leaver, mode: row.mode }) : undefined;
  const discovered = yield* discover(context, { caseId, leaver, identified, policy, contained, containAgain });
  show('done', 'containment', ...DISCOVERY_STEPS);

  const [made] = yield* callSettled(context, [prepare(makePlan, { caseId, parts: discovered.parts })], policy);
  const { applied, crashed } = yield* applyPlan(context, caseId, row.mode, made, policy);

  show('running', 'verification');
  const plan = made?.ok ? made.value.plan : undefined;
  const verified = yield* verify(context, { caseId, oid: person.oid, plan, applied, policy });
  show('done', 'verification');

  const report = {
    caseId,
    row,
    leaver,
    startedAt,
    generatedAt: context.df.currentUtcDateTime.toISOString(),
    parts: [...discovered.parts, ...verified.parts],
    crashed: [...discovered.crashed, ...crashed, ...verified.crashed],
    ...(plan === undefined ? {} : { plan }),
    actions: applied.map(({ action }) => action),
  };
  const filed = yield* call(context, fileReport, report, policy);
  const told = { caseId, filed };
  // Whoever asked for a plan reads it; in mode plan nothing is written but the evidence.
  if (row.mode === 'apply')
    yield* callSettled<unknown>(context, [prepare(openFollowUpIssue, told), prepare(notifyOperators, told)], policy);
  yield* call(context, closeCase, { ...told, filedAt: context.df.currentUtcDateTime.toISOString() }, policy);
  return filed;
}

const DISCOVERY_STEPS = ['consent', 'federated-credentials', 'runner-credentials', 'activity-audit'] as const;

interface DiscoverInput {
  readonly caseId: OffboardLeaverInput['caseId'];
  readonly leaver: Leaver;
  readonly identified: Settled<Awaited<ReturnType<typeof identifyLeaver.handler>>> | undefined;
  readonly policy: CasePolicy;
  readonly contained: Settled<StepPartRef> | undefined;
  /** Where containment has to be tried again, it is, beside discovery, which does not wait for it. */
  readonly containAgain: Call<StepPartRef> | undefined;
}

/** The four steps side by side; each keeps its own result whatever happens to the others. */
function* discover(context: OrchestrationContext, input: DiscoverInput): Generator<Task, StepParts, unknown> {
  const { caseId, leaver, identified, policy, contained, containAgain } = input;
  const scope = identified?.ok ? identified.value.scope : { github: [], devops: [] };
  const about = { caseId, leaver };
  const units: readonly { step: StepName; call: Call<StepPartRef | StepParts> }[] = [
    ...(containAgain === undefined ? [] : [{ step: 'containment' as const, call: containAgain }]),
    { step: 'consent', call: prepare(discoverConsent, about) },
    { step: 'federated-credentials', call: prepare(discoverUsage, { ...about, policy }) },
    ...scope.github.map((organisation) => ({
      step: 'runner-credentials' as const,
      call: prepare(scanGitHubOrganisation, { ...about, organisation, policy }),
    })),
    ...scope.devops.map((organisation) => ({
      step: 'runner-credentials' as const,
      call: prepare(scanDevOps, { ...about, organisation }),
    })),
  ];
  const settled = yield* callSettled(
    context,
    units.map((unit) => unit.call),
    policy,
  );
  // The second attempt replaces the first, unless it broke and the first did not.
  const replaced = containAgain !== undefined && (settled[0]?.ok === true || contained?.ok !== true);
  const found = collectParts([
    ...(replaced ? [] : [['containment', contained] as const]),
    ...units.map(({ step }, index) => [step, settled[index]] as const),
  ]);
  if (identified?.ok) return { ...found, parts: [...identified.value.parts, ...found.parts] };
  const failure = identified?.error ?? { code: 'unexpected', message: 'the accounts of the leaver were not resolved' };
  const blind = (['federated-credentials', 'runner-credentials'] as const).map((step) => ({ step, failure }));
  return { ...found, crashed: [...found.crashed, ...blind] };
}

interface Applied {
  readonly applied: readonly AppliedRemedy[];
  readonly crashed: readonly StepCrash[];
}

/** Carries out what needs no decision. Disruptive remedies stand as `awaiting-approval` in the report. */
function* applyPlan(
  context: OrchestrationContext,
  caseId: OffboardLeaverInput['caseId'],
  mode: CaseMode,
  made: Settled<MadePlan> | undefined,
  policy: CasePolicy,
): Generator<Task, Applied, unknown> {
  if (made?.ok !== true) {
    // Nothing can be cut without a plan, but what was found and what was contained must still be told.
    const failure = made?.error ?? { code: 'unexpected', message: 'no plan was made' };
    return { applied: [], crashed: [{ step: 'verification', failure }] };
  }
  if (mode === 'plan') return { applied: [], crashed: [] };
  const { plan, steps } = made.value;
  const applied: AppliedRemedy[] = [];
  const crashed: StepCrash[] = [];
  for (const round of roundsOf(steps.filter(({ risk }) => risk === 'safe'))) {
    const calls = round.map(({ remedyId }) => prepare(applyRemedy, { caseId, plan, remedyId }));
    const settled = yield* callSettled(context, calls, policy);
    round.forEach(({ remedyId }, index) => {
      const each = settled[index];
      if (each?.ok) applied.push(each.value);
      else if (each !== undefined) crashed.push({ step: 'verification', remedyId, failure: each.error });
    });
  }
  return { applied, crashed };
}

interface VerifyInput {
  readonly caseId: OffboardLeaverInput['caseId'];
  readonly oid: Leaver['oid'];
  /** Absent where none could be made: then the deny list alone is read back. */
  readonly plan: BlobRef | undefined;
  readonly applied: readonly AppliedRemedy[];
  readonly policy: CasePolicy;
}

/** Reads back until nothing is pending or the deadline has passed: a queued revocation (202) is not a done one. */
function* verify(
  context: OrchestrationContext,
  { caseId, oid, plan, applied, policy }: VerifyInput,
): Generator<Task, StepParts, unknown> {
  const input = {
    caseId,
    oid,
    ...(plan === undefined ? {} : { plan }),
    applied: applied.filter(({ result }) => result !== 'failed').map(({ remedyId }) => remedyId),
  };
  const deadline = context.df.currentUtcDateTime.getTime() + policy.verifyDeadlineMs;
  for (;;) {
    const [verified] = yield* callSettled(context, [prepare(verifyCase, input)], policy);
    if (verified?.ok !== true) {
      const failure = verified?.error ?? { code: 'unexpected', message: 'verification gave no result' };
      return { parts: [], crashed: [{ step: 'verification', failure }] };
    }
    const next = context.df.currentUtcDateTime.getTime() + policy.verifyIntervalMs;
    if (verified.value.pending === 0 || next > deadline) return { parts: [verified.value], crashed: [] };
    yield* sleep(context, policy.verifyIntervalMs);
  }
}

type StepState = 'waiting' | 'running' | 'done';

/** Shows the steps' states as the instance's custom status, which `GET /api/cases/{id}` passes on. */
function progressOf(context: OrchestrationContext): (state: StepState, ...names: readonly StepName[]) => void {
  const steps: Partial<Record<StepName, StepState>> = {};
  return (state, ...names) => {
    for (const name of names) steps[name] = state;
    context.df.setCustomStatus({ steps: { ...steps } });
  };
}

function wantsAnother(settled: Settled<StepPartRef> | undefined): boolean {
  return settled?.ok !== true || settled.value.tryAgainAfterMs !== undefined;
}
