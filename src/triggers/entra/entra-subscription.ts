import { app } from '@azure/functions';
import { type Config, config } from '../../config.ts';
import type { Subscription } from '../../connectors/graph/subscriptions.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { vendors } from '../../connectors/vendors.ts';
import type { OffboardingError } from '../../errors.ts';
import { notReadNow } from '../../intake/starting/report-opened.ts';
import { type Log, logOf } from '../../log.ts';

/** Graph asks for a renewal in time, through the very topic that may be what is broken. */
const RENEW_BEFORE_MS = 7 * 24 * 60 * 60_000;

/** Sees to it, four times an hour, that Graph tells of changed users. */
export function registerEntraSubscription(): void {
  app.timer('entraSubscriptionTimer', {
    schedule: '0 7,22,37,52 * * * *',
    handler: (_timer, context) => keepSubscribed(vendors(), config(), logOf(context)),
  });
}

/**
 * Makes the Graph subscription behind the partner topic of `ENTRA_NOTIFICATION_URL`, or renews the one that there is.
 * Only the identity that made a subscription can renew it, so nobody but the app can make it.
 * @throws where Graph cannot be asked: an app without its subscription is told of no leaver
 */
export async function keepSubscribed(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'ENTRA_NOTIFICATION_URL'>,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  const { ENTRA_NOTIFICATION_URL: url } = settings;
  if (url === undefined) return;
  const broken = (what: string, failure: VendorFailure): OffboardingError => {
    // One exception in a quarter of an hour alerts nobody; an error does.
    log.error(what, { code: 'directory-unreadable', reason: failure.message });
    return notReadNow(what, failure);
  };
  const { items, failure } = await vendors.graph.listSubscriptions();
  if (failure !== undefined) throw broken('the subscriptions were not read', failure);
  const ours = items.find(
    (each) => each.resource.toLowerCase() === 'users' && topicOf(each) === topicOf({ notificationUrl: url }),
  );
  if (ours === undefined) {
    const created = await vendors.graph.createSubscription(url, now());
    if (!created.ok) throw broken('changes of users were not subscribed to', created.failure);
    const { id, expirationDateTime } = created.value;
    log.info('changes of users were subscribed to', { subscriptionId: id, until: expirationDateTime });
    return;
  }
  if (Date.parse(ours.expirationDateTime) - now().getTime() > RENEW_BEFORE_MS) return;
  const renewed = await vendors.graph.renewSubscription(ours.id, now());
  if (!renewed.ok) throw broken('the subscription was not renewed', renewed.failure);
  log.info('the subscription was renewed', { subscriptionId: ours.id, until: renewed.value.expirationDateTime });
}

/** Which topic a notification URL stands for, however Graph writes it back. */
function topicOf({ notificationUrl }: Pick<Subscription, 'notificationUrl'>): string {
  const parameters = new URLSearchParams(notificationUrl.toLowerCase().replace(/^eventgrid:\?/, ''));
  return `${parameters.get('resourcegroup')}/${parameters.get('partnertopic')}`;
}
