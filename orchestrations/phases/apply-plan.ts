import type { OrchestrationContext, Task } from 'durable-functions';
import type { AppliedRemedy } from '../../activities/case/applied-remedy.ts';
import { applyRemedy } from '../../activities/case/apply-remedy.ts';
import type { MadePlan } from '../../activities/case/make-plan.ts';
import type { ActingCase } from '../../activities/case/may-act.ts';
import { readPersonAgain } from '../../activities/case/person/read-person-again.ts';
import type { Carried } from '../../activities/case/report/carry-findings.ts';
import type { CaseRow } from '../../src/cases/case.ts';
import { accountOf } from '../../src/cases/denied/person-returned.ts';
import { revisionOf } from '../../src/cases/following/attempts.ts';
import type { CasePolicy } from '../../src/cases/policy.ts';
import { proceeds, roundsOf } from '../../src/cases/remedies/plan.ts';
import type { StepCrash, StepResultRef, Stopped } from '../../src/cases/step-result.ts';
import type { Failure } from '../../src/durable/failure.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { callSettled, callWhile, NO_RESULT, prepare, type Settled } from '../lib/calls.ts';
import { unverified } from './verify.ts';

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
export function* readPerson(
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
 * Carries out what needs no decision, and what somebody approved, as long as the person still leaves: they are read
 * again before each round, and within a round before each window of each attempt, which may come after whatever wait a
 * vendor names. Other remedies stand as `awaiting-decision` in the report, or as `rejected`.
 */
export function* applyPlan(
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
  for (const round of roundsOf(steps.filter((step) => proceeds(step) && !before.has(step.remedyId)))) {
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

/** Whether a remedy was not carried out because a vendor was away. */
export function isAway({ result, tryAgainAfterMs }: AppliedRemedy): boolean {
  return result === 'failed' && tryAgainAfterMs !== undefined;
}
