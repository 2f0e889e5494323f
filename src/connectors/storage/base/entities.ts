import { type GetTableEntityResponse, odata, type TableEntityResult } from '@azure/data-tables';
import type { StorageSettings } from '../../settings.ts';
import { answered } from './answered.ts';
import { type TableName, tableOf } from './tables.ts';

/** An entity as storage holds it, with its ETag: whoever reads it says what it must look like. */
type Found = GetTableEntityResponse<TableEntityResult<Record<string, unknown>>>;

/** The entity of a key; undefined where there is none. @throws RestError where storage does not answer */
export async function findEntity(
  settings: StorageSettings,
  table: TableName,
  partitionKey: string,
  rowKey: string,
): Promise<Found | undefined> {
  try {
    return await tableOf(settings, table).getEntity(partitionKey, rowKey);
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}

/** Every entity of a partition, in the order of their keys. @throws RestError where storage does not answer */
export function entitiesOf(
  settings: StorageSettings,
  table: TableName,
  partitionKey: string,
): AsyncIterable<TableEntityResult<Record<string, unknown>>> {
  const filter = odata`PartitionKey eq ${partitionKey}`;
  return tableOf(settings, table).listEntities({ queryOptions: { filter } });
}

/** Takes an entity away unless it is gone already, or, where `etag` is given, was written anew meanwhile. */
export async function removeEntity(
  settings: StorageSettings,
  table: TableName,
  partitionKey: string,
  rowKey: string,
  etag?: string,
): Promise<void> {
  try {
    await tableOf(settings, table).deleteEntity(partitionKey, rowKey, etag === undefined ? {} : { etag });
  } catch (error) {
    if (!answered(error, 404, 412)) throw error;
  }
}
