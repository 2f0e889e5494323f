import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type WaitingNotice, WaitingNoticeSchema } from '../../../people/hr-notice.ts';
import type { StorageSettings } from '../../settings.ts';
import { jsonOf, parseEntity, whyUnreadable } from '../base/columns.ts';
import { removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/** Beside what HR said of leavings, in the same table. */
const PARTITION = 'waiting';

/** Lets a message wait for its next try; the same one again replaces what was written. */
export async function enterWaitingNotice(settings: StorageSettings, waiting: WaitingNotice): Promise<void> {
  const key = { partitionKey: PARTITION, rowKey: rowKeyOf(waiting) };
  const entity = { ...key, nextAt: waiting.nextAt, row: JSON.stringify(waiting) };
  await tableOf(settings, 'leavings').upsertEntity(entity, 'Replace');
}

/** What a newer release knows besides may change what HR means, so that nothing rests on a row that is not read whole. */
const Row = z.object({ row: jsonOf(WaitingNoticeSchema) });

/** Messages whose time has come, and why others cannot be read, one sentence each. */
export interface DueNotices {
  readonly due: readonly WaitingNotice[];
  readonly unreadable: readonly string[];
}

/**
 * The messages whose next try is due, the longest due first, `most` at most. One that cannot be read stays as it is, and
 * keeps no other from its try.
 */
export async function dueNotices(settings: StorageSettings, now: Date, most: number): Promise<DueNotices> {
  const filter = odata`PartitionKey eq ${PARTITION} and nextAt le ${now.toISOString()}`;
  const due: WaitingNotice[] = [];
  const unreadable: string[] = [];
  for await (const entity of tableOf(settings, 'leavings').listEntities({ queryOptions: { filter } })) {
    try {
      due.push(parseEntity('leavings', Row, entity).row);
    } catch (error) {
      const why = whyUnreadable(error);
      if (why === undefined) throw error;
      unreadable.push(why);
    }
  }
  return { due: due.toSorted((a, b) => Date.parse(a.nextAt) - Date.parse(b.nextAt)).slice(0, most), unreadable };
}

/** Forgets a message that was decided. */
export async function removeWaitingNotice(settings: StorageSettings, waiting: WaitingNotice): Promise<void> {
  await removeEntity(settings, 'leavings', PARTITION, rowKeyOf(waiting));
}

/** HR's ids may have characters that a key must not have. */
function rowKeyOf({ notice }: WaitingNotice): string {
  return createHash('sha256').update(notice.messageId).digest('hex');
}
