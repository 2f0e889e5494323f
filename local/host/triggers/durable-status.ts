import type { HistoryEvent } from '../engine/replay/history.ts';
import { EVENT, EVENT_NAMES } from '../engine/replay/history.ts';
import type { InstanceFilter, InstanceRow } from '../engine/storage/instance-row.ts';

export interface StatusOptions {
  readonly showInput: boolean;
  readonly showHistoryOutput: boolean;
  readonly history: readonly HistoryEvent[] | undefined;
}

/** An instance as the extension's status API shows it: times to the second, payloads as JSON values. */
export function statusPayload(instance: InstanceRow, options: StatusOptions): Record<string, unknown> {
  return {
    name: instance.name,
    instanceId: instance.instanceId,
    runtimeStatus: instance.status,
    input: options.showInput ? jsonOrText(instance.input) : null,
    customStatus: jsonOrText(instance.customStatus),
    output: jsonOrText(instance.output),
    createdTime: toTheSecond(instance.createdAt),
    lastUpdatedTime: toTheSecond(instance.updatedAt),
    ...(options.history === undefined ? {} : { historyEvents: historyPayload(options.history, options) }),
  };
}

export function filterOf(query: URLSearchParams): InstanceFilter {
  const from = Date.parse(query.get('createdTimeFrom') ?? '');
  const to = Date.parse(query.get('createdTimeTo') ?? '');
  const statuses = query
    .getAll('runtimeStatus')
    .flatMap((value) => value.split(','))
    .filter(Boolean);
  return {
    statuses,
    prefix: query.get('instanceIdPrefix') ?? '',
    ...(Number.isNaN(from) ? {} : { createdFrom: from }),
    ...(Number.isNaN(to) ? {} : { createdTo: to }),
  };
}

/** The extension folds a task's scheduling into its completion and leaves out what only replay needs. */
function historyPayload(history: readonly HistoryEvent[], options: StatusOptions): Record<string, unknown>[] {
  const scheduled = new Map(history.flatMap((event) => (event.EventId >= 0 ? [[event.EventId, event] as const] : [])));
  return history.flatMap((event) => {
    const { EventId: _, Timestamp, EventType } = event;
    const common = { EventType: EVENT_NAMES[EventType], Timestamp };
    switch (event.EventType) {
      case EVENT.orchestratorStarted:
      case EVENT.orchestratorCompleted:
        return [];
      case EVENT.taskScheduled:
      case EVENT.subOrchestrationCreated: {
        const done = history.some((later) => 'TaskScheduledId' in later && later.TaskScheduledId === event.EventId);
        return done ? [] : [{ ...common, FunctionName: event.Name }];
      }
      case EVENT.executionStarted:
        return [
          { ...common, FunctionName: event.Name, ...(options.showInput ? { Input: jsonOrText(event.Input) } : {}) },
        ];
      case EVENT.taskCompleted:
      case EVENT.subOrchestrationCompleted:
      case EVENT.taskFailed:
      case EVENT.subOrchestrationFailed: {
        const start = scheduled.get(event.TaskScheduledId);
        const result = 'Result' in event && options.showHistoryOutput ? { Result: jsonOrText(event.Result) } : {};
        const failure = 'Reason' in event ? { Reason: event.Reason, Details: event.Details } : {};
        const name = start !== undefined && 'Name' in start ? { FunctionName: start.Name } : {};
        return [{ ...common, ScheduledTime: start?.Timestamp, ...name, ...result, ...failure }];
      }
      case EVENT.executionCompleted: {
        const { OrchestrationStatus } = event;
        return [
          {
            ...common,
            OrchestrationStatus,
            ...(options.showHistoryOutput ? { Result: jsonOrText(event.Result) } : {}),
          },
        ];
      }
      default: {
        const { EventId: _id, EventType: _type, IsPlayed: _played, ...rest } = event;
        return [{ ...common, ...rest }];
      }
    }
  });
}

function jsonOrText(value: string | null): unknown {
  if (value === null) return null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function toTheSecond(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
