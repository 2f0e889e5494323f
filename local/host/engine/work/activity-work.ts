import { messageOf } from '../../log.ts';
import type { EngineParts } from '../engine-parts.ts';
import type { Redeliveries } from '../redelivery.ts';
import type { ActivityItem } from './due-work.ts';

/** The activities that run. */
export interface ActivityWork {
  /** Starts what is due, at most as much at a time as host.json allows. */
  start(): void;
  running(): readonly Promise<void>[];
}

/** Runs activities and keeps their results; `wake` is called after each. What ends once `isDrained` says so is not kept. */
export function createActivityWork(
  { store, log, settings }: Pick<EngineParts, 'store' | 'log' | 'settings'>,
  redeliveries: Redeliveries,
  { wake, isDrained }: { readonly wake: () => void; readonly isDrained: () => boolean },
): ActivityWork {
  const activities = new Map<number, Promise<void>>();
  let lastActivity = 0;

  const start = (): void => {
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
    if (isDrained()) return;
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

  return { start, running: () => [...activities.values()] };
}
