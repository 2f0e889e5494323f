import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { BlobServiceClient } from '@azure/storage-blob';
import { deadlinesOf } from '../../../../src/connectors/storage/base/deadline.ts';
import { wholeBlob } from '../../../../src/connectors/storage/base/whole-blob.ts';

/** What becomes of each body that is asked for, in this order; the last holds on. */
let bodies: ('breaks off' | 'hangs' | 'whole')[] = [];
let asked = 0;
const server = createServer((_, response) => {
  const body = bodies[Math.min(asked, bodies.length - 1)];
  asked += 1;
  response.writeHead(200, { 'content-length': '6', etag: '"1"', 'x-ms-blob-type': 'BlockBlob' });
  response.write('abc', () => {
    if (body === 'breaks off') response.destroy();
    if (body === 'whole') response.end('def');
  });
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
after(() => {
  server.closeAllConnections();
  server.close();
});
const { port } = server.address() as AddressInfo;

async function read(seconds: number, ...as: typeof bodies) {
  [bodies, asked] = [as, 0];
  const settings = { STORAGE_TIMEOUT_SECONDS: seconds };
  const [deadline] = deadlinesOf(settings as Parameters<typeof deadlinesOf>[0]);
  const client = new BlobServiceClient(`http://127.0.0.1:${port}/account`)
    .getContainerClient('work')
    .getBlobClient('x');
  const { pipeline } = Reflect.get(client, 'storageClientContext') as {
    readonly pipeline: { addPolicy(policy: unknown): void };
  };
  pipeline.addPolicy(deadline?.policy);
  const { bytes } = await wholeBlob(settings, client);
  return bytes.toString('utf8');
}

test('a body that breaks off is asked for again', async () => {
  assert.equal(await read(60, 'breaks off', 'breaks off', 'whole'), 'abcdef');
  assert.equal(asked, 3);
});

test('one that breaks off each time, or never ends, is storage that does not answer, which passes by itself', async () => {
  await assert.rejects(read(60, 'breaks off'), { code: 'storage-unavailable' });
  assert.equal(asked, 3);
  await assert.rejects(read(0.2, 'hangs'), { code: 'storage-unavailable' });
  assert.equal(asked, 1);
});
