/**
 * Requests of every kind to every operation of the API, judged as in `npm test`.
 * `npm run test:fuzz -- --runs 10000 --seed 1 --azurite`
 */
import { parseArgs } from 'node:util';
import { readNumber } from '../../../local/read-number.ts';
import { keepBlobsInMemory } from '../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../support/storage-in-memory/tables.ts';
import { fuzz } from './fuzz.ts';
import { watchFilters } from './judge.ts';
import { startWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    /** Real tables and blobs; some five times slower. */
    azurite: { type: 'boolean', default: false },
  },
});
const runs = readNumber('--runs', values.runs, 10_000, 1, 1_000_000);
const seed = readNumber('--seed', values.seed, Date.now() % 1_000_000, 0, 1_000_000_000);

if (!values.azurite) {
  keepTablesInMemory();
  keepBlobsInMemory();
}
const filters = watchFilters();
const world = await startWorld(values.azurite ? 'azurite' : 'memory');
const began = performance.now();
try {
  const answers = await fuzz(world, filters, { seed, runs });
  const sorted = [...answers].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [what, count] of sorted) process.stdout.write(`${String(count).padStart(6)}  ${what}\n`);
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(`\n${runs} requests of seed ${seed} in ${seconds.toFixed(0)} s; no fault\n`);
} catch (error) {
  const why = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : '';
  process.stdout.write(`✖ seed ${seed}: ${error instanceof Error ? error.message : String(error)}${why}\n`);
  process.exitCode = 1;
} finally {
  await world.app.stop();
}
