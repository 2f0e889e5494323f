import { type DisabledSighting, DisabledSightingSchema } from '../../../people/disabled-since.ts';
import type { Oid } from '../../../people/oid.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { StorageSettings } from '../../settings.ts';
import { entitiesOf, findEntity, removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

const PARTITION = 'disabled';
const AT_ONCE = 16;

/** What is known of the disabled, and the keys of rows that cannot be read, which are object ids. */
export interface DisabledRead {
  readonly sightings: readonly DisabledSighting[];
  readonly unreadable: readonly string[];
}

/**
 * Everybody whom sweeps found disabled, and since when. Each row is read by itself: one that somebody else wrote, or that
 * was cut short, says nothing of the others. @throws where the table cannot be read
 */
export async function readDisabled(settings: StorageSettings): Promise<DisabledRead> {
  const sightings: DisabledSighting[] = [];
  const unreadable: string[] = [];
  for await (const { rowKey = '', row } of entitiesOf(settings, 'people', PARTITION)) {
    const sighting = sightingIn(row);
    if (sighting === undefined || sighting.oid !== rowKey) unreadable.push(rowKey);
    else sightings.push(sighting);
  }
  return { sightings, unreadable };
}

/** Since when sweeps found one person disabled; undefined where they did not, or where their row cannot be read. */
export async function findDisabled(settings: StorageSettings, oid: Oid): Promise<DisabledSighting | undefined> {
  const sighting = sightingIn((await findEntity(settings, 'people', PARTITION, oid))?.row);
  return sighting?.oid === oid ? sighting : undefined;
}

function sightingIn(row: unknown): DisabledSighting | undefined {
  try {
    return typeof row === 'string' ? DisabledSightingSchema.safeParse(JSON.parse(row)).data : undefined;
  } catch {
    return undefined;
  }
}

/** Writes who is disabled, and forgets who is not any more: whoever is disabled again later is so from then. */
export async function rememberDisabled(
  settings: StorageSettings,
  sightings: readonly DisabledSighting[],
  noMore: readonly string[],
): Promise<void> {
  const table = tableOf(settings, 'people');
  await mapBounded(sightings, AT_ONCE, (row) =>
    table.upsertEntity({ partitionKey: PARTITION, rowKey: row.oid, row: JSON.stringify(row) }, 'Replace'),
  );
  await mapBounded(noMore, AT_ONCE, (oid) => removeEntity(settings, 'people', PARTITION, oid));
}
