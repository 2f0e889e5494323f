import { buffer } from 'node:stream/consumers';
import type { BlobClient } from '@azure/storage-blob';
import { OffboardingError } from '../../../errors.ts';
import type { StorageSettings } from '../../settings.ts';

/** A body that breaks off is asked for so often. */
const TRIES = 3;

/** A document as it was read. */
export interface WholeBlob {
  readonly bytes: Buffer;
  readonly etag: string;
}

/**
 * A whole document in one request: `downloadToBuffer` asks for its length first, in a request of its own. A body that
 * breaks off, and one that comes to no end within the deadline of the call, is the SDK's `AbortError`, of which it asks
 * for nothing again (github.com/Azure/azure-sdk-for-js, `sourceAbortedHandler` in RetriableReadableStream.ts). So the
 * document is asked for anew while there is time, and in the end it is storage that does not answer.
 */
export async function wholeBlob(
  { STORAGE_TIMEOUT_SECONDS: seconds }: Pick<StorageSettings, 'STORAGE_TIMEOUT_SECONDS'>,
  blob: BlobClient,
): Promise<WholeBlob> {
  const until = performance.now() + seconds * 1_000;
  for (let attempt = 1; ; attempt += 1) {
    const { readableStreamBody, etag } = await blob.download();
    if (readableStreamBody === undefined || etag === undefined)
      throw new OffboardingError('unexpected', `${blob.name} came without a body.`);
    try {
      return { bytes: await buffer(readableStreamBody), etag };
    } catch (error) {
      if (attempt < TRIES && performance.now() < until) continue;
      const why = error instanceof Error ? error.message : 'unknown';
      const message = `GET ${new URL(blob.url).host}/${blob.containerName}/${blob.name}: its body broke off: ${why}`;
      throw new OffboardingError('storage-unavailable', message, { cause: error });
    }
  }
}
