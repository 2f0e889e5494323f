import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import * as z from 'zod';
import type { UnownedPlace } from '../../cases/coverage/unowned-place.ts';
import { OffboardingError } from '../../errors.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { findEntity } from './base/entities.ts';
import { tableOf } from './base/tables.ts';

/** A place is one row, in the partition of its organisation. */
export type UnownedKey = Pick<UnownedPlace, 'id' | 'organisation'> & { readonly resource: { readonly system: string } };

/** Two cases may read one place at the same moment; each try reads anew. */
const MAX_TRIES = 20;

const Entity = z.object({ place: z.string() });

/** Every remembered place, or those of one organisation at one vendor. */
export async function listUnowned(
  settings: StorageSettings,
  of?: { readonly system: string; readonly organisation: string },
): Promise<UnownedPlace[]> {
  const filter = of === undefined ? {} : { filter: odata`PartitionKey eq ${partitionOf(of.system, of.organisation)}` };
  const places: UnownedPlace[] = [];
  for await (const entity of tableOf(settings, 'unowned').listEntities({ queryOptions: filter })) {
    places.push(placeOf(entity));
  }
  return places.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/**
 * Changes what is remembered of a place, under its ETag. `change` gets undefined where nothing is, and returns it to
 * forget the place.
 */
export async function changeUnowned(
  settings: StorageSettings,
  key: UnownedKey,
  change: (known: UnownedPlace | undefined) => UnownedPlace | undefined,
): Promise<void> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await read(settings, key);
    const next = change(stored?.place);
    if (next === stored?.place || (await replace(settings, key, next, stored?.etag))) return;
  }
  throw new OffboardingError('storage-conflict', `The tokens in ${key.id} were changed ${MAX_TRIES} times meanwhile.`);
}

/** False where another writer was faster. */
async function replace(
  settings: StorageSettings,
  key: UnownedKey,
  place: UnownedPlace | undefined,
  etag: string | undefined,
): Promise<boolean> {
  const table = tableOf(settings, 'unowned');
  const keys = keysOf(key);
  try {
    if (place === undefined) await table.deleteEntity(keys.partitionKey, keys.rowKey, { etag: etag ?? '*' });
    else {
      const entity = { ...keys, place: JSON.stringify(place) };
      if (etag === undefined) await table.createEntity(entity);
      else await table.updateEntity(entity, 'Replace', { etag });
    }
    return true;
  } catch (error) {
    if (answered(error, 404, 409, 412)) return false;
    throw error;
  }
}

async function read(
  settings: StorageSettings,
  key: UnownedKey,
): Promise<{ readonly place: UnownedPlace; readonly etag: string } | undefined> {
  const { partitionKey, rowKey } = keysOf(key);
  const entity = await findEntity(settings, 'unowned', partitionKey, rowKey);
  return entity && { place: placeOf(entity), etag: entity.etag };
}

/** Written by this module alone, into a table that nobody else may write. */
function placeOf(entity: unknown): UnownedPlace {
  return JSON.parse(Entity.parse(entity).place) as UnownedPlace;
}

function keysOf({ id, organisation, resource }: UnownedKey): { partitionKey: string; rowKey: string } {
  return { partitionKey: partitionOf(resource.system, organisation), rowKey: digest(id) };
}

/** Ids of places hold characters that no key may have. */
function partitionOf(system: string, organisation: string): string {
  return digest(`${system}/${organisation}`);
}

function keyOf({ resource, organisation, id }: UnownedPlace): string {
  return `${resource.system}/${organisation}/${id}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
