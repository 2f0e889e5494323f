import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { ArmSettings } from '../settings.ts';
import { readList } from './read-list.ts';

const Subscription = z.object({
  id: z.string(),
  subscriptionId: z.string().transform((id) => id.toLowerCase()),
  displayName: z.string().nullish(),
  state: z.string().nullish(),
});
/** A subscription of the tenant. */
export type Subscription = z.output<typeof Subscription>;

/**
 * Every subscription in which the reader has a role at all; others are not shown to it. Needs no permission.
 * Source: learn.microsoft.com/rest/api/resources/subscriptions/list
 */
export function listSubscriptions(settings: ArmSettings): Promise<Listing<Subscription>> {
  return readList(settings, {
    what: 'list the subscriptions that the reader sees',
    action: 'any role in a subscription',
    identity: 'reader',
    path: '/subscriptions',
    apiVersion: '2022-12-01',
    shape: Subscription,
  });
}
