import type { DequeuedMessageItem, QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { RestError } from '@azure/storage-queue';
import type { RpcTypedData } from '../core-types.ts';
import type { HostSettings } from '../host-settings.ts';
import { withSettings } from '../host-settings.ts';
import type { Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { RegisteredFunction } from '../registry.ts';
import { queueService } from './queue-connection.ts';
import type { StopTrigger } from './timer.ts';

/**
 * A message stays hidden this long while its function runs, as with the storage extension. Where `LOCAL_QUEUE_LEASE_SECONDS`
 * says so it comes back sooner from a host that died.
 */
const LEASE_SECONDS = 600;

const POISON = '-poison';

const FIRST_WAIT_MS = 100;
/** The extension's default is a minute, which saves money on Azure and only costs time here. */
const LONGEST_WAIT_MS = 2_000;

export interface QueueParts {
  readonly invoke: Invoke;
  readonly log: Logger;
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly queues: HostSettings['queues'];
}

/**
 * Polls a storage queue and hands each message to the function. What fails `maxDequeueCount` times, or cannot be
 * decoded, goes to `<queue>-poison` as it came. A poison queue has none of its own: what cannot be decoded there never
 * reaches its function, and what fails there stays hidden until its lease ends, as often as `maxDequeueCount` says, and
 * is then never handed on again. With the encoding `none` the function gets the text as it is. A queue that does not
 * exist yet is waited for.
 * Source: github.com/Azure/azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Queues (QueueProcessor,
 * QueueServiceClientProvider)
 */
export function startQueue(target: RegisteredFunction, parts: QueueParts): StopTrigger {
  const { log, settings, queues } = parts;
  const name = withSettings(String(target.trigger.queueName), settings);
  const service = queueService(String(target.trigger.connection || 'AzureWebJobsStorage'), settings);
  const queue = service.getQueueClient(name);
  const longestWait = queues.maxPollingInterval ?? LONGEST_WAIT_MS;
  const leaseSeconds = Number(settings.LOCAL_QUEUE_LEASE_SECONDS ?? LEASE_SECONDS);
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  let lastFault = '';

  const poll = async (): Promise<number> => {
    const free = queues.batchSize - running.size;
    if (free <= 0) return 0;
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: free,
      visibilityTimeout: leaseSeconds,
      abortSignal: stop.signal,
    });
    for (const message of receivedMessageItems) {
      const work = handleMessage(target, message, queue, service, parts).catch((error: unknown) => {
        log('error', `Function.${target.name}`, `The queue ${name} could not be updated: ${messageOf(error)}`);
      });
      running.add(work);
      void work.finally(() => running.delete(work));
    }
    return receivedMessageItems.length;
  };

  const loop = async (): Promise<void> => {
    let wait = FIRST_WAIT_MS;
    while (!stop.signal.aborted) {
      try {
        wait = (await poll()) > 0 ? FIRST_WAIT_MS : Math.min(wait * 2, longestWait);
        lastFault = '';
      } catch (error) {
        if (stop.signal.aborted) return;
        wait = longestWait;
        const fault = error instanceof RestError && error.statusCode === 404 ? '' : messageOf(error);
        if (fault !== lastFault)
          log('warning', `Function.${target.name}`, `The queue ${name} cannot be read: ${fault}`);
        lastFault = fault;
      }
      await pause(wait, stop.signal);
    }
  };

  const ended = loop();
  return async () => {
    stop.abort();
    await ended;
    await Promise.allSettled(running);
  };
}

async function handleMessage(
  target: RegisteredFunction,
  message: DequeuedMessageItem,
  queue: QueueClient,
  service: QueueServiceClient,
  { invoke, log, queues }: QueueParts,
): Promise<void> {
  const isLast = queue.name.endsWith(POISON);
  const text = decode(message.messageText, queues.messageEncoding);
  if (text === undefined) {
    log('warning', `Function.${target.name}`, `The message ${message.messageId} is not base64.`);
    if (!isLast) await poison(message, queue, service);
    return;
  }
  if (isLast && message.dequeueCount > queues.maxDequeueCount) return;
  const outcome = await invoke(target, { trigger: { string: text }, triggerMetadata: metadataOf(message, text) });
  if (outcome.ok) {
    await queue.deleteMessage(message.messageId, message.popReceipt);
    return;
  }
  log('error', `Function.${target.name}`, messageOf(outcome.error), { messageId: message.messageId });
  if (isLast) return;
  if (message.dequeueCount >= queues.maxDequeueCount) {
    await poison(message, queue, service);
    return;
  }
  const seconds = Math.ceil(queues.visibilityTimeout / 1000);
  await queue.updateMessage(message.messageId, message.popReceipt, undefined, seconds);
}

async function poison(message: DequeuedMessageItem, queue: QueueClient, service: QueueServiceClient): Promise<void> {
  const poisoned = service.getQueueClient(queue.name + POISON);
  await poisoned.createIfNotExists();
  await poisoned.sendMessage(message.messageText, { messageTimeToLive: -1 });
  await queue.deleteMessage(message.messageId, message.popReceipt);
}

function decode(text: string, encoding: 'base64' | 'none'): string | undefined {
  if (encoding === 'none') return text;
  const compact = text.replaceAll(/[ \t\r\n]/g, '');
  const bytes = Buffer.from(compact, 'base64');
  return bytes.toString('base64') === compact ? bytes.toString('utf8') : undefined;
}

function metadataOf(message: DequeuedMessageItem, text: string): Record<string, RpcTypedData> {
  const json = (value: unknown): RpcTypedData => ({ json: JSON.stringify(value) });
  return {
    Id: json(message.messageId),
    DequeueCount: json(message.dequeueCount),
    InsertionTime: json(message.insertedOn),
    ExpirationTime: json(message.expiresOn),
    NextVisibleTime: json(message.nextVisibleOn),
    PopReceipt: json(message.popReceipt),
    QueueTrigger: json(text),
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}
