import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { mapBounded } from '../../map-bounded.ts';
import type { StorageSettings } from '../../settings.ts';
import type { Columns } from '../base/columns.ts';
import { findEntity, removeEntity } from '../base/entities.ts';
import { type TableName, tableOf } from '../base/tables.ts';
import { LEAVINGS, readableLeavingIn } from '../people/hr-leavings.ts';

/** Beside the keys of requests, which are forgotten as well. */
const MARK = { partitionKey: 'purged', rowKey: 'histories' } as const;
const AT_ONCE = 16;

/** Up to which instant histories are purged, in milliseconds since the epoch; undefined where none ever were. */
export async function readPurgedUntil(settings: StorageSettings): Promise<number | undefined> {
  const entity = await findEntity(settings, 'idempotency', MARK.partitionKey, MARK.rowKey);
  return entity && Date.parse(z.object({ until: z.string() }).parse(entity).until);
}

/** Remembers how far they are purged; whoever is behind purges a slice a second time, and finds nothing. */
export async function writePurgedUntil(settings: StorageSettings, until: number): Promise<void> {
  const entity = { ...MARK, until: new Date(until).toISOString() };
  await tableOf(settings, 'idempotency').upsertEntity(entity, 'Replace');
}

/** Forgets keys of requests that were last written before an instant, at most so many. @returns how many went */
export async function forgetKeys(settings: StorageSettings, before: Date, most: number): Promise<number> {
  const filter = odata`PartitionKey eq ${'keys'} and Timestamp lt ${before}`;
  return forget(settings, 'idempotency', { filter, select: [], most });
}

/** Forgets messages that were told or are void since before an instant, at most so many. What waits is never forgotten. */
export async function forgetMessages(settings: StorageSettings, before: Date, most: number): Promise<number> {
  const filter = odata`(state eq ${'told'} or state eq ${'void'}) and Timestamp lt ${before}`;
  return forget(settings, 'outbox', { filter, select: [], most });
}

/** Forgets what HR said of leavings before an instant, at most so many; not where the last day is later than that. */
export async function forgetLeavings(settings: StorageSettings, before: Date, most: number): Promise<number> {
  const filter = odata`PartitionKey eq ${LEAVINGS} and Timestamp lt ${before}`;
  const today = before.toISOString().slice(0, 10);
  const isOver = (entity: Columns): boolean => {
    const leaving = readableLeavingIn(entity);
    if (leaving === undefined) return false;
    const lastDay = leaving.notice.leaving?.lastDay ?? leaving.notice.lastDay;
    return lastDay === undefined || lastDay < today;
  };
  return forget(settings, 'leavings', { filter, select: ['row'], most, isOver });
}

interface Which {
  readonly filter: string;
  /** Columns that `isOver` needs. */
  readonly select: readonly string[];
  readonly most: number;
  readonly isOver?: (entity: Columns) => boolean;
}

/** Deletes rows under their ETag: one that was written again since it was read stays. */
async function forget(settings: StorageSettings, name: TableName, which: Which): Promise<number> {
  const { filter, most, isOver = () => true } = which;
  const table = tableOf(settings, name);
  const keys: { readonly partitionKey: string; readonly rowKey: string; readonly etag: string }[] = [];
  const select = ['PartitionKey', 'RowKey', ...which.select];
  for await (const entity of table.listEntities({ queryOptions: { filter, select } })) {
    const { partitionKey, rowKey, etag } = entity;
    if (partitionKey !== undefined && rowKey !== undefined && isOver(entity)) keys.push({ partitionKey, rowKey, etag });
    if (keys.length === most) break;
  }
  await mapBounded(keys, AT_ONCE, ({ partitionKey, rowKey, etag }) =>
    removeEntity(settings, name, partitionKey, rowKey, etag),
  );
  return keys.length;
}
