import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, test } from 'node:test';
import { Laboratory } from './mutations/detect.ts';
import { type Mutant, mutantsOf } from './mutations/mutants.ts';
import { sampleOf } from './mutations/sample.ts';

const SEED = 1;
/** Each costs a third of a second of processor time, and what is left of them, together, six seconds. */
const COUNT = 4;
const laboratory = new Laboratory(readFileSync(resolve(import.meta.dirname, '../snapshot/platform.yaml'), 'utf8'));
after(() => laboratory.close());

const byModule = Map.groupBy(
  mutantsOf().filter(({ path }) => path[0]?.startsWith('resource.')),
  ({ module }) => module,
);
/** Resources of different modules, so that those which only the whole shows are looked for in one go. */
const sample = sampleOf([...byModule.values()], COUNT, SEED).flatMap((ofModule) => sampleOf(ofModule, 1, SEED));

test('what is changed in a resource is noticed', async () => {
  assert.equal(sample.length, COUNT);
  const left: Mutant[] = [];
  for (const mutant of sample)
    if ((laboratory.inTexts(mutant) ?? (await laboratory.inRuns(mutant))) === undefined) left.push(mutant);
  const seen = left.length === 0 ? new Set() : await laboratory.inWhole(left);
  assert.deepEqual(
    left.filter((mutant) => !seen.has(mutant)).map(({ name, how }) => `${name}: ${how}`),
    [],
    'add a test, or say in test/infra/mutations/survivors.ts why none is needed',
  );
});
