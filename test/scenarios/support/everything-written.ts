import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import type { Stack } from '../../../local/stack.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';

/** Something that the app wrote, and where. */
export interface Written {
  readonly where: string;
  readonly bytes: Buffer;
}

/** Everything the app left at rest: durable history, blobs, table rows and log lines. */
export async function everythingWritten(stack: Stack): Promise<Written[]> {
  return [...historyFiles(stack), ...(await blobs(stack)), ...(await tableRows(stack)), ...logLines(stack)];
}

/** A credential for storage as one of the app's own identities has it. */
export function storageCredential({ tenant }: Pick<Stack, 'tenant'>): TokenCredential {
  const { clientId, oid } = WORLD.app.remover;
  return {
    getToken: async () => ({
      token: await tenant.tokens.issue({ audience: 'https://storage.azure.com', clientId, oid, version: 1 }),
      expiresOnTimestamp: Date.now() + 3_000_000,
    }),
  };
}

function historyFiles({ stateDir }: Stack): Written[] {
  return readdirSync(stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ where: `history ${path}`, bytes: readFileSync(path) }));
}

/** The blobs of one container by name, below a prefix. */
export async function blobsOf(stack: Stack, container: string, prefix = ''): Promise<Map<string, Buffer>> {
  const client = new BlobServiceClient(stack.storage.blob, storageCredential(stack)).getContainerClient(container);
  const found = new Map<string, Buffer>();
  for await (const { name } of client.listBlobsFlat({ prefix })) {
    found.set(name, await client.getBlobClient(name).downloadToBuffer());
  }
  return found;
}

async function blobs(stack: Stack): Promise<Written[]> {
  const service = new BlobServiceClient(stack.storage.blob, storageCredential(stack));
  const found: Written[] = [];
  for await (const { name: container } of service.listContainers()) {
    for (const [name, bytes] of await blobsOf(stack, container))
      found.push({ where: `blob ${container}/${name}`, bytes });
  }
  return found;
}

async function tableRows(stack: Stack): Promise<Written[]> {
  const credential = storageCredential(stack);
  const found: Written[] = [];
  for await (const { name } of new TableServiceClient(stack.storage.table, credential).listTables()) {
    if (name === undefined) continue;
    for await (const row of new TableClient(stack.storage.table, name, credential).listEntities()) {
      found.push({ where: `table ${name}`, bytes: Buffer.from(JSON.stringify(row)) });
    }
  }
  return found;
}

function logLines({ logs }: Stack): Written[] {
  return logs.map((line, index) => ({ where: `log line ${index}`, bytes: Buffer.from(line) }));
}
