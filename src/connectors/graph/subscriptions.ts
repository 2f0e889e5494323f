import * as z from 'zod';
import type { Config } from '../../config.ts';
import type { VendorResult } from '../result.ts';
import { askGraph } from './client.ts';

/** Graph's longest for users is 41,760 minutes; an hour less allows for clocks that differ. */
const LIFETIME_MS = (41_760 - 60) * 60_000;

/** Renews the change notifications of users. Without it they end after 29 days at the most, silently. */
export async function renewSubscription(
  config: Config,
  subscriptionId: string,
  now: Date,
): Promise<VendorResult<{ readonly expirationDateTime: string }>> {
  return askGraph(config, {
    identity: 'reader',
    method: 'PATCH',
    path: `/subscriptions/${subscriptionId}`,
    body: { expirationDateTime: new Date(now.getTime() + LIFETIME_MS).toISOString() },
    what: `renew subscription ${subscriptionId}`,
    permission: 'User.Read.All',
    shape: z.object({ expirationDateTime: z.string() }),
  });
}
