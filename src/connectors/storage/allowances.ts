import * as z from 'zod';
import { OffboardingError } from '../../errors.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { findEntity } from './base/entities.ts';
import { tableOf } from './base/tables.ts';

const PARTITION = 'allowance';
/** One caller asks many times at the same moment; each try reads anew. */
const MAX_TRIES = 50;
const Stored = z.object({ ends: z.iso.datetime(), used: z.number().int() });

/** How much somebody may ask for within a span of time that begins with the first request. */
export interface Allowance {
  readonly caller: string;
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Takes one of what a caller may ask for. Each caller has a row, so that nobody uses up what another may.
 * @returns 0, or after how many milliseconds there is one again
 */
export async function takeAllowance(
  settings: StorageSettings,
  { caller, limit, windowMs }: Allowance,
  now: Date,
): Promise<number> {
  const table = tableOf(settings, 'brakes');
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await read(settings, caller);
    const left = stored === undefined ? 0 : Date.parse(stored.ends) - now.getTime();
    const open = stored !== undefined && left > 0;
    if (open && stored.used >= limit) return left;
    const next = {
      partitionKey: PARTITION,
      rowKey: caller,
      ends: open ? stored.ends : new Date(now.getTime() + windowMs).toISOString(),
      used: open ? stored.used + 1 : 1,
    };
    try {
      if (stored === undefined) await table.createEntity(next);
      else await table.updateEntity(next, 'Replace', { etag: stored.etag });
      return 0;
    } catch (error) {
      if (!answered(error, 409, 412)) throw error;
    }
  }
  throw new OffboardingError(
    'storage-conflict',
    `The allowance of ${caller} was changed ${MAX_TRIES} times meanwhile.`,
  );
}

async function read(
  settings: StorageSettings,
  caller: string,
): Promise<(z.output<typeof Stored> & { readonly etag: string }) | undefined> {
  const entity = await findEntity(settings, 'brakes', PARTITION, caller);
  return entity && { ...Stored.parse(entity), etag: entity.etag };
}
