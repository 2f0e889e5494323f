import { OffboardingError } from '../../../errors.ts';
import type { StorageSettings } from '../../settings.ts';
import { containerOf } from '../evidence/evidence.ts';
import { answered } from './answered.ts';
import { wholeBlob } from './whole-blob.ts';

/** Hosts that write one document at the same moment; each try reads anew. */
const MAX_TRIES = 20;

/**
 * Changes a document of the container `work` under its ETag; where another host was faster, `change` is asked again with
 * what stands then. `change` gets undefined where there is none, and returns undefined to leave it as it is.
 * @returns what stands afterwards
 */
export async function changeDocument(
  settings: StorageSettings,
  name: string,
  change: (before: string | undefined) => string | undefined,
): Promise<string | undefined> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stored = await read(settings, name);
    const next = change(stored?.content);
    if (next === undefined || next === stored?.content) return stored?.content;
    if (await write(settings, name, next, stored?.etag)) return next;
  }
  throw new OffboardingError('storage-conflict', `${name} was changed ${MAX_TRIES} times meanwhile.`);
}

interface Stored {
  readonly content: string;
  readonly etag: string;
}

async function read(settings: StorageSettings, name: string): Promise<Stored | undefined> {
  try {
    const blob = containerOf(settings, 'work').getBlobClient(name);
    const { bytes, etag } = await wholeBlob(settings, blob);
    return { content: bytes.toString('utf8'), etag };
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}

/** False where another host was faster. */
async function write(
  settings: StorageSettings,
  name: string,
  content: string,
  etag: string | undefined,
): Promise<boolean> {
  try {
    await containerOf(settings, 'work')
      .getBlockBlobClient(name)
      .upload(content, Buffer.byteLength(content), {
        conditions: etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag },
        blobHTTPHeaders: { blobContentType: 'application/json' },
      });
    return true;
  } catch (error) {
    if (answered(error, 404, 409, 412)) return false;
    throw error;
  }
}
