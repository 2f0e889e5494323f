import type { InvocationContext } from '@azure/functions';
import type { DurableClient, OrchestrationContext, Task } from 'durable-functions';
import * as df from 'durable-functions';
import type { Config } from './config.ts';
import { config } from './config.ts';
import { OffboardingError } from './domain/errors.ts';
import type { StepName } from './domain/finding.ts';
import type { CasePolicy } from './domain/policy.ts';
import { redactSecrets } from './domain/redact-secrets.ts';
import type { StepPartRef, StepParts } from './domain/step.ts';

/** What an activity may use besides its input. */
export interface ActivityContext {
  readonly config: Config;
  readonly log: Log;
  readonly now: () => Date;
  /** Only for activities that are defined with `defineStarter`. */
  readonly client?: DurableClient;
}

/** Structured, redacted logging: object first, never a payload. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface ActivityDefinition<I, O> {
  readonly kind: 'activity';
  readonly name: string;
  readonly starts?: true;
  readonly handler: (input: I, context: ActivityContext) => Promise<O>;
}

export interface OrchestrationDefinition<I, O> {
  readonly kind: 'orchestration';
  readonly name: string;
  readonly handler: (context: OrchestrationContext, input: I) => Generator<Task, O, unknown>;
}

/** An unexpected failure as it travels through history: redacted, without a stack. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/**
 * Results travel in an envelope because `Task.all` of durable-functions 3 fails fast: one thrown
 * error would lose every sibling's result.
 */
type Envelope<O> = { readonly ok: true; readonly value: O } | { readonly ok: false; readonly error: Failure };

export type Settled<O> = Envelope<O>;

/** A call that has not been made yet; `callSettled` makes many side by side. */
export interface Call<O> {
  readonly target: ActivityDefinition<never, O> | OrchestrationDefinition<never, O>;
  readonly input: unknown;
}

export function defineActivity<I, O>(
  name: string,
  handler: (input: I, context: ActivityContext) => Promise<O>,
): ActivityDefinition<I, O> {
  return { kind: 'activity', name, handler };
}

/**
 * An activity that starts orchestrations of their own. An orchestrator can only call sub-orchestrations, whose end
 * it would wait for; what shall live on alone is started by a client, and a client belongs into an activity.
 */
export function defineStarter<I, O>(
  name: string,
  handler: (input: I, context: ActivityContext & { readonly client: DurableClient }) => Promise<O>,
): ActivityDefinition<I, O> {
  return {
    kind: 'activity',
    name,
    starts: true,
    handler: async (input, context) => {
      const { client } = context;
      if (client === undefined)
        throw new OffboardingError('unexpected', `${name} was called without a Durable client.`);
      return handler(input, { ...context, client });
    },
  };
}

export function defineOrchestration<I, O>(
  name: string,
  handler: (context: OrchestrationContext, input: I) => Generator<Task, O, unknown>,
): OrchestrationDefinition<I, O> {
  return { kind: 'orchestration', name, handler };
}

export function prepare<I, O>(target: ActivityDefinition<I, O> | OrchestrationDefinition<I, O>, input: I): Call<O> {
  return { target: target as ActivityDefinition<never, O> | OrchestrationDefinition<never, O>, input };
}

/** Calls one activity, again after a while where it fails, and returns its result; the last failure is thrown. */
export function* call<I, O>(
  context: OrchestrationContext,
  activity: ActivityDefinition<I, O>,
  input: I,
  policy: CasePolicy,
): Generator<Task, O, unknown> {
  const [settled] = yield* callSettled(context, [prepare(activity, input)], policy);
  if (settled?.ok === true) return settled.value;
  throw new OffboardingError('unexpected', `${activity.name}: ${settled?.error.message ?? 'no result'}.`);
}

/**
 * Makes the calls side by side, at most `policy.window` in flight, and keeps every result: no call can stop
 * another. What failed unexpectedly, or asks to be tried again (`tryAgainAfterMs`), is tried again after a
 * durable timer, up to `policy.attempts` times; the last answer stands, and no attempt that broke takes one back.
 */
export function* callSettled<O>(
  context: OrchestrationContext,
  calls: readonly Call<O>[],
  policy: CasePolicy,
): Generator<Task, Settled<O>[], unknown> {
  const settled: Settled<O>[] = [];
  let open = calls.map((_, index) => index);
  for (let attempt = 1; ; attempt += 1) {
    for (let start = 0; start < open.length; start += policy.window) {
      const indexes = open.slice(start, start + policy.window);
      const tasks = indexes.map((index) => taskOf(context, calls[index] as Call<O>, index, attempt));
      const envelopes = yield* settleAll<O>(context, tasks);
      envelopes.forEach((envelope, position) => {
        const index = indexes[position] as number;
        // What an earlier attempt found is not lost because a later one broke; it asked for another, and so it says
        // itself what it lacks.
        if (envelope.ok || settled[index]?.ok !== true) settled[index] = envelope;
      });
    }
    const waits = open.flatMap((index) => waitOf(settled[index] as Settled<O>, index));
    if (waits.length === 0 || attempt >= policy.attempts) return settled;
    open = waits.map((wait) => wait.index);
    const backoff = policy.retryDelayMs * 2 ** (attempt - 1);
    const wait = Math.max(backoff, ...waits.map(({ afterMs }) => afterMs));
    yield* sleep(context, wait);
  }
}

/**
 * Every task's envelope. A task can fail outside of its envelope too: the host ends an activity at its time limit, or
 * loses the worker. `Task.all` then throws at once; the others go on and are waited for one by one.
 */
function* settleAll<O>(context: OrchestrationContext, tasks: readonly Task[]): Generator<Task, Envelope<O>[], unknown> {
  try {
    return (yield context.df.Task.all([...tasks])) as Envelope<O>[];
  } catch {
    const envelopes: Envelope<O>[] = [];
    for (const task of tasks) {
      try {
        envelopes.push((yield task) as Envelope<O>);
      } catch (error) {
        envelopes.push({ ok: false, error: failureOf(error) });
      }
    }
    return envelopes;
  }
}

/** Sorts what settled into the parts that were filed and the units that broke: half a scan must not look whole. */
export function collectParts(
  units: readonly (readonly [StepName, Settled<StepPartRef | StepParts> | undefined])[],
): StepParts {
  const parts = units.flatMap(([, settled]) => {
    if (settled?.ok !== true) return [];
    return 'parts' in settled.value ? settled.value.parts : [settled.value];
  });
  const crashed = units.flatMap(([step, settled]) => {
    if (settled?.ok === true) return 'crashed' in settled.value ? settled.value.crashed : [];
    return [{ step, failure: settled?.error ?? { code: 'unexpected', message: 'the call gave no result' } }];
  });
  return { parts, crashed };
}

/** Waits on a durable timer: nothing is held in memory, and a restart resumes it. */
export function* sleep(context: OrchestrationContext, ms: number): Generator<Task, void, unknown> {
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + ms));
}

function taskOf<O>(context: OrchestrationContext, { target, input }: Call<O>, index: number, attempt: number): Task {
  if (target.kind === 'activity') return context.df.callActivity(target.name, input);
  return context.df.callSubOrchestrator(
    target.name,
    input,
    `${context.df.instanceId}:${target.name}:${index}:${attempt}`,
  );
}

function waitOf<O>(settled: Settled<O>, index: number): { index: number; afterMs: number }[] {
  if (!settled.ok) return [{ index, afterMs: 0 }];
  const afterMs = (settled.value as { readonly tryAgainAfterMs?: unknown } | null)?.tryAgainAfterMs;
  return typeof afterMs === 'number' ? [{ index, afterMs }] : [];
}

/** Tells Functions about an activity. Only the registration index calls this. */
export function registerActivity<I, O>(definition: ActivityDefinition<I, O>): void {
  const starts = definition.starts === true;
  df.app.activity(definition.name, {
    extraInputs: starts ? [df.input.durableClient()] : [],
    handler: async (input: I, context: InvocationContext): Promise<Envelope<O>> => {
      const log = logOf(context);
      try {
        const client = starts ? { client: df.getClient(context) } : {};
        const given: ActivityContext = { config: config(), log, now: () => new Date(), ...client };
        return { ok: true, value: await definition.handler(input, given) };
      } catch (error) {
        const failure = failureOf(error);
        log.warn(`${definition.name} failed`, { ...failure });
        return { ok: false, error: failure };
      }
    },
  });
}

/** Tells Functions about an orchestration whose failure must be visible as the instance's own. */
export function registerOrchestration<I, O>(definition: OrchestrationDefinition<I, O>): void {
  df.app.orchestration(definition.name, function* (context): Generator<Task, O, unknown> {
    return yield* definition.handler(context, context.df.getInput() as I);
  });
}

/** Tells Functions about an orchestration that others call: its failure travels as a value. */
export function registerSubOrchestration<I, O>(definition: OrchestrationDefinition<I, O>): void {
  df.app.orchestration(definition.name, function* (context): Generator<Task, Envelope<O>, unknown> {
    try {
      return { ok: true, value: yield* definition.handler(context, context.df.getInput() as I) };
    } catch (error) {
      return { ok: false, error: failureOf(error) };
    }
  });
}

function failureOf(error: unknown): Failure {
  const code = error instanceof OffboardingError ? error.code : 'unexpected';
  const message =
    error instanceof Error ? `${error.name}: ${error.message}` : 'a value that is not an Error was thrown';
  return { code, message: redactSecrets(message).slice(0, 1_000) };
}

function logOf(context: InvocationContext): Log {
  const line = (message: string, fields?: Readonly<Record<string, unknown>>): string =>
    redactSecrets(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  return {
    info: (message, fields) => context.info(line(message, fields)),
    warn: (message, fields) => context.warn(line(message, fields)),
  };
}
