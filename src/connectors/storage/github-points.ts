import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { OffboardingError } from '../../errors.ts';
import type { StorageSettings } from '../settings.ts';
import { answered } from './base/answered.ts';
import { tableOf } from './base/tables.ts';

const PARTITION = 'github';
const Entity = z.object({ ledger: z.string() });

/** Every instance changes the row; whoever lost the race waits a little, by chance, and looks again. */
const MAX_TRIES = 200;
const DEADLINE_MS = 5_000;

/** Retries are ours: what a lost race needs is a new reading, and a storage that is away is told at once. */
const rowsOf = (settings: StorageSettings) => tableOf(settings, 'budgets', 0);

/**
 * Changes the ledger of an installation's points under its ETag; `change` gets undefined where there is none, and may
 * be asked several times.
 *
 * @throws RestError where storage does not answer
 */
export async function changeGitHubPoints<T>(
  settings: StorageSettings,
  installation: string,
  change: (ledger: string | undefined) => { readonly ledger: string; readonly answer: T },
): Promise<T> {
  const rowKey = encodeURIComponent(installation);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await read(settings, rowKey);
    const { ledger, answer } = change(stored?.ledger);
    if (await write(settings, { partitionKey: PARTITION, rowKey, ledger }, stored?.etag)) return answer;
    await delay(Math.random() * Math.min(20 * attempt, 500));
  }
  throw new OffboardingError(
    'storage-conflict',
    `The budget of ${installation} was changed ${MAX_TRIES} times meanwhile.`,
  );
}

/** The ledger as it stands; undefined where there is none. @throws RestError where storage does not answer */
export async function readGitHubPoints(settings: StorageSettings, installation: string): Promise<string | undefined> {
  return (await read(settings, encodeURIComponent(installation)))?.ledger;
}

async function read(
  settings: StorageSettings,
  rowKey: string,
): Promise<{ readonly ledger: string; readonly etag: string } | undefined> {
  try {
    const abortSignal = AbortSignal.timeout(DEADLINE_MS);
    const entity = await rowsOf(settings).getEntity(PARTITION, rowKey, { abortSignal });
    return { ...Entity.parse(entity), etag: entity.etag };
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}

/** False where another instance was faster. */
async function write(
  settings: StorageSettings,
  entity: { readonly partitionKey: string; readonly rowKey: string; readonly ledger: string },
  etag: string | undefined,
): Promise<boolean> {
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  try {
    if (etag === undefined) await rowsOf(settings).createEntity(entity, { abortSignal });
    else await rowsOf(settings).updateEntity(entity, 'Replace', { etag, abortSignal });
    return true;
  } catch (error) {
    // A table that is gone answers 404 as well, and that must be seen.
    if (answered(error, 409, 412)) return false;
    throw error;
  }
}
