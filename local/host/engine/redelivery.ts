import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { HistoryEvent } from './replay/history.ts';
import { EVENT } from './replay/history.ts';
import type { ActivityItem } from './work/due-work.ts';

/**
 * When an activity is delivered a second time, as queues do that deliver at least once:
 * - `overlapping`: while it runs, because the message's lock was lost; the first result counts.
 * - `late`: once its result was recorded, because the message was not deleted
 *   (github.com/Azure/durabletask/issues/1196, github.com/Azure/azure-functions-durable-extension/issues/398).
 * - `after-end`: once the whole orchestration that asked for it has ended.
 */
export const REDELIVERIES = ['overlapping', 'late', 'after-end'] as const;
export type Redelivery = (typeof REDELIVERIES)[number];

export interface RedeliveryParts {
  readonly ways: readonly Redelivery[];
  readonly deliver: (item: ActivityItem) => Promise<HistoryEvent>;
  /** The instance that nobody called, of the family of this one. */
  readonly rootOf: (instanceId: string) => string;
  readonly log: Logger;
  /** Called when a second delivery has ended. */
  readonly settled: () => void;
}

export interface Redeliveries {
  /** Delivers the activity and resolves with the result that counts. */
  deliver(item: ActivityItem): Promise<HistoryEvent>;
  /** To be told once the result of an activity was kept. */
  recorded(item: ActivityItem): void;
  /** To be told once an instance has ended. */
  ended(instanceId: string): void;
  /** Second deliveries that still run; nobody waits for them but who wants everything to rest. */
  running(): readonly Promise<void>[];
  stop(): void;
}

/** Delivers activities a second time in the chosen ways, and never records what that gives. For tests only. */
export function createRedeliveries({ ways, deliver, rootOf, log, settled }: RedeliveryParts): Redeliveries {
  const running = new Set<Promise<void>>();
  const untilEnd = new Map<string, ActivityItem[]>();
  let stopped = false;

  const track = (work: Promise<void>): void => {
    const tracked = work.finally(() => {
      running.delete(tracked);
      settled();
    });
    running.add(tracked);
  };

  const again = async (way: Redelivery, item: ActivityItem): Promise<HistoryEvent> => {
    const event = await deliver(item);
    if (event.EventType === EVENT.taskFailed) {
      log('warning', 'Host.Redelivery', `The second delivery (${way}) of '${item.name}' failed: ${event.Reason}`);
    }
    return event;
  };

  return {
    deliver: async (item) => {
      const first = deliver(item);
      if (!ways.includes('overlapping')) return first;
      const both = [first, again('overlapping', item)];
      track(Promise.all(both).then(() => undefined));
      return Promise.race(both);
    },
    recorded: (item) => {
      if (ways.includes('late')) track(again('late', item).then(() => undefined));
      if (!ways.includes('after-end')) return;
      const root = rootOf(item.instanceId);
      untilEnd.set(root, [...(untilEnd.get(root) ?? []), item]);
    },
    ended: (instanceId) => {
      const items = untilEnd.get(instanceId);
      if (items === undefined) return;
      untilEnd.delete(instanceId);
      const all = async (): Promise<void> => {
        for (const item of items) if (!stopped) await again('after-end', item);
        log('information', 'Host.Redelivery', 'Every activity was delivered again after the end.', {
          instanceId,
          activities: items.length,
        });
      };
      track(all().catch((error: unknown) => log('error', 'Host.Redelivery', messageOf(error), { instanceId })));
    },
    running: () => [...running],
    stop: () => {
      stopped = true;
    },
  };
}
