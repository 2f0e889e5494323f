/**
 * How long the app takes from process start until it listens: the deployment bundle against the unbundled sources,
 * alternating in one run. `npm run bench:cold-start -- --runs 7`
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { type Stack, startStack } from '../local/stack.ts';
import { quartiles } from './quartiles.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' } } });
const runs = readNumber('--runs', values.runs, 7, 1, 100);

const root = resolve(import.meta.dirname, '..');
const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(1);

const stacks = {
  sources: await startStack({ app: 'src/main.ts' }),
  bundle: await startStack({ app: 'dist/src/main.cjs' }),
};
const times: Record<keyof typeof stacks, number[]> = { sources: [], bundle: [] };
for (let run = 0; run < runs; run += 1) {
  for (const name of ['sources', 'bundle'] as const) times[name].push(await restart(stacks[name]));
}
await Promise.all(Object.values(stacks).map((stack) => stack.stop()));

process.stdout.write(
  'cold start, milliseconds from spawn to ready\n\n| app | min | median | max |\n|---|---|---|---|\n',
);
for (const [name, all] of Object.entries(times)) {
  const { min, median, max } = quartiles(all);
  process.stdout.write(`| ${name} | ${min.toFixed(0)} | ${median.toFixed(0)} | ${max.toFixed(0)} |\n`);
}

async function restart(stack: Stack): Promise<number> {
  await stack.killApp();
  const started = performance.now();
  await stack.startApp();
  return performance.now() - started;
}
