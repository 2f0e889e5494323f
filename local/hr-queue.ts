import { QueueClient } from '@azure/storage-queue';
import type { Stack } from './stack.ts';
import { storageCredentialOf } from './storage-token.ts';

/** HR's queue, as HR's system reaches it. */
export function hrQueue(stack: Pick<Stack, 'storage' | 'tenant'>): QueueClient {
  return new QueueClient(`${stack.storage.queue}/hr-leavers`, storageCredentialOf(stack));
}
