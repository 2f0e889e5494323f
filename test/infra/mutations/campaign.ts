/**
 * Breaks each assignment and each block of the modules once, and counts how many of them a test notices.
 * `npm run test:infra-mutations -- --only network --sample 100 --seed 2`, or `-- --names <file>` for those of a file, one
 * name on each line.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readNumber } from '../../../local/read-number.ts';
import { type Caught, Laboratory } from './detect.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { sampleOf } from './sample.ts';
import { reasonFor } from './survivors.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    names: { type: 'string' },
    minutes: { type: 'string' },
    'modules-only': { type: 'boolean' },
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
const caught = new Map<Caught, number>();
const count1 = (by: Caught): void => void caught.set(by, (caught.get(by) ?? 0) + 1);
let left: Mutant[] = [];
let run = 0;
for (const mutant of sampleOf(all, count, seed)) {
  if (Date.now() > until) break;
  const by = await laboratory.inModule(mutant);
  run += 1;
  if (by === undefined) left.push(mutant);
  else count1(by);
}
say(`${run} of ${all.length} mutants run; ${left.length} noticed by no test of their module`);
if (values['modules-only'] !== true) {
  const survivors: Mutant[] = [];
  while (left.length > 0) {
    const group = nextGroup(left);
    left = left.filter((mutant) => !group.includes(mutant));
    if (Date.now() > until) {
      for (const mutant of group) say(`not looked at in the whole: ${mutant.name}`);
      run -= group.length;
      continue;
    }
    const seen = await laboratory.inWhole(group);
    for (const mutant of group)
      if (seen.has(mutant)) count1('the snapshot');
      else survivors.push(mutant);
  }
  left = survivors;
}
laboratory.close();

for (const mutant of left) say(`survived: ${mutant.name}: ${mutant.how}${reasonOf(mutant)}`);
for (const [by, times] of caught) say(`${times} caught by ${by}`);
const share = (100 * (run - left.length)) / run;
say(`${run - left.length} of ${run} caught: ${share.toFixed(1)} %`);
const unlisted = left.filter(({ name }) => reasonFor(name) === undefined);
process.exitCode = share >= 95 && unlisted.length === 0 ? 0 : 1;

/** One resource of each module, or one of what has no address of its own. */
function nextGroup(mutants: readonly Mutant[]): readonly Mutant[] {
  const [first] = mutants;
  if (first !== undefined && !first.path[0]?.startsWith('resource.')) return [first];
  const resources = mutants.filter(({ path }) => path[0]?.startsWith('resource.'));
  return [...Map.groupBy(resources, ({ module }) => module).values()].flatMap(([one]) =>
    one === undefined ? [] : [one],
  );
}

function reasonOf({ name }: Mutant): string {
  const reason = reasonFor(name);
  return reason === undefined ? ' (not listed)' : ` (${reason})`;
}
