import { functionNamed } from '../../registry.ts';
import type { EngineParts } from '../engine-parts.ts';
import { createRedeliveries } from '../redelivery.ts';
import { callActivity } from './activity-call.ts';
import { createActivityWork } from './activity-work.ts';
import { createEpisodeWork } from './episode-work.ts';

export interface Dispatcher {
  readonly run: () => void;
  /** Looks for work soon. */
  readonly wake: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: (drainMs: number) => Promise<void>;
}

/** Takes work from the store, at most as much at a time as host.json allows, until stopped. */
export function createDispatcher(parts: EngineParts): Dispatcher {
  const { app, store, clock, invoke, log } = parts;
  const schema = parts.schema ?? 'V4';
  const waitingForIdle: (() => void)[] = [];
  let running = false;
  /** Set once the store may be closed: what still runs then is taken up again by the next start. */
  let drained = false;
  let woken = false;
  let cancelTimer: (() => void) | undefined;

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

  const isDrained = (): boolean => drained;
  const activities = createActivityWork(parts, redeliveries, { wake, isDrained });
  const episodes = createEpisodeWork(parts, { wake, instanceEnded: redeliveries.ended, isDrained });
  const atWork = (): readonly Promise<void>[] => [
    ...episodes.running(),
    ...activities.running(),
    ...redeliveries.running(),
  ];

  const pump = (): void => {
    activities.start();
    // One moment for both: what falls due between two looks at the clock would be in neither.
    const now = clock.now();
    const due = episodes.start(now);
    cancelTimer?.();
    const next = store.nextDueAt(now);
    cancelTimer = next === undefined ? undefined : clock.setTimer(next, wake);
    if (due === 0 && atWork().length === 0) {
      for (const resolve of waitingForIdle.splice(0)) resolve();
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
      episodes.stop();
      redeliveries.stop();
      const work = Promise.allSettled(atWork());
      await Promise.race([work, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      drained = true;
    },
  };
}
