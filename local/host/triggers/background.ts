import type { App, RegisteredFunction } from '../registry.ts';
import type { EventHubParts } from './event-hub/event-hub-partitions.ts';
import { startEventHub } from './event-hub/event-hub-partitions.ts';
import type { QueueParts } from './queue.ts';
import { startQueue } from './queue.ts';
import type { StopTrigger, TimerParts } from './timer.ts';
import { startTimer } from './timer.ts';

/** Triggers that answer requests or are driven by the engine, and need nothing started. */
const PASSIVE = new Set(['httptrigger', 'eventgridtrigger', 'orchestrationtrigger', 'activitytrigger']);

type BackgroundParts = TimerParts & QueueParts & EventHubParts;

/** Starts what acts by itself. Throws where the app has a trigger that this host does not know. */
export function startBackgroundTriggers(app: App, parts: BackgroundParts): StopTrigger {
  const unknown = [...app.functions.values()].find(
    ({ triggerType }) => !PASSIVE.has(triggerType) && starterOf(triggerType) === undefined,
  );
  if (unknown !== undefined) {
    throw new Error(`The local host does not support ${unknown.trigger.type}, which "${unknown.name}" uses.`);
  }
  const stops: StopTrigger[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.allSettled(stops.map((stop) => stop()));
  };
  try {
    for (const target of app.functions.values()) {
      const start = starterOf(target.triggerType);
      if (start !== undefined) stops.push(start(target, parts));
    }
  } catch (error) {
    void stopAll();
    throw error;
  }
  return stopAll;
}

function starterOf(
  triggerType: string,
): ((target: RegisteredFunction, parts: BackgroundParts) => StopTrigger) | undefined {
  if (triggerType === 'timertrigger') return startTimer;
  if (triggerType === 'queuetrigger') return startQueue;
  if (triggerType === 'eventhubtrigger') return startEventHub;
  return undefined;
}
