import { BlobServiceClient } from '@azure/storage-blob';
import type { Stack } from '../stack.ts';
import { storageCredentialOf } from '../storage-token.ts';

/** The id of a message, where it is one that could be read. */
export function messageIdOf(text: string): string | undefined {
  try {
    const { messageId } = JSON.parse(text) as { messageId?: unknown };
    return typeof messageId === 'string' ? messageId.trim() : undefined;
  } catch {
    return undefined;
  }
}

/** What HR’s system reads of its message. */
export interface Receipt {
  readonly status: string;
  readonly answeredAt: string;
  readonly faults?: readonly string[];
  readonly note?: string;
  readonly startsAt?: string;
  readonly caseId?: string;
}

/** The answer to a message, unless it is one to an earlier message of this id. */
export async function receiptOf(stack: Stack, messageId: string, sentAt: Date): Promise<Receipt | undefined> {
  const receipts = new BlobServiceClient(stack.storage.blob, storageCredentialOf(stack)).getContainerClient(
    'hr-receipts',
  );
  const blob = receipts.getBlobClient(`${encodeURIComponent(messageId)}.json`);
  if (!(await blob.exists())) return undefined;
  const receipt = JSON.parse((await blob.downloadToBuffer()).toString('utf8')) as Receipt;
  return Date.parse(receipt.answeredAt) < sentAt.getTime() ? undefined : receipt;
}
