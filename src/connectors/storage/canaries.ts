import * as z from 'zod';
import { OffboardingError } from '../../errors.ts';
import { type Canary, CanarySchema } from '../../posture/canary/canary.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { jsonOf, parseEntity } from './base/columns.ts';
import { findEntity } from './base/entities.ts';
import { tableOf } from './base/tables.ts';

/** One row, because of two who begin a canary at once only one may. */
const KEY = { partitionKey: 'canary', rowKey: 'last' } as const;
// What another release says of a canary is carried along.
const Stored = z.object({ canaries: jsonOf(z.array(z.looseObject(CanarySchema.shape))) });
/** Two years of them; a column holds 64 KB. */
const MOST = 24;
const MAX_TRIES = 20;

/** The last canaries, the newest first. */
export async function listCanaries(settings: StorageSettings): Promise<{ readonly canaries: readonly Canary[] }> {
  return { canaries: (await read(settings)).canaries };
}

/**
 * Changes the canaries under their ETag; where another host was faster, `change` is asked again with what stands then.
 * `change` returns undefined to leave them as they are.
 * @returns what stands afterwards
 */
export async function changeCanaries(
  settings: StorageSettings,
  change: (canaries: readonly Canary[]) => readonly Canary[] | undefined,
): Promise<readonly Canary[]> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const { canaries, etag } = await read(settings);
    const next = change(canaries)?.slice(0, MOST);
    if (next === undefined) return canaries;
    const entity = { ...KEY, canaries: JSON.stringify(next) };
    try {
      if (etag === undefined) await tableOf(settings, 'metrics').createEntity(entity);
      else await tableOf(settings, 'metrics').updateEntity(entity, 'Replace', { etag });
      return next;
    } catch (error) {
      if (!answered(error, 404, 409, 412)) throw error;
    }
  }
  throw new OffboardingError('storage-conflict', `The canaries were changed ${MAX_TRIES} times meanwhile.`);
}

async function read(
  settings: StorageSettings,
): Promise<{ readonly canaries: readonly Canary[]; readonly etag?: string }> {
  const entity = await findEntity(settings, 'metrics', KEY.partitionKey, KEY.rowKey);
  if (entity === undefined) return { canaries: [] };
  return { canaries: parseEntity('metrics', Stored, entity).canaries, etag: String(entity.etag) };
}
