import { app } from '@azure/functions';
import * as df from 'durable-functions';
import type { OffboardingRequest } from '../../cases/case.ts';
import { automaticMode, type ModeSetting } from '../../config/config-cases.ts';
import { type Config, config } from '../../config.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { vendors } from '../../connectors/vendors.ts';
import { openCase } from '../../intake/starting/open-case.ts';
import type { IntakeSettings } from '../../intake/starting/opened-case.ts';
import { logOpened, notReadNow } from '../../intake/starting/report-opened.ts';
import { startCaseWith } from '../../intake/starting/start-case.ts';
import type { StartCase } from '../../intake/starting/start-row.ts';
import { type Log, logOf } from '../../log.ts';
import { readEntraEvent } from './read-entra-event.ts';

/** Changes of users, from Graph through an Event Grid partner topic. */
export function registerEntraEvents(): void {
  app.eventGrid<unknown>('entraEvents', {
    extraInputs: [df.input.durableClient()],
    handler: (event, context) =>
      receiveEntraEvent(vendors(), config(), event, startCaseWith(df.getClient(context)), logOf(context)),
  });
}

/**
 * Handles one event. Returning acknowledges it; throwing makes Event Grid deliver it again, for up to 24 hours.
 * What can never become a request is kept and acknowledged, or it would come back for a day.
 */
export async function receiveEntraEvent(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings & ModeSetting<'entra-event'> & Pick<Config, 'TENANT_ID'>,
  received: unknown,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  const event = readEntraEvent(received, settings.TENANT_ID);
  switch (event.kind) {
    case 'rejected': {
      const { reason } = event;
      const kept = await vendors.storage.keepRejected({ trigger: 'entra-event', reason, received }, now());
      log.error('an event was rejected and kept', {
        code: 'message-rejected',
        reason,
        blob: `${kept.container}/${kept.name}`,
      });
      return;
    }
    case 'reauthorize': {
      const renewed = await vendors.graph.renewSubscription(event.subscriptionId, now());
      // Delivered again: an app whose subscription ends is told of no leaver.
      if (!renewed.ok) throw notReadNow('the subscription was not renewed', renewed.failure);
      log.info('the subscription was renewed', { ...event, until: renewed.value.expirationDateTime });
      return;
    }
    case 'user-changed': {
      const { oid, at, dedupeKey, permanent } = event;
      const request: OffboardingRequest = {
        oid,
        trigger: 'entra-event',
        reason: permanent ? 'Entra reported a permanent deletion.' : 'Entra reported a deletion.',
        requestedBy: 'entra',
        requestedAt: at,
        mode: automaticMode(settings, 'entra-event'),
        dedupeKey,
      };
      logOpened(log, request, await openCase(vendors, settings, request, start, now));
      return;
    }
    default:
      return event satisfies never;
  }
}
