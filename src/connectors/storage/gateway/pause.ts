import { type EndedPause, type Pause, type PauseEnd, PauseSchema } from '../../../cases/pause.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { findEntity, removeEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

const KEY = { partitionKey: 'pause', rowKey: 'pause' } as const;
const Stored = PauseSchema.strip();

/** Who paused the app, since when and why; undefined where it works. */
export async function readPause(settings: StorageSettings): Promise<Pause | undefined> {
  const entity = await findEntity(settings, 'brakes', KEY.partitionKey, KEY.rowKey);
  return entity && Stored.parse(entity);
}

/** Pauses the app. Of several who do, the first one stands. @returns the pause that holds */
export async function pauseApp(settings: StorageSettings, pause: Pause): Promise<Pause> {
  try {
    await tableOf(settings, 'brakes').createEntity({ ...KEY, ...pause });
    return pause;
  } catch (error) {
    if (answered(error, 409)) return (await readPause(settings)) ?? pause;
    throw error;
  }
}

/**
 * Ends the pause that stands, and no other: one that somebody begins meanwhile holds. Who ended it and why is on record
 * before it ends.
 * @returns what it was; undefined where there was none, or where somebody else ended it
 */
export async function endPause(settings: StorageSettings, end: PauseEnd): Promise<EndedPause | undefined> {
  const entity = await findEntity(settings, 'brakes', KEY.partitionKey, KEY.rowKey);
  if (entity === undefined) return undefined;
  const ended = { ...Stored.parse(entity), ...end };
  const table = tableOf(settings, 'brakes');
  const rowKey = `ended-${ended.since}-${end.endedAt}`;
  await table.upsertEntity({ partitionKey: KEY.partitionKey, rowKey, ...ended }, 'Replace');
  try {
    await table.deleteEntity(KEY.partitionKey, KEY.rowKey, { etag: entity.etag });
    return ended;
  } catch (error) {
    if (!answered(error, 404, 412)) throw error;
    await removeEntity(settings, 'brakes', KEY.partitionKey, rowKey);
    return undefined;
  }
}
