/**
 * Breaks each assignment and each block of the modules once, and counts how many of them a test notices.
 * `npm run test:infra-mutations -- --only network --sample 100 --seed 2`, or `-- --names <file>` for those of a file, one
 * name on each line. With `--results <file>` each verdict is written down as it falls, and a second run goes on from there.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readNumber } from '../../../local/read-number.ts';
import { type Caught, Laboratory } from './detect.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { Results } from './results.ts';
import { sampleOf } from './sample.ts';
import { reasonFor } from './survivors.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    names: { type: 'string' },
    minutes: { type: 'string' },
    results: { type: 'string' },
  },
});
const asked = values.names === undefined ? undefined : readFileSync(values.names, 'utf8').split('\n');
const all = mutantsOf(values.only).filter(({ name }) => asked?.includes(name) ?? true);
const count = readNumber('--sample', values.sample, all.length, 1, all.length);
const seed = readNumber('--seed', values.seed, 1, 0, 1_000_000_000);
const minutes = readNumber('--minutes', values.minutes, 600, 1, 600);
const until = Date.now() + minutes * 60_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const laboratory = new Laboratory();
const results = new Results(values.results);
const verdicts = new Map<Mutant, Caught | null>();
for (const mutant of count < all.length ? sampleOf(all, count, seed) : all) {
  if (Date.now() > until) break;
  verdicts.set(mutant, await verdictOn(mutant));
}
laboratory.close();

const caught = Map.groupBy(verdicts, ([, by]) => by);
const left = (caught.get(null) ?? []).map(([mutant]) => mutant);
for (const { name, how } of left) say(`survived: ${name}: ${how} (${reasonFor(name) ?? 'not listed'})`);
for (const [by, those] of caught) if (by !== null) say(`${those.length} caught by ${by}`);
const run = verdicts.size;
const share = (100 * (run - left.length)) / run;
say(`${run} of ${all.length} mutants run; ${run - left.length} of ${run} caught: ${share.toFixed(1)} %`);
const unlisted = left.filter(({ name }) => reasonFor(name) === undefined);
process.exitCode = share >= 95 && unlisted.length === 0 ? 0 : 1;

/** Cheapest first, and no further than the first that notices. */
async function verdictOn(mutant: Mutant): Promise<Caught | null> {
  const known = results.of(mutant);
  if (known !== undefined) return known;
  const by =
    laboratory.inTexts(mutant) ??
    (await laboratory.inTouched(mutant)) ??
    (await laboratory.inRuns(mutant)) ??
    (await laboratory.inExample(mutant));
  return results.add(mutant, by);
}
