import type { OrchestrationContext, Task } from 'durable-functions';
import type { CasePolicy } from '../../src/cases/policy.ts';
import type { StepResultRef, StepResults } from '../../src/cases/step-result.ts';
import { type Envelope, type Failure, failureOf } from '../../src/durable/failure.ts';
import { OffboardingError } from '../../src/errors.ts';
import type { OrchestrationDefinition } from './define-orchestration.ts';

/** What became of a call, whatever became of its siblings. */
export type Settled<O> = Envelope<O>;

/** What an orchestrator knows of an activity: its name and its types. What runs behind the name is none of its business. */
interface Activity<I, O> {
  readonly kind: 'activity';
  readonly name: string;
  readonly handler: (input: I, context: never) => Promise<O>;
}

type Target<I, O> = Activity<I, O> | OrchestrationDefinition<I, O>;

/** For a call of which nothing is known, which cannot be. */
export const NO_RESULT: Failure = { code: 'unexpected', message: 'the call gave no result' };

/** A call that has not been made yet; `callSettled` makes many side by side. */
export interface Call<O> {
  readonly target: Target<never, O>;
  readonly input: unknown;
}

/**
 * However long the line is: with two minutes of waiting in each, more than half a day. What was not read by then is told
 * as not read.
 */
const MOST_ROUNDS = 400;

export function prepare<I, O>(target: Target<I, O>, input: I): Call<O> {
  return { target: target as Target<never, O>, input };
}

/** Calls one activity, again after a while where it fails, and returns its result; the last failure is thrown with its code. */
export function* call<I, O>(
  context: OrchestrationContext,
  activity: Activity<I, O>,
  input: I,
  policy: CasePolicy,
): Generator<Task, O, unknown> {
  const [settled] = yield* callSettled(context, [prepare(activity, input)], policy);
  if (settled?.ok === true) return settled.value;
  // The code goes with it: an incident must not end as something unexpected.
  const { code, message } = settled?.error ?? NO_RESULT;
  throw new OffboardingError(code, `${activity.name} failed (${code}): ${message}`);
}

/**
 * Makes the calls side by side, at most `policy.window` in flight, and keeps every result: no call can stop
 * another. What failed unexpectedly, or asks to be tried again (`tryAgainAfterMs`), is tried again after a
 * durable timer, up to `policy.attempts` times; the last answer stands, and no attempt that broke takes one back. A call
 * that was sent away because others come first (`queued`) has not been tried: it is made again until it has its turn.
 */
export function* callSettled<O>(
  context: OrchestrationContext,
  calls: readonly Call<O>[],
  policy: CasePolicy,
): Generator<Task, Settled<O>[], unknown> {
  return yield* settle(
    context,
    calls.map((each) => () => each),
    policy,
    // biome-ignore lint/correctness/useYield: nothing has to be asked.
    function* () {
      return true;
    },
  );
}

/**
 * The same for calls that may be made only as long as something holds: `mayGoOn` is asked before every window of every
 * attempt, because an attempt may come long after the one before, at whatever time a vendor names. Where it does not
 * hold, no call is made any more; undefined is then the result of those that never were. Each call is prepared anew
 * after the question.
 */
export function* callWhile<O>(
  context: OrchestrationContext,
  calls: readonly (() => Call<O>)[],
  policy: CasePolicy,
  mayGoOn: () => Generator<Task, boolean, unknown>,
): Generator<Task, readonly (Settled<O> | undefined)[], unknown> {
  return yield* settle(context, calls, policy, mayGoOn);
}

function* settle<O>(
  context: OrchestrationContext,
  calls: readonly (() => Call<O>)[],
  policy: CasePolicy,
  mayGoOn: () => Generator<Task, boolean, unknown>,
): Generator<Task, Settled<O>[], unknown> {
  const settled: Settled<O>[] = [];
  let open = calls.map((_, index) => index);
  let attempt = 1;
  for (let round = 1; ; round += 1) {
    for (let start = 0; start < open.length; start += policy.window) {
      const indexes = open.slice(start, start + policy.window);
      if (!(yield* mayGoOn())) return settled;
      const tasks = indexes.flatMap((index) => calls[index]?.() ?? []).map((each) => taskOf(context, each));
      const envelopes = yield* settleAll<O>(context, tasks);
      envelopes.forEach((envelope, position) => {
        const index = indexes[position] as number;
        // What an earlier attempt found is not lost because a later one broke; it asked for another, and so it says
        // itself what it lacks.
        if (envelope.ok || settled[index]?.ok !== true) settled[index] = envelope;
      });
    }
    const waits = open.flatMap((index) => waitOf(settled[index] as Settled<O>, index));
    const queued = waits.filter((each) => each.queued);
    const others = attempt >= policy.attempts ? [] : waits.filter((each) => !each.queued);
    if ((queued.length === 0 && others.length === 0) || round >= MOST_ROUNDS) return settled;
    open = [...queued, ...others].map(({ index }) => index);
    // Whoever only waits for a turn has tried nothing yet, and the first of them may go as soon as there is one.
    if (others.length === 0) {
      yield* sleep(context, Math.max(policy.retryDelayMs, Math.min(...queued.map(({ afterMs }) => afterMs))));
      continue;
    }
    const backoff = policy.retryDelayMs * 2 ** (attempt - 1);
    attempt += 1;
    yield* sleep(context, Math.max(backoff, ...others.map(({ afterMs }) => afterMs)));
  }
}

/**
 * Every task's envelope. A task can fail outside of its envelope too: the host ends an activity at its time limit, or
 * loses the worker. `Task.all` then throws at once; the others go on and are waited for one by one.
 */
function* settleAll<O>(context: OrchestrationContext, tasks: readonly Task[]): Generator<Task, Settled<O>[], unknown> {
  try {
    return (yield context.df.Task.all([...tasks])) as Settled<O>[];
  } catch {
    const envelopes: Settled<O>[] = [];
    for (const task of tasks) {
      try {
        envelopes.push((yield task) as Settled<O>);
      } catch (error) {
        envelopes.push({ ok: false, error: failureOf(error) });
      }
    }
    return envelopes;
  }
}

/** Sorts what settled into the parts that were filed and the units that broke: half a scan must not look whole. */
export function collectResults(
  units: readonly (readonly [string, Settled<StepResultRef | StepResults> | undefined])[],
): StepResults {
  return mergeParts(
    units.map(([step, settled]) => {
      if (settled?.ok !== true) return { parts: [], crashed: [{ step, failure: settled?.error ?? NO_RESULT }] };
      return 'parts' in settled.value ? settled.value : { parts: [refOf(settled.value)], crashed: [] };
    }),
  );
}

export function mergeParts(all: readonly StepResults[]): StepResults {
  return { parts: all.flatMap(({ parts }) => parts), crashed: all.flatMap(({ crashed }) => crashed) };
}

/** The reference alone: what else an activity answered is not carried through the rest of the history. */
function refOf({ step, ref, findings, coverage, tryAgainAfterMs }: StepResultRef): StepResultRef {
  return { step, ref, findings, coverage, ...(tryAgainAfterMs === undefined ? {} : { tryAgainAfterMs }) };
}

/** Waits on a durable timer: nothing is held in memory, and a restart resumes it. */
export function* sleep(context: OrchestrationContext, ms: number): Generator<Task, void, unknown> {
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + ms));
}

function taskOf<O>(context: OrchestrationContext, { target, input }: Call<O>): Task {
  if (target.kind === 'activity') return context.df.callActivity(target.name, input);
  return context.df.callSubOrchestrator(target.name, input, nextInstanceId(context, target.name));
}

/** How many sub-orchestrations an orchestration has begun; each replay has a context of its own and counts anew. */
const begun = new WeakMap<OrchestrationContext, number>();

/** Counted over the whole orchestration: two calls under one id would be one instance, and one would get its result. */
function nextInstanceId(context: OrchestrationContext, name: string): string {
  const number = (begun.get(context) ?? 0) + 1;
  begun.set(context, number);
  return `${context.df.instanceId}:${name}:${number}`;
}

interface Wait {
  readonly index: number;
  readonly afterMs: number;
  readonly queued: boolean;
}

function waitOf<O>(settled: Settled<O>, index: number): Wait[] {
  if (!settled.ok) return [{ index, afterMs: 0, queued: false }];
  const answer = settled.value as { readonly tryAgainAfterMs?: unknown; readonly queued?: unknown } | null;
  const afterMs = answer?.tryAgainAfterMs;
  return typeof afterMs === 'number' ? [{ index, afterMs, queued: answer?.queued === true }] : [];
}
