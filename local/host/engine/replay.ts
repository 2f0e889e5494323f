import type { Action, OrchestratorState, RetryPolicy } from './actions.ts';
import type { Determinism, Scheduled } from './determinism.ts';
import { assertSame } from './determinism.ts';
import { ExternalEvents } from './external-events.ts';
import type { HistoryEvent } from './history.ts';
import { EVENT, timeOf } from './history.ts';
import type { Pending } from './pending.ts';
import { all, any, pending, settled } from './pending.ts';

/** The Azure Storage provider's limits for one timer; longer ones are chains. */
const LONGEST_TIMER_MS = 6 * 24 * 60 * 60 * 1000;
const TIMER_LINK_MS = 3 * 24 * 60 * 60 * 1000;

export interface ReplayInput {
  readonly instanceId: string;
  readonly executionId: string;
  /** Everything so far, the new events of this episode included. */
  readonly history: readonly HistoryEvent[];
  readonly state: OrchestratorState;
  readonly determinism: Determinism;
  /** The reason why a function cannot be called, or undefined where it can. */
  readonly refuse: (kind: 'activity' | 'sub-orchestration', name: string) => string | undefined;
}

export interface ReplayOutcome {
  /** What is not in history yet, by sequence number. */
  readonly scheduled: ReadonlyMap<number, Scheduled>;
  /** Which of the SDK's actions each sequence number that is still open belongs to. */
  readonly open: ReadonlyMap<number, object>;
  /** True where every action has been carried out and nothing that was scheduled is still open. */
  readonly settled: boolean;
  /** The next generation's input, JSON text, where the orchestrator continues as new. */
  readonly continueAsNew: { readonly input: string | null; readonly carryOver: readonly HistoryEvent[] } | undefined;
  /** Names of events that arrived and were not waited for; lost when the orchestration ends or continues as new. */
  readonly unreceived: readonly string[];
}

/**
 * Carries out, over the history, the actions that the orchestrator function answered, as the extension's
 * out-of-process shim does on Durable Task: one action after the other, each awaited before the next is scheduled;
 * sequence numbers in the order of scheduling; retries, their timers and long timers made here and not in the SDK.
 *
 * Throws NonDeterminismError where history says otherwise, Error where an action cannot be carried out.
 */
export function replay(input: ReplayInput): ReplayOutcome {
  const scheduled = new Map<number, Scheduled>();
  const whileSuspended = new Map<number, Scheduled>();
  const open = new Map<number, { readonly task: Pending; readonly source: object }>();
  const external = new ExternalEvents();
  const delayed: HistoryEvent[] = [];
  const carryOver: HistoryEvent[] = [];
  const seen = new Set<object>();
  let now = 0;
  let nextId = 0;
  let suspended = false;
  let finished = false;
  let nextGeneration: { readonly input: string | null } | undefined;

  const schedule = (what: Scheduled, source: object): Pending => {
    const id = nextId++;
    const task = pending();
    scheduled.set(id, what);
    open.set(id, { task, source });
    return task;
  };

  const timer = (fireAt: number, source: object): Pending => schedule({ kind: 'timer', fireAt, linked: true }, source);

  const withRetry = (attempt: () => Pending, retry: RetryPolicy, source: object): Pending => {
    const whole = pending();
    const firstAttemptAt = now;
    const run = (count: number): void => {
      attempt().whenSettled((failed) => {
        if (!failed) return whole.settle(false);
        // Durable Task keeps one superfluous timer after the last attempt, so that old histories still replay.
        if (count >= retry.attempts) return timer(now, source).whenSettled(() => whole.settle(true));
        if (now >= firstAttemptAt + retry.timeoutMs) return whole.settle(true);
        const delay = Math.min(retry.firstDelayMs * retry.backoff ** (count - 1), retry.longestDelayMs);
        timer(now + delay, source).whenSettled(() => run(count + 1));
      });
    };
    run(1);
    return whole;
  };

  const longTimer = (fireAt: number, source: object): Pending => {
    const whole = pending();
    const link = (until: number): void => {
      timer(until, source).whenSettled(() => {
        const left = fireAt - now;
        if (left <= 0) whole.settle(false);
        else link(left < TIMER_LINK_MS ? fireAt : now + TIMER_LINK_MS);
      });
    };
    link(now + TIMER_LINK_MS);
    return whole;
  };

  const carryOut = (action: Action): Pending => {
    const { source } = action;
    if (action.kind !== 'external-event' && seen.has(source)) {
      throw new Error(
        `A task that is already scheduled (${labelOf(action)}) was put into another Task.all or Task.any. ` +
          'On Azure, durable-functions 3 would schedule it a second time and mix up the results ' +
          '(azure-functions-durable-js issue 574). Yield the task itself, or make new tasks in waves.',
      );
    }
    seen.add(source);
    switch (action.kind) {
      case 'activity':
      case 'sub-orchestration': {
        const refusal = input.refuse(action.kind, action.name);
        if (refusal !== undefined) throw new Error(refusal);
        const once = (): Pending => schedule(scheduledOf(action, `${input.executionId}:${nextId}`), source);
        return action.retry === undefined ? once() : withRetry(once, action.retry, source);
      }
      case 'timer': {
        const { fireAt, canceled } = action;
        if (!Number.isFinite(fireAt)) throw new Error('A timer was created for an invalid date.');
        const long = fireAt - now > LONGEST_TIMER_MS;
        if (long && !canceled) return longTimer(fireAt, source);
        const id = nextId;
        const task = long ? timer(now + TIMER_LINK_MS, source) : schedule({ kind: 'timer', fireAt }, source);
        if (canceled) {
          open.delete(id);
          task.settle(true);
        }
        return task;
      }
      case 'external-event':
        return external.waitFor(action.name);
      case 'all':
        return all(action.children.map(carryOut));
      case 'any':
        return any(action.children.map(carryOut));
      case 'continue-as-new':
        nextGeneration = { input: action.input };
        return settled();
      case 'unsupported':
        throw new Error(`The local host does not support ${action.what}.`);
      default:
        return action satisfies never;
    }
  };

  const run = (index: number): void => {
    for (let i = index; ; i += 1) {
      const action = input.state.actions[i];
      if (action === undefined) {
        finished = true;
        return;
      }
      const task = carryOut(action);
      if (task.state() === 'running') {
        task.whenSettled(() => run(i + 1));
        return;
      }
    }
  };

  const confirm = (id: number, recorded: Scheduled): void => {
    assertSame(input.instanceId, id, recorded, scheduled.get(id), input.determinism);
    scheduled.delete(id);
  };

  const complete = (id: number, failed: boolean): void => {
    const task = open.get(id)?.task;
    open.delete(id);
    task?.settle(failed);
  };

  const process = (event: HistoryEvent): void => {
    if (suspended && event.EventType !== EVENT.executionResumed && event.EventType !== EVENT.orchestratorStarted) {
      if (event.EventType !== EVENT.executionSuspended) delayed.push(event);
      return;
    }
    switch (event.EventType) {
      case EVENT.orchestratorStarted:
        now = timeOf(event);
        return;
      case EVENT.executionStarted:
        run(0);
        return;
      case EVENT.taskScheduled:
        confirm(event.EventId, { kind: 'activity', name: event.Name, input: argumentOf(event.Input) });
        return;
      case EVENT.timerCreated:
        confirm(event.EventId, { kind: 'timer', fireAt: new Date(event.FireAt).getTime() });
        return;
      case EVENT.subOrchestrationCreated:
        confirm(event.EventId, {
          kind: 'sub-orchestration',
          name: event.Name,
          input: event.Input,
          instanceId: event.InstanceId,
          version: undefined,
        });
        return;
      case EVENT.taskCompleted:
      case EVENT.subOrchestrationCompleted:
        complete(event.TaskScheduledId, false);
        return;
      case EVENT.taskFailed:
      case EVENT.subOrchestrationFailed:
        complete(event.TaskScheduledId, true);
        return;
      case EVENT.timerFired:
        complete(event.TimerId, false);
        return;
      case EVENT.eventRaised:
        if (nextGeneration === undefined) external.raise(event.Name);
        else carryOver.push(event);
        return;
      case EVENT.executionSuspended:
        suspended = true;
        for (const [id, what] of scheduled) whileSuspended.set(id, what);
        scheduled.clear();
        return;
      case EVENT.executionResumed:
        suspended = false;
        for (const [id, what] of whileSuspended) scheduled.set(id, what);
        whileSuspended.clear();
        for (const held of delayed.splice(0)) process(held);
        return;
      default:
        return;
    }
  };

  for (const event of input.history) process(event);

  return {
    scheduled,
    open: new Map([...open].map(([id, { source }]) => [id, source])),
    settled: finished && open.size === 0 && !suspended,
    continueAsNew: nextGeneration === undefined ? undefined : { input: nextGeneration.input, carryOver },
    unreceived: external.unreceived(),
  };
}

function scheduledOf(
  action: Extract<Action, { kind: 'activity' | 'sub-orchestration' }>,
  defaultInstanceId: string,
): Scheduled {
  if (action.kind === 'activity') return { kind: 'activity', name: action.name, input: action.input };
  const instanceId = action.instanceId?.trim() ? action.instanceId : defaultInstanceId;
  return { kind: 'sub-orchestration', name: action.name, input: action.input, instanceId, version: action.version };
}

function labelOf(action: Action): string {
  return 'name' in action ? `${action.kind} '${action.name}'` : action.kind;
}

/** The one argument out of the recorded parameter list, as JSON text. */
function argumentOf(parameters: string): string | null {
  const text = parameters.slice(1, -1);
  return text === 'null' ? null : text;
}
