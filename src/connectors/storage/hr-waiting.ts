import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type WaitingNotice, WaitingNoticeSchema } from '../../people/hr-notice.ts';
import type { StorageSettings } from '../settings.ts';
import { removeEntity } from './entities.ts';
import { tableOf } from './tables.ts';

/** Beside what HR said of leavings, in the same table. */
const PARTITION = 'waiting';

/** Lets a message wait for its next try; the same one again replaces what was written. */
export async function enterWaitingNotice(settings: StorageSettings, waiting: WaitingNotice): Promise<void> {
  const key = { partitionKey: PARTITION, rowKey: rowKeyOf(waiting) };
  const entity = { ...key, nextAt: waiting.nextAt, row: JSON.stringify(waiting) };
  await tableOf(settings, 'leavings').upsertEntity(entity, 'Replace');
}

/** The messages whose next try is due, the longest due first, `most` at most. */
export async function dueNotices(settings: StorageSettings, now: Date, most: number): Promise<WaitingNotice[]> {
  const filter = odata`PartitionKey eq ${PARTITION} and nextAt le ${now.toISOString()}`;
  const due: WaitingNotice[] = [];
  for await (const entity of tableOf(settings, 'leavings').listEntities({ queryOptions: { filter } }))
    due.push(WaitingNoticeSchema.parse(JSON.parse(z.object({ row: z.string() }).parse(entity).row)));
  return due.toSorted((a, b) => Date.parse(a.nextAt) - Date.parse(b.nextAt)).slice(0, most);
}

/** Forgets a message that was decided. */
export async function removeWaitingNotice(settings: StorageSettings, waiting: WaitingNotice): Promise<void> {
  await removeEntity(settings, 'leavings', PARTITION, rowKeyOf(waiting));
}

/** HR's ids may have characters that a key must not have. */
function rowKeyOf({ notice }: WaitingNotice): string {
  return createHash('sha256').update(notice.messageId).digest('hex');
}
