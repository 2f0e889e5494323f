import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CaseMode } from '../../../cases/case.ts';
import type { CaseId } from '../../../cases/ids.ts';
import { jsonWithoutSecrets } from '../../../credentials/without-secrets.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { containerOf } from '../evidence/evidence.ts';

/** What HR's system reads of one message. */
export interface Receipt {
  /** Absent where the message has none that could be read. */
  readonly messageId?: string;
  readonly leavingId?: string;
  /** `undecided`: it could not be handled in any of its deliveries and tries, and an operator looks at it. */
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

const Undecided = z.object({ status: z.literal('undecided') });
const NotAccepted = z.object({ status: z.enum(['rejected', 'undecided']) });

/**
 * Writes the answer to a message, once: `hr-receipts/<messageId>.json`, with the id percent-encoded. Another message
 * under the same id, and one without a readable id, is answered under the digest of what came. `undecided` is no
 * decision: one that is made later, because the message was put into the queue again, replaces it. What was rejected is
 * replaced where an operator had the same message run `again`. All else stands.
 */
export async function putReceipt(
  settings: StorageSettings,
  receipt: Receipt,
  { digestOf, at, again = false }: { readonly digestOf?: unknown; readonly at: Date; readonly again?: boolean },
): Promise<string> {
  const { messageId } = receipt;
  const id = messageId === undefined ? 'without-id' : encodeURIComponent(messageId);
  const name = digestOf === undefined && messageId !== undefined ? `${id}.json` : `${id}/${digest(digestOf)}.json`;
  const content = jsonWithoutSecrets(JSON.stringify({ schemaVersion: 1, ...receipt, answeredAt: at.toISOString() }));
  const blob = containerOf(settings, 'hr-receipts').getBlockBlobClient(name);
  const write = async (conditions: { ifNoneMatch: '*' } | { ifMatch: string }): Promise<boolean> => {
    try {
      const blobHTTPHeaders = { blobContentType: 'application/json' };
      await blob.upload(content, Buffer.byteLength(content), { conditions, blobHTTPHeaders });
      return true;
    } catch (error) {
      if (answered(error, 409, 412)) return false;
      throw error;
    }
  };
  if ((await write({ ifNoneMatch: '*' })) || receipt.status === 'undecided') return name;
  const { etag: ifMatch = '' } = await blob.getProperties();
  const stands = await blob.downloadToBuffer(0, undefined, { conditions: { ifMatch } }).catch((error: unknown) => {
    // Replaced meanwhile, and only a decision replaces.
    if (answered(error, 412)) return undefined;
    throw error;
  });
  const replaced = again ? NotAccepted : Undecided;
  if (stands !== undefined && replaced.safeParse(JSON.parse(stands.toString('utf8'))).success) await write({ ifMatch });
  return name;
}

function digest(received: unknown): string {
  const text = typeof received === 'string' ? received : (JSON.stringify(received) ?? '');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
