import type { OrchestrationContext, Task } from 'durable-functions';
import { type AppliedRemedy, applyRemedy } from '../activities/case/apply-remedy.ts';
import { type Carried, carryFindings } from '../activities/case/carry-findings.ts';
import { closeCase } from '../activities/case/close-case.ts';
import { type FiledReport, FiledReportSchema, fileReport } from '../activities/case/file-report.ts';
import { type Identified, identifyLeaver, NO_SCOPE, type Scope } from '../activities/case/identify-leaver.ts';
import { type MadePlan, makePlan } from '../activities/case/make-plan.ts';
import type { ActingCase } from '../activities/case/may-act.ts';
import { readPersonAgain } from '../activities/case/read-person-again.ts';
import { askingAgain, CONTAIN, DISCOVER, VERIFY } from '../activities/phases.ts';
import { attemptOf, revisionOf } from '../src/cases/attempts.ts';
import { type CaseMode, type CaseRow, type OffboardLeaverInput, OffboardLeaverInputSchema } from '../src/cases/case.ts';
import type { About } from '../src/cases/discovery.ts';
import { accountOf } from '../src/cases/person-returned.ts';
import { roundsOf } from '../src/cases/plan.ts';
import type { CasePolicy } from '../src/cases/policy.ts';
import { type BlobRef, wasCut } from '../src/cases/remedy.ts';
import type { StepCrash, StepResultRef, StepResults, Stopped } from '../src/cases/step-result.ts';
import { type Failure, failureOf } from '../src/durable/failure.ts';
import type { Leaver } from '../src/people/leaver.ts';
import { type StepName, stepsIn } from '../src/steps/registry.ts';
import { discoverUnit } from './discover-unit.ts';
import {
  type Call,
  call,
  callSettled,
  callWhile,
  collectResults,
  mergeParts,
  NO_RESULT,
  prepare,
  type Settled,
  sleep,
} from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';

/** One leaver, from what stops them at once to the sealed report. Which steps there are, the registry says. */
export const offboardLeaver = defineOrchestration(
  'offboardLeaver',
  { input: OffboardLeaverInputSchema, output: FiledReportSchema },
  function* (context, input) {
    try {
      return yield* offboard(context, input);
    } catch (error) {
      // The instance fails visibly; the row must not go on saying that the case is running.
      const filedAt = context.df.currentUtcDateTime.toISOString();
      const attempt = attemptOf(input.row);
      const end = { caseId: input.caseId, filedAt, failure: failureOf(error), ...(attempt === 1 ? {} : { attempt }) };
      yield* callSettled(context, [prepare(closeCase, end)], input.policy);
      throw error;
    }
  },
);

const CONTAINING = stepsIn('contain').map(({ name }) => name);
/** What a plan is made of. A step that comes after another is begun where that one ends. */
const DISCOVERING = stepsIn('discover').map(({ name }) => name);
const VERIFYING = stepsIn('verify').map(({ name }) => name);

function* offboard(
  context: OrchestrationContext,
  { caseId, row, person, policy, denialGeneration }: OffboardLeaverInput,
): Generator<Task, FiledReport, unknown> {
  const startedAt = context.df.currentUtcDateTime.toISOString();
  const show = progressOf(context);
  const begun = { caseId, ...(row.generation === undefined ? {} : { generation: row.generation }) };
  const fence = { ...begun, ...(denialGeneration === undefined ? {} : { denialGeneration }) };

  // Before anything that can fail or wait: issued tokens outlive every revocation, so they must be refused first.
  show('running', CONTAINING);
  const contained = yield* callSettled(context, containOf({ leaver: person, ...fence }, row.mode), {
    ...policy,
    attempts: 1,
  });
  CONTAINING.forEach((step, index) => {
    const first = contained[index];
    // What was refused for good is not done, and discovery may take hours before the rest of this is told.
    const stops = first?.ok === true && first.value.coverage === 'complete';
    show(wantsAnother(first) ? 'waiting' : stops ? 'done' : 'failed', [step]);
  });

  const [identified] = yield* callSettled(context, [prepare(identifyLeaver, { caseId, person })], policy);
  const leaver: Leaver = identified?.ok ? identified.value.leaver : person;

  show('running', DISCOVERING);
  // The account's state decides what these steps have to say of it, and may be known only by now.
  const learnt = person.state === 'unreadable' && leaver.state !== 'unreadable';
  const again = containOf({ leaver, ...fence }, row.mode).map((each, index) =>
    learnt || wantsAnother(contained[index]) ? each : undefined,
  );
  const discovered = yield* discover(context, { caseId, leaver, identified, policy, contained, again });
  const stops = (step: StepName): boolean =>
    discovered.parts.findLast((part) => part.step === step)?.coverage === 'complete';
  show(
    'failed',
    CONTAINING.filter((step) => !stops(step)),
  );
  show('done', [...CONTAINING.filter(stops), ...DISCOVERING]);

  const carried = yield* carry(context, row, discovered.parts, policy);
  const found = [...discovered.parts, ...carried.parts];
  const [made] = yield* callSettled(context, [prepare(makePlan, { caseId, parts: found })], policy);
  // What was not known at the beginning is compared with what was learnt first.
  const opened = learnt ? leaver : person;
  const reading = { ...begun, opened, policy };
  const { crashed, ...acted } = yield* applyPlan(context, reading, row, made, carried);
  const applied = [...carried.applied, ...acted.applied];

  show('running', VERIFYING);
  const plan = made?.ok ? made.value.plan : undefined;
  const returned = acted.stopped?.because === 'returned';
  // What was not done cannot be seen.
  const revoked = row.mode === 'apply' && CONTAINING.every(stops) && keepsSessions(leaver) && !returned;
  const sessionsRevokedFrom = revoked ? startedAt : undefined;
  const about = { caseId, oid: person.oid, plan, applied, returned, sessionsRevokedFrom, policy };
  let verified = yield* verify(context, about);
  const asked = yield* askAgain(context, {
    about: { caseId, leaver },
    scope: identified?.ok ? identified.value.scope : NO_SCOPE,
    plan: row.mode === 'apply' && !returned ? plan : undefined,
    applied,
    policy,
  });
  const last = row.mode === 'apply' && !returned ? (yield* readPerson(context, reading)).stop : undefined;
  const lateReturn = last?.stopped.because === 'returned';
  // Whoever came back by now is let in, and what was seen before says that they are refused.
  if (lateReturn) verified = yield* verify(context, { ...about, returned: true, sessionsRevokedFrom: undefined });
  // With everything done, a directory that does not answer leaves a gap; it stopped nothing.
  const stopped = lateReturn ? last.stopped : acted.stopped;
  const parts = [...acted.parts, ...(last?.parts ?? [])];
  const unread = last?.failure === undefined ? [] : unverified(last.failure);
  show('done', VERIFYING);

  const report = {
    caseId,
    row,
    leaver,
    startedAt,
    generatedAt: context.df.currentUtcDateTime.toISOString(),
    parts: [...found, ...parts, ...verified.parts, ...asked.parts],
    crashed: [...discovered.crashed, ...carried.crashed, ...crashed, ...unread, ...verified.crashed, ...asked.crashed],
    ...(plan === undefined ? {} : { plan }),
    actions: applied.map(({ action }) => action),
    ...(stopped === undefined ? {} : { stopped }),
    ...(applied.some(isAway) && { away: true as const }),
  };
  const filed = yield* call(context, fileReport, report, policy);
  yield* call(context, closeCase, { caseId, filed, filedAt: context.df.currentUtcDateTime.toISOString() }, policy);
  return filed;
}

/** Under which generations of the case and of the denial containment was asked for: under others it does nothing. */
interface Fence {
  readonly generation?: number;
  readonly denialGeneration?: number;
}

/** One call for each step that stops the leaver at once. */
function containOf(about: About & Fence, mode: CaseMode): Call<StepResultRef>[] {
  return CONTAINING.map((step) => prepare(CONTAIN[step], { ...about, mode }));
}

interface DiscoverInput extends About {
  readonly identified: Settled<Identified> | undefined;
  readonly policy: CasePolicy;
  /** What stopped the leaver at once, step by step. */
  readonly contained: readonly Settled<StepResultRef>[];
  /** Where that has to be tried again, it is, beside discovery, which does not wait for it. */
  readonly again: readonly (Call<StepResultRef> | undefined)[];
}

/** All units of all steps side by side; each keeps its own result whatever happens to the others. */
function* discover(context: OrchestrationContext, input: DiscoverInput): Generator<Task, StepResults, unknown> {
  const { caseId, leaver, identified, policy, contained, again } = input;
  const scope = identified?.ok ? identified.value.scope : NO_SCOPE;
  const repeated = again.filter((each) => each !== undefined);
  const units = stepsIn('discover')
    .filter(({ after }) => after === undefined)
    .flatMap(({ name }) => DISCOVER[name].units(scope, undefined).map((unit) => ({ step: name, unit })));
  const settled = yield* callSettled<StepResultRef | StepResults>(
    context,
    [...repeated, ...units.map((each) => prepare(discoverUnit, { caseId, leaver, scope, policy, ...each }))],
    policy,
  );
  const found = collectResults([
    ...CONTAINING.flatMap((step, index) => {
      const [first, repeat] = [contained[index], again[index]];
      if (repeat === undefined) return [[step, first] as const];
      const second = settled[repeated.indexOf(repeat)];
      // The second attempt replaces the first, unless it broke and the first did not.
      const kept = second?.ok !== true && first?.ok === true;
      return [...(kept ? [[step, first] as const] : []), [step, second] as const];
    }),
    ...units.map(({ step }, index) => [step, settled[repeated.length + index]] as const),
  ]);
  if (identified?.ok) return mergeParts([{ parts: identified.value.parts, crashed: [] }, found]);
  const failure = identified?.error ?? NO_RESULT;
  const blind = stepsIn('discover').filter(({ needsAccounts }) => needsAccounts);
  return mergeParts([found, { parts: [], crashed: blind.map(({ name }) => ({ step: name, failure })) }]);
}

/**
 * What the report before found and cut stands in the next one as well. Where that cannot be told, verification is not
 * clear.
 */
function* carry(
  context: OrchestrationContext,
  row: CaseRow,
  parts: readonly StepResultRef[],
  policy: CasePolicy,
): Generator<Task, Carried & Pick<StepResults, 'crashed'>, unknown> {
  if (revisionOf(row) === 1) return { parts: [], applied: [], crashed: [] };
  const [carried] = yield* callSettled(context, [prepare(carryFindings, { caseId: row.caseId, row, parts })], policy);
  if (carried?.ok === true) return { ...carried.value, crashed: [] };
  return { parts: [], applied: [], crashed: unverified(carried?.error ?? NO_RESULT) };
}

/** Whether a remedy was not carried out because a vendor was away. */
function isAway({ result, tryAgainAfterMs }: AppliedRemedy): boolean {
  return result === 'failed' && tryAgainAfterMs !== undefined;
}

/** What reading the person again takes. */
interface Reading extends ActingCase {
  /** The person as the case began with them. */
  readonly opened: Leaver;
  readonly policy: CasePolicy;
}

interface Applied {
  readonly applied: readonly AppliedRemedy[];
  readonly crashed: readonly StepCrash[];
  /** What was filed about a person who came back. */
  readonly parts: readonly StepResultRef[];
  readonly stopped?: Stopped;
}

interface Stop {
  readonly stopped: Stopped;
  /** What was filed about it. */
  readonly parts: readonly StepResultRef[];
  /** Set where the reading broke: then nothing was. */
  readonly failure?: Failure;
}

/** Asks the directory whether the person still leaves; whoever could not be read may have come back. */
function* readPerson(
  context: OrchestrationContext,
  { policy, ...about }: Reading,
): Generator<Task, { readonly readAt?: string; readonly stop?: Stop }, unknown> {
  const [read] = yield* callSettled(context, [prepare(readPersonAgain, about)], policy);
  if (read?.ok !== true) {
    const failure = read?.error ?? NO_RESULT;
    const why = `Whether the person still leaves could not be read again: ${failure.message}`;
    return { stop: { stopped: { because: 'unreadable', why }, parts: [], failure } };
  }
  const { verdict, why = '', part, readAt } = read.value;
  if (verdict === 'leaving') return readAt === undefined ? {} : { readAt };
  return { stop: { stopped: { because: verdict, why }, parts: part === undefined ? [] : [part] } };
}

/**
 * Carries out what needs no decision, as long as the person still leaves: they are read again before each round, and
 * within a round before each window of each attempt, which may come after whatever wait a vendor names. Disruptive
 * remedies stand as `awaiting-decision` in the report.
 */
function* applyPlan(
  context: OrchestrationContext,
  reading: Reading,
  row: CaseRow,
  made: Settled<MadePlan> | undefined,
  carried: Carried,
): Generator<Task, Applied, unknown> {
  // Nothing can be cut without a plan, but what was found and what was contained must still be told.
  if (made?.ok !== true) return { applied: [], parts: [], crashed: unverified(made?.error ?? NO_RESULT) };
  if (row.mode === 'plan') return { applied: [], parts: [], crashed: [] };
  const { plan, steps } = made.value;
  const applied: AppliedRemedy[] = [];
  const crashed: StepCrash[] = [];
  const { opened, policy, ...begun } = reading;
  const asOpened = accountOf(opened);
  const revision = revisionOf(row);
  const before = new Set(carried.applied.map(({ remedyId }) => remedyId));
  for (const round of roundsOf(steps.filter(({ risk, remedyId }) => risk === 'safe' && !before.has(remedyId)))) {
    let stop: Stop | undefined;
    let readAt: string | undefined;
    const calls = round.map(
      ({ remedyId }) =>
        () =>
          prepare(applyRemedy, {
            ...begun,
            plan,
            remedyId,
            ...(revision === 1 ? {} : { revision }),
            ...(readAt === undefined ? {} : { read: { oid: opened.oid, opened: asOpened, at: readAt } }),
          }),
    );
    const settled = yield* callWhile(context, calls, policy, function* () {
      const read = yield* readPerson(context, reading);
      readAt = read.readAt;
      stop = read.stop;
      return stop === undefined;
    });
    round.forEach(({ remedyId }, index) => {
      const each = settled[index];
      if (each?.ok) applied.push(each.value);
      else if (each !== undefined) crashed.push(...unverified(each.error).map((crash) => ({ ...crash, remedyId })));
    });
    if (stop !== undefined) return { applied, crashed, ...stop };
  }
  return { applied, crashed, parts: [] };
}

/** What was not done cannot be read back: the failure is one of the steps that would have. */
function unverified(failure: Failure): StepCrash[] {
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
function* verify(
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
function* askAgain(
  context: OrchestrationContext,
  { about, scope, plan, applied, policy }: AskAgainInput,
): Generator<Task, StepResults, unknown> {
  if (plan === undefined) return { parts: [], crashed: [] };
  const calls = askingAgain(scope).map(
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

/** `failed`: what stops the leaver at once was not done, or not seen to be. */
type StepState = 'waiting' | 'running' | 'done' | 'failed';

/** Shows the steps' states as the instance's custom status, which `GET /api/cases/{id}` passes on. */
function progressOf(context: OrchestrationContext): (state: StepState, steps: readonly StepName[]) => void {
  const states: Partial<Record<StepName, StepState>> = {};
  return (state, steps) => {
    for (const step of steps) states[step] = state;
    context.df.setCustomStatus({ steps: { ...states } });
  };
}

function wantsAnother(settled: Settled<StepResultRef> | undefined): boolean {
  return settled?.ok !== true || settled.value.tryAgainAfterMs !== undefined;
}

/** Whether there is an account whose sessions containment revokes; a deleted one has none. */
function keepsSessions({ state }: Leaver): boolean {
  return state !== 'soft-deleted' && state !== 'gone';
}
