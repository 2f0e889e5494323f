import { Readable } from 'node:stream';
import { RestError } from '@azure/core-rest-pipeline';
import { BlobServiceClient } from '@azure/storage-blob';

interface Blob {
  readonly content: Buffer;
  readonly etag: string;
  readonly lastModified: Date;
}
interface Options {
  readonly conditions?: { readonly ifMatch?: string; readonly ifNoneMatch?: string };
}

const { getContainerClient } = BlobServiceClient.prototype;

/** Puts Azure's client back in its place. */
export function keepBlobsAtAzure(): void {
  Object.assign(BlobServiceClient.prototype, { getContainerClient });
}

/** Puts containers in memory in the place of Azure's client, in this process, until `keepBlobsAtAzure`. */
export function keepBlobsInMemory(): void {
  const containers = new Map<string, Map<string, Blob>>();
  let writes = 0;
  const refuse = (statusCode: number): never => {
    throw new RestError(`storage answered ${statusCode}`, { statusCode });
  };
  const containerOf = (name: string) => {
    const blobs = containers.get(name) ?? new Map<string, Blob>();
    containers.set(name, blobs);
    const allowed = (blob: Blob | undefined, { conditions: { ifMatch, ifNoneMatch } = {} }: Options): void => {
      if (ifNoneMatch === '*' && blob !== undefined) refuse(409);
      if (ifMatch !== undefined && blob?.etag !== ifMatch) refuse(412);
    };
    const blobOf = (blobName: string) => {
      const found = (): Blob => blobs.get(blobName) ?? refuse(404);
      return {
        name: blobName,
        upload: async (body: string | Buffer, _length: number, options: Options = {}) => {
          allowed(blobs.get(blobName), options);
          writes += 1;
          const etag = `"${writes}"`;
          blobs.set(blobName, { content: Buffer.from(body), etag, lastModified: new Date() });
          return { etag };
        },
        download: async () => {
          const { content, etag } = found();
          return { readableStreamBody: Readable.from([content]), etag };
        },
        downloadToBuffer: async (_from?: number, _count?: number, options: Options = {}) => {
          allowed(found(), options);
          return found().content;
        },
        getProperties: async () => ({ etag: found().etag }),
        exists: async () => blobs.has(blobName),
        delete: async (options: Options = {}) => {
          allowed(found(), options);
          blobs.delete(blobName);
        },
        deleteIfExists: async () => ({ succeeded: blobs.delete(blobName) }),
      };
    };
    return {
      createIfNotExists: async () => ({ succeeded: true }),
      getBlobClient: blobOf,
      getBlockBlobClient: blobOf,
      async *listBlobsFlat({ prefix = '' } = {}) {
        const names = [...blobs.keys()].filter((each) => each.startsWith(prefix)).sort();
        for (const each of names) {
          const { lastModified } = blobs.get(each) ?? refuse(404);
          yield { name: each, properties: { lastModified } };
        }
      },
    };
  };
  Object.assign(BlobServiceClient.prototype, { getContainerClient: containerOf });
}
