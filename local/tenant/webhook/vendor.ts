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
  /** How far the receiver's clock is ahead of the machine's: a receiver refuses what was signed minutes away from it. */
  clockAheadMs: number;
}

export const WEBHOOK_PATH = '/hooks/offboarding';

export function emptyWebhook(): WebhookState {
  return { secret: `whsec_${randomBytes(32).toString('base64')}`, events: [], deliveries: 0, clockAheadMs: 0 };
}

/** A ticket system that takes Standard Webhooks (standardwebhooks.com): it verifies with the library of the standard. */
export function makeWebhook(state: WebhookState): Vendor {
  const app = new Hono();
  app.post(WEBHOOK_PATH, async (c) => {
    const id = c.req.header('webhook-id') ?? '';
    let event: unknown;
    try {
      event = verified(state, await c.req.text(), c.req.header());
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

const TOLERANCE_MS = 5 * 60_000;

/** The event; the library knows the machine's clock alone, so that another is compared here. */
function verified({ secret, clockAheadMs }: WebhookState, body: string, headers: Record<string, string>): unknown {
  const webhook = new Webhook(secret);
  if (clockAheadMs === 0) return webhook.verify(body, headers);
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const isNear = Math.abs(Date.now() + clockAheadMs - at.getTime()) < TOLERANCE_MS;
  if (!isNear || webhook.sign(headers['webhook-id'] ?? '', at, body) !== headers['webhook-signature'])
    throw new Error('not signed now, or not with the secret');
  return JSON.parse(body);
}
