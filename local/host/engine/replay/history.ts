import type { FailureDetails } from '../failure-details.ts';

/** The Durable Task event codes, as `durable-functions/lib/src/history/HistoryEventType.js` reads them. */
export const EVENT = {
  executionStarted: 0,
  executionCompleted: 1,
  executionTerminated: 3,
  taskScheduled: 4,
  taskCompleted: 5,
  taskFailed: 6,
  subOrchestrationCreated: 7,
  subOrchestrationCompleted: 8,
  subOrchestrationFailed: 9,
  timerCreated: 10,
  timerFired: 11,
  orchestratorStarted: 12,
  orchestratorCompleted: 13,
  eventRaised: 15,
  continueAsNew: 16,
  executionSuspended: 19,
  executionResumed: 20,
} as const;

/** An event's name in the status API, from `DurableTask.Core`'s enum. */
export const EVENT_NAMES: Readonly<Record<number, string>> = {
  [EVENT.executionStarted]: 'ExecutionStarted',
  [EVENT.executionCompleted]: 'ExecutionCompleted',
  [EVENT.executionTerminated]: 'ExecutionTerminated',
  [EVENT.taskScheduled]: 'TaskScheduled',
  [EVENT.taskCompleted]: 'TaskCompleted',
  [EVENT.taskFailed]: 'TaskFailed',
  [EVENT.subOrchestrationCreated]: 'SubOrchestrationInstanceCreated',
  [EVENT.subOrchestrationCompleted]: 'SubOrchestrationInstanceCompleted',
  [EVENT.subOrchestrationFailed]: 'SubOrchestrationInstanceFailed',
  [EVENT.timerCreated]: 'TimerCreated',
  [EVENT.timerFired]: 'TimerFired',
  [EVENT.orchestratorStarted]: 'OrchestratorStarted',
  [EVENT.orchestratorCompleted]: 'OrchestratorCompleted',
  [EVENT.eventRaised]: 'EventRaised',
  [EVENT.continueAsNew]: 'ContinueAsNew',
  [EVENT.executionSuspended]: 'ExecutionSuspended',
  [EVENT.executionResumed]: 'ExecutionResumed',
};

interface Common {
  /** The sequence number of what was scheduled; -1 for what merely happened. */
  readonly EventId: number;
  /** ISO 8601; a Date once the SDK has seen the event, which rewrites it in place. */
  readonly Timestamp: string | Date;
  readonly IsPlayed?: boolean;
}

export interface ParentInstance {
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
}

/** Events as the SDK receives them: Pascal case, inputs and results as JSON text, absent values as null. */
export type HistoryEvent = Common &
  (
    | {
        readonly EventType: typeof EVENT.executionStarted;
        readonly Name: string;
        readonly Version: string | null;
        readonly Input: string | null;
        readonly ParentInstance: ParentInstance | null;
      }
    | {
        readonly EventType: typeof EVENT.executionCompleted;
        readonly OrchestrationStatus: string;
        readonly Result: string | null;
      }
    | { readonly EventType: typeof EVENT.executionTerminated; readonly Input: string | null }
    | {
        readonly EventType: typeof EVENT.taskScheduled;
        readonly Name: string;
        /** An array with the one argument: Durable Task schedules parameter lists. */
        readonly Input: string;
      }
    | {
        readonly EventType: typeof EVENT.taskCompleted | typeof EVENT.subOrchestrationCompleted;
        readonly TaskScheduledId: number;
        readonly Result: string | null;
      }
    | {
        readonly EventType: typeof EVENT.taskFailed | typeof EVENT.subOrchestrationFailed;
        readonly TaskScheduledId: number;
        readonly Reason: string | null;
        readonly Details: string | null;
        /** From schema V4 on; null for a failure of which no more is known than its message. */
        readonly FailureDetails?: FailureDetails | null;
      }
    | {
        readonly EventType: typeof EVENT.subOrchestrationCreated;
        readonly Name: string;
        readonly InstanceId: string;
        readonly Input: string | null;
      }
    | { readonly EventType: typeof EVENT.timerCreated; readonly FireAt: string }
    | { readonly EventType: typeof EVENT.timerFired; readonly TimerId: number; readonly FireAt: string }
    | { readonly EventType: typeof EVENT.orchestratorStarted | typeof EVENT.orchestratorCompleted }
    | { readonly EventType: typeof EVENT.eventRaised; readonly Name: string; readonly Input: string | null }
    | { readonly EventType: typeof EVENT.continueAsNew }
    | {
        readonly EventType: typeof EVENT.executionSuspended | typeof EVENT.executionResumed;
        readonly Reason: string | null;
      }
  );

export function timeOf(event: HistoryEvent): number {
  return new Date(event.Timestamp).getTime();
}

/** The event with what every event carries: -1 for its id, and when it happened. */
export function at<E extends object>(now: number, event: E): E & { EventId: -1; Timestamp: string } {
  return { ...event, EventId: -1, Timestamp: new Date(now).toISOString() };
}
