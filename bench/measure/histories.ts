import { EVENT, type HistoryEvent } from '../../local/host/engine/replay/history.ts';
import { Store } from '../../local/host/engine/storage/store.ts';

/** What one phase of a case costs in the task hub. */
export interface PhaseSize {
  readonly phase: string;
  readonly events: number;
  readonly bytes: number;
}

/** What orchestrations call for a phase; whatever else a case calls itself asks steps again, after the cut. */
const PHASE_OF: Readonly<Record<string, string>> = {
  containLeaver: 'contain',
  identifyLeaver: 'identify',
  makePlan: 'plan',
  readPersonAgain: 'apply',
  applyRemedy: 'apply',
  verifyCase: 'verify',
  fileReport: 'file',
  closeCase: 'file',
};
const ASK_AGAIN = 'ask again';
const ENGINE = 'the engine’s own events';

/**
 * Bytes of durable history by phase, as JSON, in the order in which the phases begin. A unit of discovery has a history
 * of its own, and stands with its step beside what calling it costs the case.
 */
export function sizesOf(stateDir: string, instanceId: string): readonly PhaseSize[] {
  const store = new Store(stateDir);
  try {
    const sizes = new Map<string, { events: number; bytes: number }>();
    for (const id of store.withDescendants(instanceId)) {
      const texts = store.history(id);
      const phases = phasesIn(texts.map((text) => JSON.parse(text) as HistoryEvent));
      for (const [index, text] of texts.entries()) {
        const phase = phases[index] ?? ENGINE;
        const size = sizes.get(phase) ?? { events: 0, bytes: 0 };
        sizes.set(phase, { events: size.events + 1, bytes: size.bytes + Buffer.byteLength(text) });
      }
    }
    const { [ENGINE]: engine, ...others } = Object.fromEntries(sizes);
    const listed = Object.entries(others).map(([phase, size]) => ({ phase, ...size }));
    return [...listed, ...(engine ? [{ phase: ENGINE, ...engine }] : [])];
  } finally {
    store.close();
  }
}

/** The phase of each event of one instance. */
function phasesIn(events: readonly HistoryEvent[]): readonly string[] {
  const started = events.find(({ EventType }) => EventType === EVENT.executionStarted);
  const step = started?.EventType === EVENT.executionStarted ? stepIn(started.Input) : undefined;
  if (step !== undefined) return events.map(() => step);
  const scheduled = new Map<number, string>();
  for (const event of events) {
    if (event.EventType === EVENT.taskScheduled) scheduled.set(event.EventId, PHASE_OF[event.Name] ?? ASK_AGAIN);
    if (event.EventType === EVENT.subOrchestrationCreated) scheduled.set(event.EventId, stepIn(event.Input) ?? ENGINE);
  }
  return events.map((event) => {
    switch (event.EventType) {
      case EVENT.executionStarted:
        return 'start';
      case EVENT.executionCompleted:
        return 'file';
      case EVENT.taskScheduled:
      case EVENT.subOrchestrationCreated:
        return scheduled.get(event.EventId) ?? ENGINE;
      case EVENT.taskCompleted:
      case EVENT.taskFailed:
      case EVENT.subOrchestrationCompleted:
      case EVENT.subOrchestrationFailed:
        return scheduled.get(event.TaskScheduledId) ?? ENGINE;
      default:
        return ENGINE;
    }
  });
}

/** Of a unit of discovery: its step. */
function stepIn(input: string | null): string | undefined {
  const { step } = JSON.parse(input ?? '{}') as { readonly step?: string };
  return step === undefined ? undefined : `discover: ${step}`;
}
