import { messageOf } from '../../log.ts';
import { functionNamed } from '../../registry.ts';
import type { EngineParts } from '../engine-parts.ts';
import { type EpisodeParts, runEpisode, SessionAbortedError } from '../replay/episode.ts';
import { commitEpisode } from '../storage/commit.ts';
import { type InstanceRow, TERMINAL } from '../storage/instance-row.ts';
import { versionMatches } from '../versions.ts';

/** A control queue hands out at most this many messages at a time. */
const BATCH = 32;

/**
 * An instance rests as long as its last episode took, at most this long, while more completions are on their way:
 * replay costs time in proportion to the history, and completions taken one by one would cost its square.
 */
const LONGEST_REST_MS = 100;

const RETRY_AFTER_FAULT_MS = 1_000;

/** The episodes that run: what an instance does between two waits. */
export interface EpisodeWork {
  /** Starts what may start and returns how many instances have something due that is not refused for good. */
  start(now: number): number;
  running(): readonly Promise<void>[];
  /** No instance is looked at again because it has rested. */
  stop(): void;
}

/** Runs episodes and keeps what they came to. What ends once `isDrained` says so is not kept. */
export function createEpisodeWork(
  parts: EngineParts,
  {
    wake,
    instanceEnded,
    isDrained,
  }: {
    /** Has somebody look for work: after each episode, and once an instance has rested. */
    readonly wake: () => void;
    readonly instanceEnded: (instanceId: string) => void;
    readonly isDrained: () => boolean;
  },
): EpisodeWork {
  const { app, store, clock, invoke, log, settings } = parts;
  const ownVersion = settings.defaultVersion ?? null;
  const episodes = new Map<string, Promise<void>>();
  const rejected = new Set<string>();
  const restingUntil = new Map<string, number>();
  let restTimer: NodeJS.Timeout | undefined;

  const episodeParts: EpisodeParts = {
    invoke,
    determinism: parts.determinism,
    schema: parts.schema ?? 'V4',
    orchestrator: (name) => functionNamed(app, name),
    refuse: (kind, name) => {
      const type = kind === 'activity' ? 'activitytrigger' : 'orchestrationtrigger';
      if (functionNamed(app, name)?.triggerType === type) return undefined;
      const noun = kind === 'activity' ? 'an activity' : 'an orchestrator';
      return `The function '${name}' doesn't exist, is disabled, or is not ${noun} function.`;
    },
  };

  const start = (now: number): number => {
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
    if (isDrained()) return;
    commitEpisode(store, instance, past.length, received, episode, { now: clock.now(), defaultVersion: ownVersion });
    if (TERMINAL.has(store.instance(instanceId)?.status ?? 'Running')) {
      restingUntil.delete(instanceId);
      instanceEnded(instanceId);
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

  return { start, running: () => [...episodes.values()], stop: () => clearTimeout(restTimer) };
}
