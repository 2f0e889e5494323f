import type { Invoke } from '../../invoker.ts';
import { messageOf } from '../../log.ts';
import type { RegisteredFunction } from '../../registry.ts';
import type { FailureDetails } from '../failure-details.ts';
import type { InstanceRow } from '../storage/instance-row.ts';
import type { DurableSchema } from '../storage/schema.ts';
import type { Message } from '../work/due-work.ts';
import type { OrchestratorState } from './actions.ts';
import type { Determinism, Scheduled } from './determinism.ts';
import type { HistoryEvent } from './history.ts';
import { at, EVENT } from './history.ts';
import { callOrchestrator } from './orchestrator-call.ts';
import type { ReplayOutcome } from './replay.ts';
import { replay } from './replay.ts';

export interface EpisodeParts {
  readonly invoke: Invoke;
  readonly determinism: Determinism;
  /** Default: V4. */
  readonly schema?: DurableSchema;
  readonly orchestrator: (name: string) => RegisteredFunction | undefined;
  readonly refuse: (kind: 'activity' | 'sub-orchestration', name: string) => string | undefined;
}

export type Completion =
  | { readonly status: 'Completed'; readonly result: string | null }
  | {
      readonly status: 'Failed';
      readonly result: string;
      readonly details: string | null;
      readonly failureDetails?: FailureDetails | null;
    }
  | { readonly status: 'Terminated'; readonly result: string | null }
  | {
      readonly status: 'ContinuedAsNew';
      readonly input: string | null;
      readonly carryOver: readonly HistoryEvent[];
    };

/** What one episode adds to an instance; nothing of it has been kept yet. */
export interface Episode {
  readonly events: readonly HistoryEvent[];
  readonly scheduled: ReadonlyMap<number, Scheduled>;
  readonly customStatus: string | null;
  readonly suspended: boolean;
  readonly completion: Completion | undefined;
  /** Events that nobody waited for, where the instance ends or continues as new without them. */
  readonly dropped: readonly string[];
}

/** The episode did not come to an end, through no fault of the orchestrator: its messages stay, and it runs again. */
export class SessionAbortedError extends Error {
  override readonly name = 'SessionAbortedError';
}

const CUSTOM_STATUS_LIMIT_KB = 16;

/**
 * Runs an orchestrator function once over its history and these messages, and works out what follows.
 * Throws a `SessionAbortedError` where the host ended the call.
 */
export async function runEpisode(
  parts: EpisodeParts,
  instance: InstanceRow,
  past: readonly string[],
  messages: readonly Message[],
  now: number,
): Promise<Episode> {
  const schema = parts.schema ?? 'V4';
  const received = messages.map(({ event }) => event);
  const fresh: HistoryEvent[] = [at(now, { EventType: EVENT.orchestratorStarted }), ...received];
  const suspended = isSuspended(past, received, instance);
  const terminated = received.find(({ EventType }) => EventType === EVENT.executionTerminated);
  if (terminated?.EventType === EVENT.executionTerminated) {
    return episode(fresh, now, instance.customStatus, false, { status: 'Terminated', result: terminated.Input });
  }
  const fail = (reason: string, details: string | null = null, customStatus = instance.customStatus): Episode =>
    episode(fresh, now, customStatus, false, { status: 'Failed', result: reason, details });
  const failed = (message: string): string => `Orchestrator function '${instance.name}' failed: ${message}`;

  const target = parts.orchestrator(instance.name);
  if (target === undefined) return fail(failed(`The function '${instance.name}' doesn't exist.`));
  const answer = await callOrchestrator(parts.invoke, target, {
    schema,
    instanceId: instance.instanceId,
    parent: instance.parent,
    input: instance.input,
    past,
    fresh: fresh.map((event) => JSON.stringify(event)),
  });
  if (answer.kind === 'broken') return fail(failed(answer.message));
  if (answer.kind === 'aborted') throw new SessionAbortedError(`${instance.name}: ${answer.message}`);

  const { state } = answer;
  const tooLong = customStatusFault(state.customStatus);
  if (tooLong !== undefined) return fail(failed(tooLong));
  let outcome: ReplayOutcome;
  try {
    const { instanceId, executionId } = instance;
    const { determinism, refuse } = parts;
    outcome = replay({ instanceId, executionId, history: answer.history, state, determinism, refuse });
    assertSdkAgrees(outcome, answer.sdkTasks);
  } catch (error) {
    const also = state.error === undefined ? '' : ` (the orchestrator itself threw: ${state.error})`;
    return fail(failed(messageOf(error) + also), null, state.customStatus);
  }
  const completion = outcome.settled ? completionOf(state, outcome, schema, failed) : undefined;
  const dropped = completion === undefined ? [] : outcome.unreceived;
  return { ...episode(fresh, now, state.customStatus, suspended, completion, outcome.scheduled), dropped };
}

function completionOf(
  state: OrchestratorState,
  outcome: ReplayOutcome,
  schema: DurableSchema,
  failed: (message: string) => string,
): Completion | undefined {
  if (state.error !== undefined) {
    const known = schema === 'V3' ? {} : { failureDetails: state.failureDetails ?? null };
    return { status: 'Failed', result: failed(state.error), details: `Message: ${state.error}`, ...known };
  }
  if (!state.isDone) return undefined;
  if (outcome.continueAsNew !== undefined) return { status: 'ContinuedAsNew', ...outcome.continueAsNew };
  return { status: 'Completed', result: state.output };
}

function episode(
  fresh: readonly HistoryEvent[],
  now: number,
  customStatus: string | null,
  suspended: boolean,
  completion: Completion | undefined,
  scheduled: ReadonlyMap<number, Scheduled> = new Map(),
): Episode {
  const decisions = [...scheduled].map(([id, what]) => scheduledEvent(id, what, now));
  const end: HistoryEvent[] =
    completion === undefined || completion.status === 'ContinuedAsNew'
      ? []
      : [
          at(now, {
            EventType: EVENT.executionCompleted,
            OrchestrationStatus: completion.status,
            Result: completion.result,
          }),
        ];
  return {
    events: [...fresh, ...decisions, ...end, at(now, { EventType: EVENT.orchestratorCompleted })],
    scheduled,
    customStatus,
    suspended,
    completion,
    dropped: [],
  };
}

function scheduledEvent(id: number, what: Scheduled, now: number): HistoryEvent {
  const common = { EventId: id, Timestamp: new Date(now).toISOString() };
  switch (what.kind) {
    case 'activity':
      return { ...common, EventType: EVENT.taskScheduled, Name: what.name, Input: `[${what.input ?? 'null'}]` };
    case 'timer':
      return { ...common, EventType: EVENT.timerCreated, FireAt: new Date(what.fireAt).toISOString() };
    case 'sub-orchestration':
      return {
        ...common,
        EventType: EVENT.subOrchestrationCreated,
        Name: what.name,
        InstanceId: what.instanceId,
        Input: what.input,
      };
    default:
      return what satisfies never;
  }
}

/**
 * The SDK and the extension number tasks independently. Where they come to disagree, results go to the wrong task
 * on Azure, or to none, and the orchestration hangs; here it fails.
 */
function assertSdkAgrees(outcome: ReplayOutcome, sdkTasks: ReadonlyMap<number, object>): void {
  for (const [id, action] of sdkTasks) {
    const source = outcome.open.get(id);
    if (source === undefined || source === action) continue;
    throw new Error(
      `The SDK and the extension number this orchestration's tasks differently from number ${id} on, so results ` +
        'would reach the wrong task on Azure, or none. Something that was abandoned went on by itself (a retry after ' +
        'a failed Task.all or a lost Task.any, a cancelled timer of more than six days): wait for it instead.',
    );
  }
}

function customStatusFault(customStatus: string | null): string | undefined {
  const kilobytes = Math.trunc(Buffer.byteLength(customStatus ?? '', 'utf16le') / 1024);
  if (kilobytes <= CUSTOM_STATUS_LIMIT_KB) return undefined;
  return (
    `The UTF-16 size of the JSON-serialized payload must not exceed ${CUSTOM_STATUS_LIMIT_KB} KB. ` +
    `The current payload size is ${kilobytes} KB.`
  );
}

function isSuspended(past: readonly string[], received: readonly HistoryEvent[], instance: InstanceRow): boolean {
  const last = received.findLast(
    ({ EventType }) => EventType === EVENT.executionSuspended || EventType === EVENT.executionResumed,
  );
  if (last !== undefined) return last.EventType === EVENT.executionSuspended;
  return past.length > 0 && instance.status === 'Suspended';
}
