import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { mapBounded } from '../map-bounded.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { tableOf } from './tables.ts';

/** Beside the keys of requests, which are forgotten as well. */
const MARK = { partitionKey: 'purged', rowKey: 'histories' } as const;
const AT_ONCE = 16;

/** Up to which instant histories are purged, in milliseconds since the epoch; undefined where none ever were. */
export async function readPurgedUntil(settings: StorageSettings): Promise<number | undefined> {
  try {
    const entity = await tableOf(settings, 'idempotency').getEntity(MARK.partitionKey, MARK.rowKey);
    return Date.parse(z.object({ until: z.string() }).parse(entity).until);
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}

/** Remembers how far they are purged; whoever is behind purges a slice a second time, and finds nothing. */
export async function writePurgedUntil(settings: StorageSettings, until: number): Promise<void> {
  const entity = { ...MARK, until: new Date(until).toISOString() };
  await tableOf(settings, 'idempotency').upsertEntity(entity, 'Replace');
}

/** Forgets keys of requests that were last written before an instant, at most so many. @returns how many went */
export async function forgetKeys(settings: StorageSettings, before: Date, most: number): Promise<number> {
  const table = tableOf(settings, 'idempotency');
  const filter = odata`PartitionKey eq ${'keys'} and Timestamp lt ${before}`;
  const keys: string[] = [];
  for await (const { rowKey } of table.listEntities({ queryOptions: { filter, select: ['RowKey'] } })) {
    if (rowKey !== undefined) keys.push(rowKey);
    if (keys.length === most) break;
  }
  await mapBounded(keys, AT_ONCE, async (rowKey) => {
    try {
      await table.deleteEntity('keys', rowKey);
    } catch (error) {
      if (!answered(error, 404)) throw error;
    }
  });
  return keys.length;
}
