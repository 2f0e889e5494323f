import { WORLD } from '../seeds/world.ts';

/** An event as the hub keeps it. */
export interface StoredEvent {
  readonly sequenceNumber: number;
  readonly offset: string;
  readonly enqueuedAt: Date;
  readonly body: Buffer;
  readonly partitionKey: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One event hub. Events stay where they are: what was read is the reader's business. */
export interface EventHubState {
  readonly hub: string;
  readonly consumerGroups: readonly string[];
  readonly partitions: readonly StoredEvent[][];
  /** Called whenever events came. */
  readonly listeners: Set<() => void>;
}

export function emptyEventHub(partitions = 2): EventHubState {
  return {
    hub: WORLD.audit.eventHub,
    consumerGroups: ['$Default', WORLD.audit.consumerGroup],
    partitions: Array.from({ length: partitions }, () => []),
    listeners: new Set(),
  };
}

export type NewEvent = Pick<StoredEvent, 'body' | 'partitionKey' | 'properties'>;

/** Adds events to one partition, at once and in order. */
export function append(state: EventHubState, partition: number, events: readonly NewEvent[], now: Date): void {
  const stored = state.partitions[partition];
  if (stored === undefined) throw new RangeError(`the hub has no partition ${partition}`);
  for (const event of events) {
    const last = stored.at(-1);
    const offset = last === undefined ? 0 : Number(last.offset) + last.body.length + 64;
    stored.push({ ...event, sequenceNumber: stored.length, offset: String(offset), enqueuedAt: now });
  }
  for (const listener of [...state.listeners]) listener();
}

/** Events after a sequence number; waits for the first one up to `waitMs`. */
export async function eventsAfter(
  state: EventHubState,
  partition: number,
  after: number,
  { most, waitMs }: { readonly most: number; readonly waitMs: number },
): Promise<readonly StoredEvent[]> {
  const read = (): readonly StoredEvent[] => state.partitions[partition]?.slice(after + 1, after + 1 + most) ?? [];
  const there = read();
  if (there.length > 0 || waitMs <= 0) return there;
  return new Promise((resolve) => {
    const timer = setTimeout(() => end([]), waitMs);
    timer.unref();
    const look = (): void => {
      const found = read();
      if (found.length > 0) end(found);
    };
    const end = (found: readonly StoredEvent[]): void => {
      clearTimeout(timer);
      state.listeners.delete(look);
      resolve(found);
    };
    state.listeners.add(look);
  });
}
