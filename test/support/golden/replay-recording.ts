import type { EpisodeParts } from '../../../local/host/engine/episode.ts';
import { runEpisode } from '../../../local/host/engine/episode.ts';
import type { HistoryEvent } from '../../../local/host/engine/history.ts';
import { EVENT, timeOf } from '../../../local/host/engine/history.ts';
import type { RecordedInstance } from './recording.ts';

/** What an instance decided at one moment: what it called or waited for, or how it ended. */
interface Decision {
  /** ISO 8601. */
  readonly at: string;
  readonly decided: readonly string[];
}

/**
 * Takes a recorded instance up at every moment at which it could have been in flight, lets today's code decide what
 * comes next, and returns the first decision that is another than the recorded one.
 */
export async function firstDifference(
  parts: EpisodeParts,
  { instanceId, name, version, parent, events }: RecordedInstance,
): Promise<{ readonly recorded: Decision; readonly today: Decision } | undefined> {
  const started = events.find((event) => event.EventType === EVENT.executionStarted);
  const input = started?.EventType === EVENT.executionStarted ? started.Input : null;
  const row = { instanceId, executionId: 'recorded', name, version, input, parent, status: 'Running' } as const;
  const rest = { output: null, customStatus: null, createdAt: 0, updatedAt: 0 };
  const past: HistoryEvent[] = [];
  for (const episode of episodesOf(events)) {
    const now = timeOf(episode[0] as HistoryEvent);
    const received = episode.filter(({ EventType }) => RECEIVED.has(EventType));
    const messages = received.map((event, id) => ({ id, executionId: null, event }));
    const { scheduled, completion } = await runEpisode(
      parts,
      { ...row, ...rest },
      past.map((event) => JSON.stringify(event)),
      messages,
      now,
    );
    const today = [...scheduled.values()].map((each) => (each.kind === 'timer' ? 'a timer' : each.name));
    if (completion?.status === 'Failed') today.push(completion.result);
    else if (completion !== undefined) today.push(`the end: ${completion.status}`);
    const recorded = episode.flatMap(decisionIn);
    if (JSON.stringify(today) !== JSON.stringify(recorded)) {
      const at = new Date(now).toISOString();
      return { recorded: { at, decided: recorded }, today: { at, decided: today } };
    }
    past.push(...episode);
  }
  return undefined;
}

/** What the outside tells an instance; everything else in a history the instance decided, or frames an episode. */
const RECEIVED: ReadonlySet<number> = new Set([
  EVENT.executionStarted,
  EVENT.taskCompleted,
  EVENT.taskFailed,
  EVENT.subOrchestrationCompleted,
  EVENT.subOrchestrationFailed,
  EVENT.timerFired,
  EVENT.eventRaised,
]);

function episodesOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const episodes: HistoryEvent[][] = [];
  for (const event of events) {
    if (event.EventType === EVENT.orchestratorStarted) episodes.push([]);
    episodes.at(-1)?.push(event);
  }
  return episodes;
}

function decisionIn(event: HistoryEvent): string[] {
  switch (event.EventType) {
    case EVENT.taskScheduled:
    case EVENT.subOrchestrationCreated:
      return [event.Name];
    case EVENT.timerCreated:
      return ['a timer'];
    case EVENT.executionCompleted:
      return [`the end: ${event.OrchestrationStatus}`];
    default:
      return [];
  }
}
