import { messageOf } from '../log.ts';
import { functionNamed } from '../registry.ts';
import { callActivity } from './activity-call.ts';
import { commitEpisode } from './commit.ts';
import type { ActivityItem } from './due-work.ts';
import type { EngineParts } from './engine-parts.ts';
import type { EpisodeParts } from './episode.ts';
import { runEpisode, SessionAbortedError } from './episode.ts';
import type { InstanceRow } from './instance-row.ts';
import { TERMINAL } from './instance-row.ts';
import { createRedeliveries } from './redelivery.ts';
import { versionMatches } from './versions.ts';

/** A control queue hands out at most this many messages at a time. */
const BATCH = 32;

/**
 * An instance rests as long as its last episode took, at most this long, while more completions are on their way:
 * replay costs time in proportion to the history, and completions taken one by one would cost its square.
 */
const LONGEST_REST_MS = 100;

const RETRY_AFTER_FAULT_MS = 1_000;

export interface Dispatcher {
  readonly run: () => void;
  /** Looks for work soon. */
  readonly wake: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: (drainMs: number) => Promise<void>;
}

/** Takes work from the store, at most as much at a time as host.json allows, until stopped. */
export function createDispatcher(parts: EngineParts): Dispatcher {
  const { app, store, clock, invoke, log, settings } = parts;
  const schema = parts.schema ?? 'V4';
  const ownVersion = settings.defaultVersion ?? null;
  const episodes = new Map<string, Promise<void>>();
  const activities = new Map<number, Promise<void>>();
  const rejected = new Set<string>();
  const restingUntil = new Map<string, number>();
  const waitingForIdle: (() => void)[] = [];
  let lastActivity = 0;
  let running = false;
  /** Set once the store may be closed: what still runs then is taken up again by the next start. */
  let drained = false;
  let woken = false;
  let cancelTimer: (() => void) | undefined;
  let restTimer: NodeJS.Timeout | undefined;

  const episodeParts: EpisodeParts = {
    invoke,
    determinism: parts.determinism,
    schema,
    orchestrator: (name) => functionNamed(app, name),
    refuse: (kind, name) => {
      const type = kind === 'activity' ? 'activitytrigger' : 'orchestrationtrigger';
      if (functionNamed(app, name)?.triggerType === type) return undefined;
      const noun = kind === 'activity' ? 'an activity' : 'an orchestrator';
      return `The function '${name}' doesn't exist, is disabled, or is not ${noun} function.`;
    },
  };

  const redeliveries = createRedeliveries({
    ways: parts.deliverTwice ?? [],
    deliver: (item) => callActivity(invoke, functionNamed(app, item.name), item, clock.now, schema),
    rootOf: (instanceId) => {
      let id = instanceId;
      for (let parent = store.instance(id)?.parent; parent != null; parent = store.instance(id)?.parent) {
        id = parent.instanceId;
      }
      return id;
    },
    log,
    settled: () => wake(),
  });

  const wake = (): void => {
    if (woken || !running) return;
    woken = true;
    setImmediate(() => {
      woken = false;
      if (running) pump();
    });
  };

  const pump = (): void => {
    startActivities();
    // One moment for both: what falls due between two looks at the clock would be in neither.
    const now = clock.now();
    const due = startEpisodes(now);
    cancelTimer?.();
    const next = store.nextDueAt(now);
    cancelTimer = next === undefined ? undefined : clock.setTimer(next, wake);
    if (due === 0 && episodes.size === 0 && activities.size === 0 && redeliveries.running().length === 0) {
      for (const resolve of waitingForIdle.splice(0)) resolve();
    }
  };

  const startActivities = (): void => {
    const free = settings.maxConcurrentActivityFunctions - activities.size;
    for (const item of free > 0 ? store.activitiesAfter(lastActivity, free) : []) {
      lastActivity = item.id;
      const work = runActivity(item).finally(() => {
        activities.delete(item.id);
        wake();
      });
      activities.set(item.id, work);
    }
  };

  const runActivity = async (item: ActivityItem): Promise<void> => {
    const { instanceId, executionId } = item;
    const event = await redeliveries.deliver(item);
    if (drained) return;
    try {
      store.transaction(() => {
        if (store.removeActivity(item.id)) store.send(instanceId, executionId, event);
      });
      redeliveries.recorded(item);
    } catch (error) {
      const message = `A result of '${item.name}' could not be kept; it runs again after a restart: ${messageOf(error)}`;
      log('critical', 'Host.DurableTask', message, { instanceId });
    }
  };

  /** Starts what may start and returns how many instances have something due that is not refused for good. */
  const startEpisodes = (now: number): number => {
    let due = 0;
    for (const { instanceId, messages } of store.dueInstances(now)) {
      if (rejected.has(instanceId)) continue;
      due += 1;
      if (episodes.has(instanceId) || episodes.size >= settings.maxConcurrentOrchestratorFunctions) continue;
      const rest = (restingUntil.get(instanceId) ?? 0) - performance.now();
      if (rest > 0 && messages < BATCH && store.openActivities(instanceId) > 0) {
        restTimer ??= setTimeout(() => {
          restTimer = undefined;
          wake();
        }, rest);
        continue;
      }
      const work = runInstance(instanceId).finally(() => {
        episodes.delete(instanceId);
        wake();
      });
      episodes.set(instanceId, work);
    }
    return due;
  };

  const runInstance = async (instanceId: string): Promise<void> => {
    const began = performance.now();
    try {
      await oneEpisode(instanceId);
    } catch (error) {
      if (error instanceof SessionAbortedError) {
        log('warning', 'Host.DurableTask', `An episode was aborted and runs again: ${error.message}`, { instanceId });
        return;
      }
      log('critical', 'Host.DurableTask', `An episode could not be kept: ${messageOf(error)}`, { instanceId });
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_FAULT_MS).unref());
    }
    const ended = performance.now();
    restingUntil.set(instanceId, ended + Math.min(ended - began, LONGEST_REST_MS));
  };

  const oneEpisode = async (instanceId: string): Promise<void> => {
    const now = clock.now();
    const instance = store.instance(instanceId);
    const received = store.messages(instanceId, now, BATCH);
    const current = received.filter(
      ({ executionId }) => instance !== undefined && (executionId === null || executionId === instance.executionId),
    );
    if (instance === undefined || TERMINAL.has(instance.status) || current.length === 0) {
      store.transaction(() => store.deleteMessages(received.map(({ id }) => id)));
      return;
    }
    if (!(await mayRun(instance))) return;
    const past = store.history(instanceId);
    const episode = await runEpisode(episodeParts, instance, past, current, now);
    if (drained) return;
    commitEpisode(store, instance, past.length, received, episode, { now: clock.now(), defaultVersion: ownVersion });
    if (TERMINAL.has(store.instance(instanceId)?.status ?? 'Running')) {
      restingUntil.delete(instanceId);
      redeliveries.ended(instanceId);
    }
    report(instance, episode.completion, episode.dropped);
  };

  const mayRun = async (instance: InstanceRow): Promise<boolean> => {
    const { instanceId, version } = instance;
    if (versionMatches(settings.versionMatchStrategy, version, ownVersion)) return true;
    const message =
      `Instance '${instanceId}' has version '${version ?? ''}', this app '${ownVersion ?? ''}': ` +
      `${settings.versionMatchStrategy} does not allow it to run here`;
    if (settings.versionFailureStrategy === 'Reject') {
      rejected.add(instanceId);
      log('warning', 'Host.DurableTask', `${message}. It waits for an app that may run it.`, { instanceId });
      return false;
    }
    const now = clock.now();
    const past = store.history(instanceId);
    const received = store.messages(instanceId, now, BATCH);
    const completion = { status: 'Failed', result: `${message}.`, details: null } as const;
    const episode = {
      events: [],
      scheduled: new Map(),
      customStatus: instance.customStatus,
      suspended: false,
      completion,
      dropped: [],
    };
    commitEpisode(store, instance, past.length, received, episode, { now, defaultVersion: ownVersion });
    return false;
  };

  const report = (
    { instanceId, name }: InstanceRow,
    completion: { readonly status: string; readonly result?: string | null } | undefined,
    dropped: readonly string[],
  ): void => {
    const fields = { instanceId, orchestrator: name };
    if (completion?.status === 'Failed') log('error', 'Host.DurableTask', `${completion.result}`, fields);
    else if (completion !== undefined) log('information', 'Host.DurableTask', completion.status, fields);
    if (dropped.length > 0 && completion?.status === 'ContinuedAsNew') {
      const message = `Events that nobody waited for are dropped by continue-as-new, as on Azure: ${dropped.join(', ')}`;
      log('warning', 'Host.DurableTask', message, fields);
    }
  };

  return {
    wake,
    run: () => {
      running = true;
      wake();
    },
    idle: () =>
      new Promise((resolve) => {
        waitingForIdle.push(resolve);
        wake();
      }),
    stop: async (drainMs) => {
      running = false;
      cancelTimer?.();
      clearTimeout(restTimer);
      redeliveries.stop();
      const work = Promise.allSettled([...episodes.values(), ...activities.values(), ...redeliveries.running()]);
      await Promise.race([work, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      drained = true;
    },
  };
}
