import { randomUUID } from 'node:crypto';
import type { Scheduled } from '../replay/determinism.ts';
import type { Completion, Episode } from '../replay/episode.ts';
import type { ParentInstance } from '../replay/history.ts';
import { at, EVENT } from '../replay/history.ts';
import type { Message } from '../work/due-work.ts';
import { PRIORITY } from '../work/due-work.ts';
import type { InstanceRow } from './instance-row.ts';
import { TERMINAL } from './instance-row.ts';
import type { Store } from './store.ts';

function newExecutionId(): string {
  return randomUUID().replaceAll('-', '');
}

export interface NewInstance {
  readonly instanceId: string;
  readonly name: string;
  readonly version: string | null;
  /** JSON text; null for none. */
  readonly input: string | null;
  readonly parent: ParentInstance | null;
}

/** Writes a new instance and the message that starts it, in the place of a finished one of the same id. */
export function createInstance(store: Store, started: NewInstance, now: number): void {
  const executionId = newExecutionId();
  store.deleteInstance(started.instanceId);
  store.saveInstance({
    ...started,
    executionId,
    status: 'Pending',
    output: null,
    customStatus: null,
    createdAt: now,
    updatedAt: now,
  });
  sendStart(store, started, executionId, now);
}

/**
 * Keeps an episode: history, messages taken, work scheduled, parent told. In one transaction, so that after a
 * crash either all of it happened or none of it.
 */
export function commitEpisode(
  store: Store,
  instance: InstanceRow,
  pastEvents: number,
  messages: readonly Message[],
  episode: Episode,
  context: { readonly now: number; readonly defaultVersion: string | null },
): void {
  const { now } = context;
  const { completion } = episode;
  store.transaction(() => {
    if (store.instance(instance.instanceId)?.executionId !== instance.executionId) return;
    store.deleteMessages(messages.map(({ id }) => id));
    if (completion?.status === 'ContinuedAsNew') {
      continueAsNew(store, instance, completion, episode.customStatus, now);
      return;
    }
    store.appendHistory(instance.instanceId, pastEvents, episode.events);
    for (const [id, what] of episode.scheduled) dispatch(store, instance, id, what, context);
    store.saveInstance({
      ...instance,
      status: completion?.status ?? (episode.suspended ? 'Suspended' : 'Running'),
      output: completion?.result ?? null,
      customStatus: episode.customStatus,
      updatedAt: now,
    });
    if (completion !== undefined) finish(store, instance, completion, now);
  });
}

function dispatch(
  store: Store,
  { instanceId, executionId }: InstanceRow,
  taskId: number,
  what: Scheduled,
  { now, defaultVersion }: { readonly now: number; readonly defaultVersion: string | null },
): void {
  switch (what.kind) {
    case 'activity':
      store.addActivity({ instanceId, executionId, taskId, name: what.name, input: what.input });
      return;
    case 'timer': {
      const FireAt = new Date(what.fireAt).toISOString();
      const fired = { ...at(what.fireAt, { EventType: EVENT.timerFired, TimerId: taskId, FireAt }) };
      store.send(instanceId, executionId, fired, { visibleAt: what.fireAt });
      return;
    }
    case 'sub-orchestration': {
      const existing = store.instance(what.instanceId);
      if (existing !== undefined && !TERMINAL.has(existing.status)) {
        const Reason = `Sub-orchestration '${what.instanceId}' could not be started: an instance of this id is ${existing.status}.`;
        const failed = { EventType: EVENT.subOrchestrationFailed, TaskScheduledId: taskId, Reason, Details: '' };
        store.send(instanceId, executionId, at(now, failed));
        return;
      }
      const version = what.version ?? defaultVersion;
      const parent = { instanceId, executionId, taskId };
      createInstance(store, { instanceId: what.instanceId, name: what.name, version, input: what.input, parent }, now);
      return;
    }
    default:
      what satisfies never;
  }
}

function continueAsNew(
  store: Store,
  instance: InstanceRow,
  { input, carryOver }: Extract<Completion, { status: 'ContinuedAsNew' }>,
  customStatus: string | null,
  now: number,
): void {
  const executionId = newExecutionId();
  store.clearHistory(instance.instanceId);
  store.saveInstance({ ...instance, executionId, input, status: 'Running', customStatus, updatedAt: now });
  sendStart(store, { ...instance, input }, executionId, now);
  for (const event of carryOver) {
    store.send(instance.instanceId, null, event, { priority: PRIORITY.inherited });
  }
}

function finish(
  store: Store,
  { instanceId, parent }: InstanceRow,
  completion: Exclude<Completion, { status: 'ContinuedAsNew' }>,
  now: number,
): void {
  store.deleteMessages(store.messages(instanceId, Number.MAX_SAFE_INTEGER, -1).map(({ id }) => id));
  if (parent === null) return;
  const TaskScheduledId = parent.taskId;
  const { result: Result } = completion;
  // Durable Task tells the parent of a terminated child by a failure without details.
  const event =
    completion.status === 'Completed'
      ? at(now, { EventType: EVENT.subOrchestrationCompleted, TaskScheduledId, Result })
      : at(now, {
          EventType: EVENT.subOrchestrationFailed,
          TaskScheduledId,
          Reason: Result,
          Details: completion.status === 'Failed' ? (completion.details ?? '') : null,
          ...('failureDetails' in completion ? { FailureDetails: completion.failureDetails } : {}),
        });
  store.send(parent.instanceId, parent.executionId, event);
}

function sendStart(
  store: Store,
  { instanceId, name, version, input, parent }: NewInstance,
  executionId: string,
  now: number,
): void {
  const started = { EventType: EVENT.executionStarted, Name: name, Version: version, Input: input } as const;
  store.send(instanceId, executionId, at(now, { ...started, ParentInstance: parent }), { priority: PRIORITY.start });
}
