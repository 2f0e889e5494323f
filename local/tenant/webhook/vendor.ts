import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import type { Vendor } from '../core/vendor.ts';

/** An event whose signature was right. */
interface ReceivedEvent {
  readonly id: string;
  readonly event: unknown;
}

export interface WebhookState {
  /** Shared with the app (WEBHOOK_SECRET); made anew for each run. */
  readonly secret: string;
  /** Each event once: a receiver drops an id that it has. */
  readonly events: ReceivedEvent[];
  /** Every delivery with a right signature, repeats among them. */
  deliveries: number;
}

export const WEBHOOK_PATH = '/hooks/offboarding';

export function emptyWebhook(): WebhookState {
  return { secret: `whsec_${randomBytes(32).toString('base64')}`, events: [], deliveries: 0 };
}

/** A ticket system that takes Standard Webhooks (standardwebhooks.com): it verifies with the library of the standard. */
export function makeWebhook(state: WebhookState): Vendor {
  const app = new Hono();
  app.post(WEBHOOK_PATH, async (c) => {
    const id = c.req.header('webhook-id') ?? '';
    let event: unknown;
    try {
      event = new Webhook(state.secret).verify(await c.req.text(), c.req.header());
    } catch {
      return c.json({ error: 'The signature is not valid.' }, 401);
    }
    state.deliveries += 1;
    if (!state.events.some((each) => each.id === id)) state.events.push({ id, event });
    return c.body(null, 204);
  });
  return {
    name: 'webhook',
    hosts: ['webhook'],
    handle: (request) => app.fetch(request),
    snapshot: () => ({ events: state.events, deliveries: state.deliveries }),
  };
}
