import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type DeletedSighting, DeletedSightingSchema } from '../../../people/deleted-sightings.ts';
import type { StorageSettings } from '../../settings.ts';
import { tableOf } from '../base/tables.ts';

const PARTITION = 'deletedsightings';

/** Everything that is remembered of what lists show of the deleted; some hundred rows at the most. */
export async function readDeletedSightings(settings: StorageSettings): Promise<readonly DeletedSighting[]> {
  const filter = odata`PartitionKey eq ${PARTITION}`;
  const rows: DeletedSighting[] = [];
  for await (const entity of tableOf(settings, 'people').listEntities({ queryOptions: { filter } })) {
    rows.push(DeletedSightingSchema.parse(JSON.parse(z.object({ row: z.string() }).parse(entity).row)));
  }
  return rows;
}

/** Writes what a reading showed. Of sightings that say nearly the same the latest is kept. */
export async function rememberDeletedSightings(
  settings: StorageSettings,
  sightings: readonly DeletedSighting[],
): Promise<void> {
  for (const [rowKey, row] of new Map(sightings.map((each) => [keyOf(each), each]))) {
    const entity = { partitionKey: PARTITION, rowKey, row: JSON.stringify(row) };
    await tableOf(settings, 'people').upsertEntity(entity, 'Replace');
  }
}

/**
 * One row for a list, what it did, twice the age and a sixteenth of all people: so that the table stays small, and one
 * person’s sighting takes the place of few others’.
 */
function keyOf({ list, shown, oid, deletedForMs }: DeletedSighting): string {
  const age = Math.floor(Math.log2(deletedForMs / 60_000 + 1));
  const where = createHash('sha256').update(list).digest('hex').slice(0, 16);
  return `${where}-${shown ? 'shown' : 'hidden'}-${age}-${oid.slice(-1)}`;
}
