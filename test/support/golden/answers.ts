import { EVENT } from '../../../local/host/engine/replay/history.ts';
import type { Recording } from './recording.ts';

/** What activities answer while a recording is played: the app in a test and the test share it. */
export const answers = { of: (_activity: string): unknown => undefined };

/** Each activity's recorded results, in the order in which it was called. */
export function resultsIn({ instances }: Recording): ReadonlyMap<string, unknown[]> {
  const results = new Map<string, unknown[]>();
  for (const { events } of instances) {
    for (const scheduled of events) {
      if (scheduled.EventType !== EVENT.taskScheduled) continue;
      const done = events.find(
        (event) => event.EventType === EVENT.taskCompleted && event.TaskScheduledId === scheduled.EventId,
      );
      if (done?.EventType !== EVENT.taskCompleted) throw new Error(`${scheduled.Name} has no recorded result`);
      results.set(scheduled.Name, [...(results.get(scheduled.Name) ?? []), JSON.parse(done.Result ?? 'null')]);
    }
  }
  return results;
}
