import { randomUUID } from 'node:crypto';
import { functionNamed } from '../registry.ts';
import type { EngineParts } from './engine-parts.ts';
import type { HistoryEvent } from './replay/history.ts';
import { at, EVENT } from './replay/history.ts';
import { createInstance } from './storage/commit.ts';
import type { InstanceFilter, InstanceRow, RuntimeStatus } from './storage/instance-row.ts';
import { TERMINAL } from './storage/instance-row.ts';
import { createDispatcher } from './work/dispatcher.ts';

interface StartRequest {
  readonly name: string;
  readonly instanceId?: string;
  readonly version?: string;
  /** JSON text; null for none. */
  readonly input: string | null;
}

type StartOutcome =
  | { readonly kind: 'started'; readonly instanceId: string }
  | { readonly kind: 'exists'; readonly instanceId: string; readonly status: RuntimeStatus }
  | { readonly kind: 'invalid'; readonly reason: string };

/** `gone`: the instance has ended; `unknown`: there is none of this id. */
export type SignalOutcome = 'accepted' | 'gone' | 'unknown';

export interface Engine {
  start(request: StartRequest): StartOutcome;
  raiseEvent(instanceId: string, name: string, input: string | null): SignalOutcome;
  terminate(instanceId: string, reason: string | null): SignalOutcome;
  suspend(instanceId: string, reason: string | null): SignalOutcome;
  resume(instanceId: string, reason: string | null): SignalOutcome;
  instance(instanceId: string): InstanceRow | undefined;
  instances(filter: InstanceFilter): { readonly rows: readonly InstanceRow[]; readonly lastRow: number | undefined };
  history(instanceId: string): readonly HistoryEvent[];
  /** Bytes of history of the instance and everything it started. */
  size(instanceId: string): { readonly instances: number; readonly events: number; readonly bytes: number } | undefined;
  /** Removes finished instances and returns how many those were. */
  purge(instanceIds: readonly string[]): number;
  /** Resolves once nothing runs and nothing is due: what is left waits for a timer or for somebody outside. */
  idle(): Promise<void>;
  run(): void;
  stop(drainMs: number): Promise<void>;
}

/** Drives the app's orchestrations from the task hub in `store`. */
export function createEngine(parts: EngineParts): Engine {
  const { app, store, clock, settings } = parts;
  const dispatcher = createDispatcher(parts);

  const signal = (instanceId: string, event: (now: number) => HistoryEvent): SignalOutcome => {
    const instance = store.instance(instanceId);
    if (instance === undefined) return 'unknown';
    if (TERMINAL.has(instance.status)) return 'gone';
    store.send(instanceId, null, event(clock.now()));
    dispatcher.wake();
    return 'accepted';
  };

  return {
    start: ({ name, instanceId = randomUUID().replaceAll('-', ''), version, input }) => {
      const target = functionNamed(app, name);
      if (target?.triggerType !== 'orchestrationtrigger') {
        return { kind: 'invalid', reason: `The function '${name}' doesn't exist or is not an orchestrator function.` };
      }
      const fault = instanceIdFault(instanceId);
      if (fault !== undefined) return { kind: 'invalid', reason: fault };
      const existing = store.instance(instanceId);
      if (
        existing !== undefined &&
        !TERMINAL.has(existing.status) &&
        settings.overridableExistingInstanceStates !== 'AnyState'
      ) {
        return { kind: 'exists', instanceId, status: existing.status };
      }
      const started = {
        instanceId,
        name: target.name,
        version: version ?? settings.defaultVersion ?? null,
        input,
        parent: null,
      };
      store.transaction(() => createInstance(store, started, clock.now()));
      dispatcher.wake();
      return { kind: 'started', instanceId };
    },
    raiseEvent: (id, Name, Input) => signal(id, (now) => at(now, { EventType: EVENT.eventRaised, Name, Input })),
    terminate: (id, reason) => {
      const Input = reason === null ? null : JSON.stringify(reason);
      return signal(id, (now) => at(now, { EventType: EVENT.executionTerminated, Input }));
    },
    suspend: (id, Reason) => signal(id, (now) => at(now, { EventType: EVENT.executionSuspended, Reason })),
    resume: (id, Reason) => signal(id, (now) => at(now, { EventType: EVENT.executionResumed, Reason })),
    instance: (id) => store.instance(id),
    instances: (filter) => store.instances(filter),
    history: (id) => store.history(id).map((event) => JSON.parse(event) as HistoryEvent),
    size: (id) => {
      const family = store.withDescendants(id);
      if (family.length === 0) return undefined;
      const sizes = family.map((member) => store.historyBytes(member));
      return {
        instances: family.length,
        events: sizes.reduce((sum, { events }) => sum + events, 0),
        bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
      };
    },
    purge: (ids) =>
      store.transaction(() => {
        const finished = ids.filter((id) => TERMINAL.has(store.instance(id)?.status ?? 'Running'));
        for (const id of finished) store.deleteInstance(id);
        return finished.length;
      }),
    idle: dispatcher.idle,
    run: dispatcher.run,
    stop: dispatcher.stop,
  };
}

/** The extension's rules for ids that a client chooses. */
function instanceIdFault(instanceId: string): string | undefined {
  if (instanceId.startsWith('@')) return 'Orchestration instance ids must not start with @.';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[/\\#?\u0000-\u001f\u007f-\u009f]/.test(instanceId)) {
    return 'Orchestration instance ids must not contain /, \\, #, ?, or control characters.';
  }
  if (instanceId.length > 100) return 'Instance ID lengths must not exceed 100 characters.';
  return undefined;
}
