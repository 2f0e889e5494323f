import type { ContainerClient } from '@azure/storage-blob';
import { type DeadLetterFile, type DeadLetterKind, deadLetterName } from '../../../ingestion/dead-letter.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { blobsOf } from '../base/blobs.ts';

const CONTAINER = 'dead-letter';

const containerOf = (settings: StorageSettings): ContainerClient => blobsOf(settings, CONTAINER);

/** Makes the container where it is missing. In Azure, Terraform made it and this changes nothing. */
export async function ensureDeadLetters(settings: StorageSettings): Promise<void> {
  await containerOf(settings).createIfNotExists();
}

/** Keeps the dead letters of a batch and returns the blob's name, `dead-letter/…`. The same again is the same blob. */
export async function keepDeadLetters(settings: StorageSettings, file: DeadLetterFile): Promise<string> {
  const content = JSON.stringify(file);
  const name = deadLetterName(file, content);
  try {
    await containerOf(settings)
      .getBlockBlobClient(name)
      .upload(content, Buffer.byteLength(content), {
        conditions: { ifNoneMatch: '*' },
        blobHTTPHeaders: { blobContentType: 'application/json' },
      });
  } catch (error) {
    if (!answered(error, 409, 412)) throw error;
  }
  return `${CONTAINER}/${name}`;
}

/** Names of the first files of a kind, oldest day first; of one day (UTC, `yyyy-MM-dd`) where it is given. */
export async function listDeadLetters(
  settings: StorageSettings,
  kind: DeadLetterKind,
  most: number,
  day?: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  const prefix = day === undefined ? `${kind}/` : `${kind}/${day}/`;
  try {
    for await (const { name } of containerOf(settings).listBlobsFlat({ prefix })) {
      names.push(name);
      if (names.length === most) break;
    }
  } catch (error) {
    // No container: there was never a dead letter.
    if (!answered(error, 404)) throw error;
  }
  return names;
}

/** One file, or undefined where it is gone: somebody else was faster. */
export async function readDeadLetters(settings: StorageSettings, name: string): Promise<DeadLetterFile | undefined> {
  try {
    const bytes = await containerOf(settings).getBlobClient(name).downloadToBuffer();
    // Written by this module alone, into a container that nobody else may write.
    return JSON.parse(bytes.toString('utf8')) as DeadLetterFile;
  } catch (error) {
    if (answered(error, 404)) return undefined;
    throw error;
  }
}

/** Removes a file; one that is gone already is no fault. */
export async function removeDeadLetters(settings: StorageSettings, name: string): Promise<void> {
  await containerOf(settings).getBlobClient(name).deleteIfExists();
}
