import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { automaticMode, type Config, config, type ModeSetting } from '../config.ts';
import type { Receipt } from '../connectors/storage/hr-receipts.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { vendors } from '../connectors/vendors.ts';
import { answerNotice, writeReceipt } from '../intake/hr/answer-notice.ts';
import { letNoticeWait } from '../intake/hr/let-notice-wait.ts';
import type { IntakeSettings } from '../intake/opened-case.ts';
import { startCaseWith } from '../intake/start-case.ts';
import type { StartCase } from '../intake/start-row.ts';
import { type Log, logOf } from '../log.ts';
import { decodeQueueMessage } from './decode-queue-message.ts';
import { type HrMessage, readHrMessage } from './read-hr-message.ts';

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
    handler: (message, context) => keepPoison(vendors(), config(), message, logOf(context)),
  });
}

type HrVendors = Pick<Vendors, 'denied' | 'graph' | 'storage'>;

/**
 * Handles one message. Throwing puts it back, up to `maxDequeueCount` of host.json; then the host moves it to
 * `hr-leavers-poison`. One that can never become a request is kept at once instead, and one about which the directory
 * cannot be asked waits outside of the queue. Each message has one receipt, which is written last: a message that comes
 * again because the app died before does the same again, and that is nothing new.
 */
export async function receiveHrMessage(
  vendors: HrVendors,
  settings: IntakeSettings & ModeSetting<'hr-queue'> & Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>,
  received: unknown,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  const answer = answering(vendors, received, log, now());
  const message = read(received, now(), settings);
  if (message.kind === 'undecodable') return answer({ status: 'rejected', faults: [`the document: ${message.why}`] });
  const messageId = idOf(message);
  const named = messageId === undefined ? {} : { messageId };
  if (messageId !== undefined && (await isTaken(vendors, messageId, message.value))) {
    const taken = '/messageId: it belongs to another message; take a new one for each message, a corrected one too';
    const faults = message.kind === 'rejected' ? [...message.faults, taken] : [taken];
    return answer({ ...named, status: 'rejected', faults }, { apart: true });
  }
  if (message.kind === 'rejected')
    return answer({ ...named, status: 'rejected', faults: message.faults }, { apart: messageId === undefined });
  const { notice } = message;
  const mode = automaticMode(settings, 'hr-queue');
  const failure = await answerNotice({ vendors, settings, mode, start, now }, notice, message.value, log);
  if (failure !== undefined) await letNoticeWait(vendors, notice, failure, log, now());
}

/** A message that failed too often is kept like an invalid one: an operator opens its case by hand. */
export async function keepPoison(
  vendors: Pick<Vendors, 'storage'>,
  settings: Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>,
  received: unknown,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<void> {
  const fault =
    'It could not be handled in any of its deliveries; the log says why. Open the case with POST /api/cases.';
  const message = read(received, now(), settings);
  const messageId = idOf(message);
  const receipt: Receipt = { ...(messageId && { messageId }), status: 'undecided', faults: [fault] };
  const apart = messageId === undefined || (await isTaken(vendors, messageId, message.value));
  await answering(vendors, received, log, now())(receipt, { apart });
}

/** Whether another message came under this id before. */
async function isTaken(vendors: Pick<Vendors, 'storage'>, messageId: string, value: unknown): Promise<boolean> {
  const known = await vendors.storage.rememberKey({ caller: 'hr', key: messageId, body: JSON.stringify(value) });
  return known === 'another-request';
}

type Read =
  | (HrMessage & { readonly value: unknown })
  | { readonly kind: 'undecodable'; readonly why: string; readonly value: unknown };

function idOf(message: Read): string | undefined {
  if (message.kind === 'notice') return message.notice.messageId;
  return message.kind === 'rejected' ? message.messageId : undefined;
}

function read(received: unknown, now: Date, settings: Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>): Read {
  const decoded = decodeQueueMessage(received);
  if (decoded.kind === 'undecodable') return { ...decoded, value: received };
  return { ...readHrMessage(decoded.value, now, settings), value: decoded.value };
}

/** The answer to what came, without a receipt of its id where it has none. */
function answering(vendors: Pick<Vendors, 'storage'>, received: unknown, log: Log, at: Date) {
  const decoded = decodeQueueMessage(received);
  const value = decoded.kind === 'json' ? decoded.value : received;
  return (receipt: Receipt, { apart = receipt.messageId === undefined } = {}): Promise<void> =>
    writeReceipt(vendors, receipt, { received: value, apart, at }, log);
}
