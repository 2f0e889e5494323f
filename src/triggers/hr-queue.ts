import { app } from '@azure/functions';
import * as df from 'durable-functions';
import type { OffboardingRequest } from '../cases/case.ts';
import { automaticMode, type Config, config, type ModeSetting } from '../config.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { vendors } from '../connectors/vendors.ts';
import { type IntakeSettings, openCase, type StartCase } from '../intake/open-case.ts';
import { startCaseWith } from '../intake/start-case.ts';
import { type Log, logOf } from '../log.ts';
import { decodeQueueMessage } from './decode-queue-message.ts';
import { readHrMessage } from './read-hr-message.ts';
import { logOpened } from './report-opened.ts';

/** Storage account of the queue: `LeaverQueue__queueServiceUri` with a managed identity. */
const CONNECTION = 'LeaverQueue';

/** Leavers that HR's system reports. */
export function registerHrQueue(): void {
  app.storageQueue<unknown>('hrLeavers', {
    queueName: 'hr-leavers',
    connection: CONNECTION,
    extraInputs: [df.input.durableClient()],
    handler: (message, context) =>
      receiveHrMessage(vendors(), config(), message, startCaseWith(df.getClient(context)), logOf(context)),
  });
  app.storageQueue<unknown>('hrLeaversPoison', {
    queueName: 'hr-leavers-poison',
    connection: CONNECTION,
    handler: (message, context) => keepPoison(vendors(), message, logOf(context)),
  });
}

/**
 * Handles one message. Throwing puts it back, up to `maxDequeueCount` of host.json; then the host moves it to
 * `hr-leavers-poison`. One that can never become a request is kept at once instead.
 */
export async function receiveHrMessage(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: IntakeSettings & ModeSetting<'hr-queue'> & Pick<Config, 'BUSINESS_TIME_ZONE'>,
  received: unknown,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  const decoded = decodeQueueMessage(received);
  if (decoded.kind === 'undecodable') {
    await keep(vendors, received, `the document: ${decoded.why}`, log, now());
    return;
  }
  const message = readHrMessage(decoded.value, now(), settings.BUSINESS_TIME_ZONE);
  if (message.kind === 'rejected') {
    await keep(vendors, decoded.value, message.reason, log, now());
    return;
  }
  const request: OffboardingRequest = { ...message.request, mode: automaticMode(settings, 'hr-queue') };
  const { confirmUserPrincipalName } = message;
  const opened = await openCase(vendors, settings, request, start, now, {
    ...(confirmUserPrincipalName === undefined ? {} : { confirmUserPrincipalName }),
  });
  if (opened.kind === 'not-a-person' || opened.kind === 'not-confirmed') {
    await keep(vendors, decoded.value, opened.why, log, now());
    return;
  }
  logOpened(log, request, opened);
}

/** A message that failed too often is kept like an invalid one: an operator opens its case by hand. */
export async function keepPoison(
  vendors: Pick<Vendors, 'storage'>,
  received: unknown,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  const reason =
    'It could not be handled in any of its deliveries; the log says why. Open the case with POST /api/cases.';
  const decoded = decodeQueueMessage(received);
  await keep(vendors, decoded.kind === 'json' ? decoded.value : received, reason, log, now());
}

async function keep(
  vendors: Pick<Vendors, 'storage'>,
  received: unknown,
  reason: string,
  log: Log,
  at: Date,
): Promise<void> {
  const kept = await vendors.storage.keepRejected({ trigger: 'hr-queue', reason, received }, at);
  log.error('a message from HR was rejected and kept', { reason, blob: `${kept.container}/${kept.name}` });
}
