/**
 * Runs every file with a property again and again, each time with another seed, until one fails or the rounds are over.
 * `npm run test:seeds -- --rounds 20 --seed 100`; `FC_SEED=<the seed it names> node --test <file>` repeats one.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = readNumber('--rounds', values.rounds, 10, 1, 10_000);
const first = readNumber('--seed', values.seed, Date.now() % 1_000_000, 0, 1_000_000_000);
const files = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  /support\/properties\.ts'/.test(readFileSync(resolve(root, file), 'utf8')),
);

for (let seed = first; seed < first + rounds; seed += 1) {
  process.stdout.write(`\nSeed ${seed}: ${files.length} files\n`);
  const { status } = spawnSync(process.execPath, ['scripts/test.ts', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FC_SEED: String(seed) },
  });
  if (status !== 0) {
    process.stdout.write(`✖ seed ${seed}\n`);
    process.exit(1);
  }
}
process.stdout.write(`\n${rounds} seeds from ${first} on; no fault\n`);
