import { createHash } from 'node:crypto';
import type { CaseMode } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import { jsonWithoutSecrets } from '../../credentials/without-secrets.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { containerOf } from './evidence.ts';

/** What HR's system reads of one message. */
export interface Receipt {
  /** Absent where the message has none that could be read. */
  readonly messageId?: string;
  readonly leavingId?: string;
  /** `undecided`: it could not be handled in any of its deliveries, and an operator looks at it. */
  readonly status: 'accepted' | 'rejected' | 'undecided';
  /** Everything that is wrong with it, or why nothing was done. */
  readonly faults: readonly string[];
  readonly caseId?: CaseId;
  readonly mode?: CaseMode;
  /** When the case begins, or began; absent where it waits for an operator. */
  readonly startsAt?: string;
  /** What else HR should know. */
  readonly note?: string;
}

/**
 * Writes the answer to a message, once: `hr-receipts/<messageId>.json`, with the id percent-encoded. Another message
 * under the same id, and one without a readable id, is answered under the digest of what came.
 */
export async function putReceipt(
  settings: StorageSettings,
  receipt: Receipt,
  { digestOf, at }: { readonly digestOf?: unknown; readonly at: Date },
): Promise<string> {
  const { messageId } = receipt;
  const id = messageId === undefined ? 'without-id' : encodeURIComponent(messageId);
  const name = digestOf === undefined && messageId !== undefined ? `${id}.json` : `${id}/${digest(digestOf)}.json`;
  const content = jsonWithoutSecrets(JSON.stringify({ schemaVersion: 1, ...receipt, answeredAt: at.toISOString() }));
  const blob = containerOf(settings, 'hr-receipts').getBlockBlobClient(name);
  try {
    await blob.upload(content, Buffer.byteLength(content), {
      conditions: { ifNoneMatch: '*' },
      blobHTTPHeaders: { blobContentType: 'application/json' },
    });
  } catch (error) {
    if (!answered(error, 409, 412)) throw error;
  }
  return name;
}

function digest(received: unknown): string {
  const text = typeof received === 'string' ? received : (JSON.stringify(received) ?? '');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
