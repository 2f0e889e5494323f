import type { CarryOutParts } from '../carry-out.ts';
import { createCarryOut } from '../carry-out.ts';
import { Ledger } from '../storage/ledger.ts';
import type { OrchestratorState } from './actions.ts';
import type { Determinism, Scheduled } from './determinism.ts';
import { ExternalEvents } from './external-events.ts';
import type { HistoryEvent } from './history.ts';
import { EVENT, timeOf } from './history.ts';

export interface ReplayInput {
  readonly instanceId: string;
  readonly executionId: string;
  /** Everything so far, the new events of this episode included. */
  readonly history: readonly HistoryEvent[];
  readonly state: OrchestratorState;
  readonly determinism: Determinism;
  readonly refuse: CarryOutParts['refuse'];
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
 * Throws where history says otherwise, and where an action cannot be carried out.
 */
export function replay({ instanceId, executionId, history, state, determinism, refuse }: ReplayInput): ReplayOutcome {
  const ledger = new Ledger(instanceId, determinism);
  const external = new ExternalEvents();
  const whileSuspended: HistoryEvent[] = [];
  const carryOver: HistoryEvent[] = [];
  let suspended = false;
  let finished = false;
  let nextGeneration: { readonly input: string | null } | undefined;
  const continueAsNew = (input: string | null): void => {
    nextGeneration = { input };
  };
  const carryOut = createCarryOut({ ledger, external, executionId, refuse, continueAsNew });

  const run = (index: number): void => {
    for (let i = index; ; i += 1) {
      const action = state.actions[i];
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

  const process = (event: HistoryEvent): void => {
    if (suspended && event.EventType !== EVENT.executionResumed && event.EventType !== EVENT.orchestratorStarted) {
      if (event.EventType !== EVENT.executionSuspended) whileSuspended.push(event);
      return;
    }
    switch (event.EventType) {
      case EVENT.orchestratorStarted:
        ledger.now = timeOf(event);
        return;
      case EVENT.executionStarted:
        run(0);
        return;
      case EVENT.taskScheduled:
      case EVENT.timerCreated:
      case EVENT.subOrchestrationCreated:
        ledger.confirm(event.EventId, recordedBy(event));
        return;
      case EVENT.taskCompleted:
      case EVENT.subOrchestrationCompleted:
        ledger.settle(event.TaskScheduledId, false);
        return;
      case EVENT.taskFailed:
      case EVENT.subOrchestrationFailed:
        ledger.settle(event.TaskScheduledId, true);
        return;
      case EVENT.timerFired:
        ledger.settle(event.TimerId, false);
        return;
      case EVENT.eventRaised:
        if (nextGeneration === undefined) external.raise(event.Name);
        else carryOver.push(event);
        return;
      case EVENT.executionSuspended:
        suspended = true;
        ledger.suspend();
        return;
      case EVENT.executionResumed:
        suspended = false;
        ledger.resume();
        for (const held of whileSuspended.splice(0)) process(held);
        return;
      default:
        return;
    }
  };

  for (const event of history) process(event);

  const { scheduled, open } = ledger;
  return {
    scheduled,
    open,
    settled: finished && open.size === 0 && !suspended,
    continueAsNew: nextGeneration === undefined ? undefined : { input: nextGeneration.input, carryOver },
    unreceived: external.unreceived(),
  };
}

type ScheduledEvent = Extract<HistoryEvent, { EventType: 4 | 7 | 10 }>;

function recordedBy(event: ScheduledEvent): Scheduled {
  switch (event.EventType) {
    case EVENT.taskScheduled:
      return { kind: 'activity', name: event.Name, input: argumentOf(event.Input) };
    case EVENT.timerCreated:
      return { kind: 'timer', fireAt: new Date(event.FireAt).getTime() };
    case EVENT.subOrchestrationCreated: {
      const { Name: name, InstanceId: instanceId, Input: input } = event;
      return { kind: 'sub-orchestration', name, instanceId, input, version: undefined };
    }
    default:
      return event satisfies never;
  }
}

/** The one argument out of the recorded parameter list, as JSON text. */
function argumentOf(parameters: string): string | null {
  const text = parameters.slice(1, -1);
  return text === 'null' ? null : text;
}
