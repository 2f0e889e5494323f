import type { RpcTypedData } from '../../core-types.ts';
import type { Invoke } from '../../invoker.ts';
import { messageOf } from '../../log.ts';
import type { RegisteredFunction } from '../../registry.ts';
import { failureDetailsOf } from '../failure-details.ts';
import type { HistoryEvent } from '../replay/history.ts';
import { at, EVENT } from '../replay/history.ts';
import type { DurableSchema } from '../storage/schema.ts';
import type { ActivityItem } from './due-work.ts';

/** Calls an activity function and makes the event that its orchestration gets. */
export async function callActivity(
  invoke: Invoke,
  target: RegisteredFunction | undefined,
  item: ActivityItem,
  now: () => number,
  schema: DurableSchema = 'V4',
): Promise<HistoryEvent> {
  const failed = (message: string, stack: string): HistoryEvent => {
    const failure = { EventType: EVENT.taskFailed, TaskScheduledId: item.taskId } as const;
    const known = schema === 'V3' ? null : failureDetailsOf(message);
    if (known !== null) {
      const Reason = `Activity function '${item.name}' failed with an unhandled exception.`;
      return at(now(), { ...failure, Reason, Details: null, FailureDetails: known });
    }
    return at(now(), {
      ...failure,
      Reason: `Activity function '${item.name}' failed: ${message}`,
      Details: JSON.stringify({ ClassName: 'System.Exception', Message: message, StackTraceString: stack }),
      ...(schema === 'V3' ? {} : { FailureDetails: null }),
    });
  };
  if (target === undefined) return failed(`The function '${item.name}' doesn't exist.`, '');
  const outcome = await invoke(target, {
    trigger: argumentOf(item.input),
    triggerMetadata: { instanceId: { json: JSON.stringify(item.instanceId) } },
  });
  if (!outcome.ok) {
    const { error } = outcome;
    return failed(messageOf(error), error instanceof Error ? (error.stack ?? '') : '');
  }
  return at(now(), {
    EventType: EVENT.taskCompleted,
    TaskScheduledId: item.taskId,
    Result: resultOf(outcome.response.returnValue),
  });
}

/**
 * How the extension hands an activity its input: as text, which the worker then tries to read as JSON. Strings come
 * JSON-encoded from the SDK; a boolean becomes .NET's `True` or `False` on the way, and so a string for the activity.
 */
function argumentOf(input: string | null): RpcTypedData {
  if (input === null) return {};
  const value: unknown = JSON.parse(input);
  if (typeof value === 'string') return { string: value };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  return { string: input };
}

function resultOf(value: RpcTypedData | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (value.json !== undefined) return value.json;
  if (value.bytes !== undefined) return JSON.stringify(Buffer.from(value.bytes).toString('base64'));
  return JSON.stringify(value.string ?? value.int ?? value.double ?? null);
}
