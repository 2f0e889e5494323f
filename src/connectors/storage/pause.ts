import { type Pause, PauseSchema } from '../../cases/pause.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { findEntity, removeEntity } from './entities.ts';
import { tableOf } from './tables.ts';

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

/** Ends the pause. @returns what it was; undefined where there was none */
export async function endPause(settings: StorageSettings): Promise<Pause | undefined> {
  const pause = await readPause(settings);
  if (pause === undefined) return undefined;
  await removeEntity(settings, 'brakes', KEY.partitionKey, KEY.rowKey);
  return pause;
}
