import { isDeepStrictEqual } from 'node:util';
import type { Scheduled } from '../../../local/host/engine/replay/determinism.ts';
import type { EpisodeParts } from '../../../local/host/engine/replay/episode.ts';
import { runEpisode } from '../../../local/host/engine/replay/episode.ts';
import type { HistoryEvent } from '../../../local/host/engine/replay/history.ts';
import { EVENT, timeOf } from '../../../local/host/engine/replay/history.ts';
import type { RecordedInstance } from './recording.ts';

/** What an instance decided at one moment: what it called or waited for, or how it ended. */
interface Decision {
  /** ISO 8601. */
  readonly at: string;
  readonly decided: readonly Decided[];
}

interface Decided {
  /** Name of what was called, `a timer`, or `the end`. */
  readonly what: string;
  /** The input that it was given, the time that it waits for, or the result. */
  readonly with: unknown;
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
    const today = [...scheduled.values()].map(decided);
    if (completion !== undefined && 'result' in completion) today.push(end(completion.status, completion.result));
    const recorded = episode.flatMap(decisionIn);
    if (!isDeepStrictEqual(today, recorded)) {
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
  EVENT.executionTerminated,
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

function decided(each: Scheduled): Decided {
  if (each.kind === 'timer') return timer(each.fireAt);
  const input = parsed(each.input);
  return { what: each.name, with: each.kind === 'activity' ? input : { instanceId: each.instanceId, input } };
}

function decisionIn(event: HistoryEvent): Decided[] {
  switch (event.EventType) {
    case EVENT.taskScheduled:
      return [{ what: event.Name, with: inputOfTask(event.Input) }];
    case EVENT.subOrchestrationCreated:
      return [{ what: event.Name, with: { instanceId: event.InstanceId, input: parsed(event.Input) } }];
    case EVENT.timerCreated:
      return [timer(Date.parse(event.FireAt))];
    case EVENT.executionCompleted:
      return [end(event.OrchestrationStatus, event.Result)];
    default:
      return [];
  }
}

const timer = (at: number): Decided => ({ what: 'a timer', with: new Date(at).toISOString() });
/** A failure's result is a message, and no JSON. */
const end = (status: string, result: string | null): Decided =>
  status === 'Failed'
    ? { what: `the end: ${result}`, with: null }
    : { what: `the end: ${status}`, with: parsed(result) };

function parsed(json: string | null): unknown {
  return JSON.parse(json ?? 'null');
}

/** Durable Task schedules lists of parameters; an activity has one. */
export function inputOfTask(json: string): unknown {
  const [input] = JSON.parse(json) as readonly unknown[];
  return input;
}
