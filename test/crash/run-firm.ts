import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { chanceOf } from '../truth/firm/random.ts';
import { ENTRANCES, type EntranceName } from './firm/entrances.ts';
import { survive } from './firm/survive.ts';

/** One firm of the campaign, in a process of its own: `node test/crash/run-firm.ts --seed 7 --kills 100`. */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, kills: { type: 'string' }, app: { type: 'string' }, log: { type: 'boolean' } },
});
const seed = readNumber('--seed', values.seed, 1, 1, 2 ** 31);
const kills = readNumber('--kills', values.kills, 100, 1, 100_000);
const { pick } = chanceOf(seed ^ 0x5bd1e995);
const every = Object.keys(ENTRANCES) as EntranceName[];
// Each way once, and as many more as the app can get done.
const ways: EntranceName[] = [
  ...every,
  ...Array.from({ length: Math.max(0, Math.round(kills / 4) - every.length) }, () => pick(every)),
];

const began = performance.now();
const survived = await survive({
  ...{ seed, kills, ways, accidents: true },
  ...(values.app === undefined ? {} : { app: values.app }),
  onLife: (life) => life % 10 === 0 && process.stderr.write(`seed ${seed}: killed ${life} times\n`),
  onLeft: (left) => process.stderr.write(`seed ${seed}: ${left.length} left, ${left.slice(0, 3).join('; ')}\n`),
  ...(values.log === true ? { onLog: (line: string) => void process.stderr.write(`${line}\n`) } : {}),
});
process.stdout.write(
  `${JSON.stringify({ seed, seconds: Math.round((performance.now() - began) / 1_000), ...survived })}\n`,
);
process.exit(survived.faults.length === 0 ? 0 : 1);
