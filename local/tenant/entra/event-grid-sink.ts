import { setTimeout as delay } from 'node:timers/promises';
import type { EventSink, TenantCore, UserChange } from '../core/vendor.ts';
import { type UserEvent, userEvents } from './people/user-event.ts';

export interface EventGridOptions {
  /** The app's base URL; undefined while it does not listen, and events wait. */
  readonly deliverTo: () => string | undefined;
  /** The function behind the webhook. */
  readonly functionName?: string;
  /**
   * What happens on the way, once the app listens: the waiting events in, the deliveries in their order out. Tests
   * repeat, reorder, drop and batch with it. By default each event is one delivery.
   */
  readonly route?: (waiting: readonly UserEvent[]) => readonly (readonly UserEvent[])[];
  /** How often one delivery is tried. Event Grid goes on for a day. */
  readonly attempts?: number;
  /** Milliseconds before the second try; doubled up to two seconds. */
  readonly retryDelayMs?: number;
  /** Hears of what nobody accepted. */
  readonly onLost?: (events: readonly UserEvent[]) => void;
}

const LONGEST_DELAY_MS = 2_000;
/** How often the sink looks whether the app listens before it takes the events for undeliverable. */
const LONGEST_WAIT = 500;

/** Delivers changes of users to the app as Event Grid does: at least once, in no promised order, until a 2xx. */
export function eventGridSink(options: EventGridOptions): (core: TenantCore) => EventSink {
  return (core) => {
    const eventOf = userEvents(core);
    const waiting: UserEvent[] = [];
    const running = new Set<Promise<void>>();
    let draining = false;

    const track = (work: Promise<void>): void => {
      running.add(work);
      work.finally(() => running.delete(work));
    };
    const drain = async (): Promise<void> => {
      for (let attempt = 1; options.deliverTo() === undefined && attempt < LONGEST_WAIT; attempt += 1) {
        await pause(options, attempt);
      }
      while (waiting.length > 0) {
        const events = waiting.splice(0);
        for (const delivery of options.route?.(events) ?? events.map((event) => [event])) {
          if (!(await post(options, delivery, 1))) track(retry(options, delivery));
        }
      }
    };
    return {
      publish: (change: UserChange) => {
        waiting.push(eventOf(change));
        if (draining) return;
        draining = true;
        track(
          drain().finally(() => {
            draining = false;
          }),
        );
      },
      idle: async () => {
        while (running.size > 0) await Promise.all(running);
      },
    };
  };
}

async function retry(options: EventGridOptions, events: readonly UserEvent[]): Promise<void> {
  for (let attempt = 2; attempt <= attemptsOf(options); attempt += 1) {
    await pause(options, attempt - 1);
    if (await post(options, events, attempt)) return;
  }
  options.onLost?.(events);
}

/** One delivery; whether the app took it. A single event travels bare, several as a batch. */
async function post(options: EventGridOptions, events: readonly UserEvent[], attempt: number): Promise<boolean> {
  const base = options.deliverTo();
  if (base === undefined) return false;
  const functionName = options.functionName ?? 'entraEvents';
  const batch = events.length !== 1;
  try {
    const response = await fetch(`${base}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
      method: 'POST',
      headers: {
        'content-type': `application/cloudevents${batch ? '-batch' : ''}+json; charset=utf-8`,
        'aeg-event-type': 'Notification',
        'aeg-subscription-name': functionName.toUpperCase(),
        'aeg-delivery-count': String(attempt - 1),
      },
      body: JSON.stringify(batch ? events : events[0]),
      signal: AbortSignal.timeout(30_000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

const attemptsOf = ({ attempts = 60 }: EventGridOptions): number => attempts;

async function pause({ retryDelayMs = 100 }: EventGridOptions, attempt: number): Promise<void> {
  // Not a reason to keep a process alive that has nothing else to do.
  await delay(Math.min(retryDelayMs * 2 ** Math.min(attempt - 1, 10), LONGEST_DELAY_MS), undefined, { ref: false });
}
