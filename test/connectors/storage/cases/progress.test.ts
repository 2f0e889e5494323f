import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { beginCounting, countDone, readProgress } from '../../../../src/connectors/storage/cases/progress.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';

keepBlobsInMemory();
const settings = {
  READER_CLIENT_ID: 'reader',
  REMOVER_CLIENT_ID: 'remover',
  BLOB_ENDPOINT: 'https://127.0.0.1:1/none',
  TABLE_ENDPOINT: 'https://127.0.0.1:1/none',
  STORAGE_TIMEOUT_SECONDS: 1,
};
const RUN = 'a-case';
const counted = { source: 'github/repositories:acme', unit: 'repositories' };
const now = (): string => new Date().toISOString();

test('a case that is read again counts anew: what the reading before counted is no progress of this one', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-20T09:00:00Z') });
  await beginCounting(settings, RUN, { ...counted, of: 300, at: now() });
  for (const piece of ['a', 'b', 'c']) await countDone(settings, RUN, counted.source, piece, 100);
  mock.timers.tick(60_000);
  const filed = new Date();
  assert.deepEqual((await readProgress(settings, RUN))[0]?.done, 300);
  assert.deepEqual(await readProgress(settings, RUN, filed), []);

  mock.timers.tick(60_000);
  const at = now();
  await beginCounting(settings, RUN, { ...counted, of: 300, at });
  assert.deepEqual(await readProgress(settings, RUN, filed), [{ ...counted, of: 300, at, done: 0 }]);
  // The same batch under the same name, delivered twice.
  for (const piece of ['a', 'a']) await countDone(settings, RUN, counted.source, piece, 100);
  assert.deepEqual((await readProgress(settings, RUN, filed))[0]?.done, 100);
  mock.timers.reset();
});
