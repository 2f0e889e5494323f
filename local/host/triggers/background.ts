import type { App, RegisteredFunction } from '../registry.ts';
import type { QueueParts } from './queue.ts';
import { startQueue } from './queue.ts';
import type { StopTrigger, TimerParts } from './timer.ts';
import { startTimer } from './timer.ts';

/** Triggers that answer requests or are driven by the engine, and need nothing started. */
const PASSIVE = new Set([
  'httptrigger',
  'eventgridtrigger',
  'eventhubtrigger',
  'orchestrationtrigger',
  'activitytrigger',
]);

/** Starts what acts by itself. Throws where the app has a trigger that this host does not know. */
export function startBackgroundTriggers(app: App, parts: TimerParts & QueueParts): StopTrigger {
  const unknown = [...app.functions.values()].find(
    ({ triggerType }) => !PASSIVE.has(triggerType) && starterOf(triggerType) === undefined,
  );
  if (unknown !== undefined) {
    throw new Error(`The local host does not support ${unknown.trigger.type}, which "${unknown.name}" uses.`);
  }
  const stops = [...app.functions.values()].flatMap((target) => {
    const start = starterOf(target.triggerType);
    return start === undefined ? [] : [start(target, parts)];
  });
  return async () => {
    await Promise.allSettled(stops.map((stop) => stop()));
  };
}

function starterOf(
  triggerType: string,
): ((target: RegisteredFunction, parts: TimerParts & QueueParts) => StopTrigger) | undefined {
  if (triggerType === 'timertrigger') return startTimer;
  if (triggerType === 'queuetrigger') return startQueue;
  return undefined;
}
