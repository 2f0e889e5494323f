import { createHash } from 'node:crypto';
import * as z from 'zod';
import { OffboardingError } from '../../errors.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { findEntity } from './base/entities.ts';
import { tableOf } from './base/tables.ts';

const PARTITION = 'keys';

interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  readonly body: string;
}

/** What an Idempotency-Key of a caller stands for. Nothing is written: `new` where nobody remembered it. */
export async function lookUpKey(
  settings: StorageSettings,
  { caller, key, body }: KeyedRequest,
): Promise<'new' | 'repeated' | 'another-request'> {
  const rowKey = rowKeyOf(caller, key);
  const entity = await findEntity(settings, 'idempotency', PARTITION, rowKey);
  if (entity === undefined) return 'new';
  const known = z.object({ bodySha256: z.string() }).safeParse(entity);
  if (!known.success) throw new OffboardingError('unexpected', `The idempotency key ${rowKey} has no body.`);
  return known.data.bodySha256 === digest(body) ? 'repeated' : 'another-request';
}

/**
 * Remembers which request an Idempotency-Key of a caller stands for.
 * @returns `another-request` where the key was used with another body before
 */
export async function rememberKey(
  settings: StorageSettings,
  request: KeyedRequest,
): Promise<'first' | 'repeated' | 'another-request'> {
  const { caller, key, body } = request;
  const entity = { partitionKey: PARTITION, rowKey: rowKeyOf(caller, key), bodySha256: digest(body) };
  try {
    await tableOf(settings, 'idempotency').createEntity(entity);
    return 'first';
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
  const known = await lookUpKey(settings, request);
  // Forgotten between the two: its days are over.
  return known === 'new' ? rememberKey(settings, request) : known;
}

function rowKeyOf(caller: string, key: string): string {
  return digest(`${caller}\n${key}`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
