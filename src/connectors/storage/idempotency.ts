import { createHash } from 'node:crypto';
import * as z from 'zod';
import { OffboardingError } from '../../errors.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './answered.ts';
import { tableOf } from './tables.ts';

const PARTITION = 'keys';

/**
 * Remembers which request an Idempotency-Key of a caller stands for.
 * @returns `another-request` where the key was used with another body before
 */
export async function rememberKey(
  settings: StorageSettings,
  { caller, key, body }: { readonly caller: string; readonly key: string; readonly body: string },
): Promise<'first' | 'repeated' | 'another-request'> {
  const rowKey = digest(`${caller}\n${key}`);
  const bodySha256 = digest(body);
  try {
    await tableOf(settings, 'idempotency').createEntity({ partitionKey: PARTITION, rowKey, bodySha256 });
    return 'first';
  } catch (error) {
    if (!answered(error, 409)) throw error;
  }
  const known = z
    .object({ bodySha256: z.string() })
    .safeParse(await tableOf(settings, 'idempotency').getEntity(PARTITION, rowKey));
  if (!known.success) throw new OffboardingError('unexpected', `The idempotency key ${rowKey} has no body.`);
  return known.data.bodySha256 === bodySha256 ? 'repeated' : 'another-request';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
