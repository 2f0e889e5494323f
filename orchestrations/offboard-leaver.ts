import type { OrchestrationContext, Task } from 'durable-functions';
import { closeCase } from '../activities/case/close-case.ts';
import { makePlan } from '../activities/case/make-plan.ts';
import { identifyLeaver, NO_SCOPE } from '../activities/case/person/identify-leaver.ts';
import { fileReport } from '../activities/case/report/file-report.ts';
import { type FiledReport, FiledReportSchema } from '../activities/case/report/filed-report.ts';
import { type CaseRow, type OffboardLeaverInput, OffboardLeaverInputSchema } from '../src/cases/case.ts';
import { attemptOf } from '../src/cases/following/attempts.ts';
import { whyAllUndone } from '../src/cases/remedies/restore.ts';
import { failureOf } from '../src/durable/failure.ts';
import type { Leaver } from '../src/people/leaver.ts';
import type { StepName } from '../src/steps/registry.ts';
import { call, callSettled, prepare } from './lib/calls.ts';
import { defineOrchestration } from './lib/define-orchestration.ts';
import { applyPlan, isAway, readPerson } from './phases/apply-plan.ts';
import { carry } from './phases/carry.ts';
import { CONTAINING, containOf, wantsAnother } from './phases/contain.ts';
import { DISCOVERING, discover } from './phases/discover.ts';
import { restoreWanted } from './phases/restore.ts';
import { progressOf } from './phases/show-progress.ts';
import { askAgain, unverified, VERIFYING, verify } from './phases/verify.ts';

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

function* offboard(
  context: OrchestrationContext,
  { caseId, row, person, policy, denialGeneration }: OffboardLeaverInput,
): Generator<Task, FiledReport, unknown> {
  const startedAt = context.df.currentUtcDateTime.toISOString();
  const show = progressOf(context);
  const begun = { caseId, ...(row.generation === undefined ? {} : { generation: row.generation }) };
  const fence = { ...begun, ...(denialGeneration === undefined ? {} : { denialGeneration }) };

  const allUndone = whyAllUndone(row);
  const restored = yield* restoreWanted(context, row, policy);

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

  const carried = yield* carry(context, row, discovered.parts, policy, leaver);
  const found = [...discovered.parts, ...carried.parts];
  const [made] = yield* callSettled(
    context,
    [prepare(makePlan, { caseId, parts: found, ...saidOf(row), ...ownersOf(leaver) })],
    policy,
  );
  // What was not known at the beginning is compared with what was learnt first.
  const opened = learnt ? leaver : person;
  const reading = { ...begun, opened, policy };
  const { crashed, ...acted } =
    allUndone === undefined
      ? yield* applyPlan(context, reading, row, made, carried)
      : { applied: [], parts: [], crashed: [], stopped: { because: 'returned' as const, why: allUndone } };
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
    crashed: [
      ...restored.crashed,
      ...discovered.crashed,
      ...carried.crashed,
      ...crashed,
      ...unread,
      ...verified.crashed,
      ...asked.crashed,
    ],
    ...(plan === undefined ? {} : { plan }),
    actions: applied.map(({ action }) => action),
    ...(stopped === undefined ? {} : { stopped }),
    ...(restored.undone.length === 0 ? {} : { undone: restored.undone }),
    ...(applied.some(isAway) && { away: true as const }),
  };
  const filed = yield* call(context, fileReport, report, policy);
  yield* call(context, closeCase, { caseId, filed, filedAt: context.df.currentUtcDateTime.toISOString() }, policy);
  return filed;
}

/** What people decided about the case so far and had undone of it, for who makes its plan. */
function saidOf({ decisions, restores }: CaseRow): Pick<CaseRow, 'decisions' | 'restores'> {
  return { ...(decisions === undefined ? {} : { decisions }), ...(restores === undefined ? {} : { restores }) };
}

/** What people answered about the owners of things, for who makes the plan. */
function ownersOf({ answers = [] }: Leaver): Pick<Leaver, 'answers'> {
  const owners = answers.filter(({ kind }) => kind === 'owner');
  return owners.length === 0 ? {} : { answers: owners };
}

/** Whether there is an account whose sessions containment revokes; a deleted one has none. */
function keepsSessions({ state }: Leaver): boolean {
  return state !== 'soft-deleted' && state !== 'gone';
}
