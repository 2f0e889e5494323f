import type { Coverage } from '../../../cases/coverage/coverage.ts';
import type { Subscription } from '../../../connectors/arm/subscriptions.ts';
import type { Listing } from '../../../connectors/listing.ts';
import { unnamedPlaces } from '../../unnamed-places.ts';

/** The line about subscriptions that the reader sees, and in which nobody looks. */
export function otherSubscriptions(
  named: readonly string[],
  { items, failure }: Listing<Subscription>,
): Coverage | undefined {
  return unnamedPlaces({
    source: 'azure/other-subscriptions',
    setting: 'SUBSCRIPTION_IDS',
    named,
    seen: items
      .filter(({ state }) => state?.toLowerCase() !== 'deleted')
      .map(({ subscriptionId, displayName }) => ({ id: subscriptionId, name: displayName || subscriptionId })),
    unit: 'subscriptions',
    failure,
  });
}
