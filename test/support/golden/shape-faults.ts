import * as z from 'zod';
import { ACTIVITIES } from '../../../activities/index.ts';
import { EVENT, type HistoryEvent } from '../../../local/host/engine/replay/history.ts';
import { ORCHESTRATIONS, SUB_ORCHESTRATIONS } from '../../../orchestrations/index.ts';
import { envelopeOf } from '../../../src/durable/failure.ts';
import type { Shapes } from '../../../src/durable/shapes.ts';
import type { RecordedInstance } from './recording.ts';
import { inputOfTask } from './replay-recording.ts';

const activities = new Map<string, Shapes>(
  ACTIVITIES.map(({ name, shapes: { input, output } }) => [name, { input, output: envelopeOf(output) }]),
);
const orchestrations = new Map<string, Shapes>([
  ...ORCHESTRATIONS.map(({ name, shapes }) => [name, shapes] as const),
  ...SUB_ORCHESTRATIONS.map(
    ({ name, shapes: { input, output } }) => [name, { input, output: envelopeOf(output) }] as const,
  ),
]);

/** Every input and result in an instance's history that today's code would not understand. */
export function shapeFaults({ name, events }: RecordedInstance): string[] {
  const called = new Map<number, { readonly name: string; readonly shapes: Shapes | undefined }>();
  const faults = (what: string, shape: z.ZodType | undefined, value: unknown): string[] => {
    if (shape === undefined) return [`${what}: nothing of this name is declared`];
    const { error } = shape.safeParse(value);
    return error === undefined ? [] : [`${what}: ${z.prettifyError(error)}`];
  };
  return events.flatMap((event: HistoryEvent): string[] => {
    switch (event.EventType) {
      case EVENT.executionStarted:
        return faults(`the input of ${name}`, orchestrations.get(name)?.input, json(event.Input));
      case EVENT.executionCompleted: {
        // A failure's result is a message.
        if (event.OrchestrationStatus !== 'Completed') return [];
        return faults(`the result of ${name}`, orchestrations.get(name)?.output, json(event.Result));
      }
      case EVENT.taskScheduled: {
        const shapes = activities.get(event.Name);
        called.set(event.EventId, { name: event.Name, shapes });
        return faults(`the input of ${event.Name}`, shapes?.input, inputOfTask(event.Input));
      }
      case EVENT.subOrchestrationCreated: {
        const shapes = orchestrations.get(event.Name);
        called.set(event.EventId, { name: event.Name, shapes });
        return faults(`the input of ${event.Name}`, shapes?.input, json(event.Input));
      }
      case EVENT.taskCompleted:
      case EVENT.subOrchestrationCompleted: {
        const call = called.get(event.TaskScheduledId);
        return faults(`the result of ${call?.name}`, call?.shapes?.output, json(event.Result));
      }
      default:
        return [];
    }
  });
}

function json(text: string | null): unknown {
  return JSON.parse(text ?? 'null');
}
