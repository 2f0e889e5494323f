import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { VendorResult } from '../result.ts';
import type { GraphSettings } from '../settings.ts';
import { askGraph } from './call/client.ts';
import { listAll } from './call/list-all.ts';

/** Graph's longest for users is 41,760 minutes; an hour less allows for clocks that differ. */
const LIFETIME_MS = (41_760 - 60) * 60_000;
const READ = 'User.Read.All';

const Subscription = z.object({
  id: z.string(),
  resource: z.string(),
  notificationUrl: z.string(),
  expirationDateTime: z.iso.datetime({ offset: true }),
});
export type Subscription = z.output<typeof Subscription>;

/** The subscriptions that the reader made; Graph shows an application no others. */
export function listSubscriptions(settings: GraphSettings): Promise<Listing<Subscription>> {
  return listAll(settings, {
    identity: 'reader',
    path: '/subscriptions',
    what: 'list subscriptions',
    permission: READ,
    shape: Subscription,
  });
}

/**
 * Subscribes to changes of users. Where `notificationUrl` names an Event Grid partner topic that is not there, Graph
 * makes it; it must be activated before anything arrives (learn.microsoft.com/azure/event-grid/subscribe-to-graph-api-events).
 */
export function createSubscription(
  settings: GraphSettings,
  notificationUrl: string,
  now: Date,
): Promise<VendorResult<Subscription>> {
  return askGraph(settings, {
    identity: 'reader',
    method: 'POST',
    path: '/subscriptions',
    body: {
      resource: 'users',
      changeType: 'updated,deleted',
      notificationUrl,
      // Cannot be added later, and without it nobody asks for the renewal.
      lifecycleNotificationUrl: notificationUrl,
      expirationDateTime: latestEnd(now),
    },
    what: 'subscribe to changes of users',
    permission: READ,
    shape: Subscription,
  });
}

/** Renews the change notifications of users. Without it they end after 29 days at the most, silently. */
export async function renewSubscription(
  settings: GraphSettings,
  subscriptionId: string,
  now: Date,
): Promise<VendorResult<{ readonly expirationDateTime: string }>> {
  return askGraph(settings, {
    identity: 'reader',
    method: 'PATCH',
    path: `/subscriptions/${subscriptionId}`,
    body: { expirationDateTime: latestEnd(now) },
    what: `renew subscription ${subscriptionId}`,
    permission: READ,
    shape: z.object({ expirationDateTime: z.string() }),
  });
}

function latestEnd(now: Date): string {
  return new Date(now.getTime() + LIFETIME_MS).toISOString();
}
