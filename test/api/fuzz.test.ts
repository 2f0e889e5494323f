import { after, test } from 'node:test';
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

test('whatever is sent to the API, it is answered as the document says, and nothing is half-made or injected', async (t) => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`FUZZ_SEED=${seed}; more of it: npm run test:fuzz -- --runs 10000 --seed ${seed}`);
  await fuzz(world, filters, { seed, runs: Number(process.env.FUZZ_RUNS ?? 200) });
});
