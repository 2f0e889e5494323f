import { odata } from '@azure/data-tables';
import * as z from 'zod';
import { type DisabledSighting, DisabledSightingSchema } from '../../people/disabled-since.ts';
import type { Oid } from '../../people/oid.ts';
import { mapBounded } from '../map-bounded.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { tableOf } from './tables.ts';

const PARTITION = 'disabled';
const AT_ONCE = 16;

/** Everybody whom sweeps found disabled, and since when. @throws where it cannot be read */
export async function readDisabled(settings: StorageSettings): Promise<readonly DisabledSighting[]> {
  const filter = odata`PartitionKey eq ${PARTITION}`;
  const rows: DisabledSighting[] = [];
  for await (const entity of tableOf(settings, 'people').listEntities({ queryOptions: { filter } })) {
    rows.push(DisabledSightingSchema.parse(JSON.parse(z.object({ row: z.string() }).parse(entity).row)));
  }
  return rows;
}

/** Writes who is disabled, and forgets who is not any more: whoever is disabled again later is so from then. */
export async function rememberDisabled(
  settings: StorageSettings,
  sightings: readonly DisabledSighting[],
  noMore: readonly Oid[],
): Promise<void> {
  const table = tableOf(settings, 'people');
  await mapBounded(sightings, AT_ONCE, (row) =>
    table.upsertEntity({ partitionKey: PARTITION, rowKey: row.oid, row: JSON.stringify(row) }, 'Replace'),
  );
  await mapBounded(noMore, AT_ONCE, async (oid) => {
    try {
      await table.deleteEntity(PARTITION, oid);
    } catch (error) {
      if (!answered(error, 404)) throw error;
    }
  });
}
