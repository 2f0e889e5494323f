import { after, test } from 'node:test';
import { SEED } from '../support/properties.ts';
import { keepBlobsInMemory } from '../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../support/storage-in-memory/tables.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { watchFilters } from './fuzz/judge.ts';
import { startWorld } from './fuzz/world.ts';

keepTablesInMemory();
keepBlobsInMemory();
const filters = watchFilters();
const world = await startWorld('memory');
after(() => world.app.stop());

test('whatever is sent to the API, it is answered as the document says, and nothing is half-made or injected', async () => {
  await fuzz(world, filters, { seed: SEED, runs: Number(process.env.FUZZ_RUNS ?? 200) });
});
