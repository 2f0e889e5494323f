import { app, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { automaticMode, type ModeSetting } from '../../config/config-cases.ts';
import { type Config, config } from '../../config.ts';
import type { Receipt } from '../../connectors/storage/people/hr-receipts.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { vendors } from '../../connectors/vendors.ts';
import { answerNotice, writeReceipt } from '../../intake/hr/answer-notice.ts';
import { letBrokenNoticeWait, letNoticeWait } from '../../intake/hr/let-notice-wait.ts';
import type { IntakeSettings } from '../../intake/starting/opened-case.ts';
import { startCaseWith } from '../../intake/starting/start-case.ts';
import type { StartCase } from '../../intake/starting/start-row.ts';
import { type Log, logOf } from '../../log.ts';
import { decodeQueueMessage } from './decode-queue-message.ts';
import { type HrMessage, readHrMessage } from './read-hr-message.ts';

/** Storage account of the queue: `LeaverQueue__queueServiceUri` with a managed identity. */
const CONNECTION = 'LeaverQueue';

/** In how many deliveries a message is handled as it comes. */
const MOST_DELIVERIES = 5;

/** Leavers that HR's system reports, and what the host of an earlier release gave up on. */
export function registerHrQueue(): void {
  registerQueue('hrLeavers', 'hr-leavers', deliveriesOf);
  registerQueue('hrLeaversPoison', 'hr-leavers-poison', () => Number.POSITIVE_INFINITY);
}

function registerQueue(name: string, queueName: string, deliveries: (context: InvocationContext) => number): void {
  app.storageQueue<unknown>(name, {
    queueName,
    connection: CONNECTION,
    extraInputs: [df.input.durableClient()],
    handler: (message, context) => {
      const [start, log] = [startCaseWith(df.getClient(context)), logOf(context)];
      return receiveHrMessage(vendors(), config(), message, start, log, undefined, deliveries(context));
    },
  });
}

/** How often the queue has handed the message out, to an app that died over it as well. */
function deliveriesOf({ triggerMetadata }: Pick<InvocationContext, 'triggerMetadata'>): number {
  return Number(triggerMetadata?.dequeueCount ?? 1);
}

type HrVendors = Pick<Vendors, 'denied' | 'graph' | 'storage'>;

/**
 * Handles one message. Throwing, or dying, puts it back, as often as that happens: the host counts deaths of the app as
 * failures, and a message that it moved to a poison queue and that failed there as often is hidden until it expires. So
 * `maxDequeueCount` of host.json is the greatest that there is, and it is counted here: what was delivered too often, and
 * what the directory cannot be asked about, waits outside of the queue, where a duty tries it. One that can never become
 * a request is answered at once. Each message has one receipt, which is written last: a message that comes again because
 * the app died before does the same again, and that is nothing new.
 * Source: github.com/Azure/azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Queues (QueueProcessor)
 */
export async function receiveHrMessage(
  vendors: HrVendors,
  settings: IntakeSettings & ModeSetting<'hr-queue'> & Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>,
  received: unknown,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
  deliveries = 1,
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
  if (deliveries > MOST_DELIVERIES) return letBrokenNoticeWait(vendors, notice, log, now());
  const mode = automaticMode(settings, 'hr-queue');
  const failure = await answerNotice({ vendors, settings, mode, start, now }, notice, message.value, log);
  if (failure !== undefined) await letNoticeWait(vendors, notice, failure, log, now());
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
