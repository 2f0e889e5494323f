/**
 * How long the app takes from process start until it listens: the deployment bundle against the unbundled sources,
 * alternating in one run, and an app that does nothing, which takes what Node and the local host take. What the two
 * take beyond it is the app's own. `npm run bench:cold-start -- --runs 7`
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { type Stack, startStack } from '../local/stack.ts';
import { cpuOf } from './measure/cpu-of.ts';
import { quartiles } from './measure/quartiles.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' } } });
const runs = readNumber('--runs', values.runs, 7, 1, 100);

const root = resolve(import.meta.dirname, '..');
const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(1);

const APPS = { empty: 'bench/measure/empty-app.cjs', sources: 'src/main.ts', bundle: 'dist/src/main.cjs' } as const;
type App = keyof typeof APPS;
const NAMES = Object.keys(APPS) as App[];
interface Start {
  readonly wall: number;
  readonly cpu: number;
}

const stacks: [App, Stack][] = [];
for (const name of NAMES) stacks.push([name, await startStack({ app: APPS[name] })]);
const starts: Record<App, Start[]> = { empty: [], sources: [], bundle: [] };
for (let run = 0; run < runs; run += 1) {
  for (const [name, stack] of stacks) starts[name].push(await restart(stack));
}
await Promise.all(stacks.map(([, stack]) => stack.stop()));

const of = (name: App, which: keyof Start) => quartiles(starts[name].map((start) => start[which]));
process.stdout.write(
  'From spawn to ready, milliseconds\n\n| app | min | median | max | CPU time, median | the app’s own CPU time | the app’s own wall time |\n|---|---:|---:|---:|---:|---:|---:|\n',
);
const own = (name: App, which: keyof Start): number => of(name, which).median - of('empty', which).median;
for (const name of NAMES) {
  const { min, median, max } = of(name, 'wall');
  const cells = [min, median, max, of(name, 'cpu').median, own(name, 'cpu'), own(name, 'wall')];
  process.stdout.write(`| ${name} | ${cells.map((cell) => cell.toFixed(0)).join(' | ')} |\n`);
}
const ratio = (which: keyof Start): string => (own('bundle', which) / own('sources', which)).toFixed(2);
process.stdout.write(`\nthe bundle’s own by the sources’ own: ${ratio('cpu')} CPU time, ${ratio('wall')} wall time\n`);

async function restart(stack: Stack): Promise<Start> {
  await stack.killApp();
  const started = performance.now();
  await stack.startApp();
  const wall = performance.now() - started;
  return { wall, cpu: cpuOf(stack.pid()) ?? Number.NaN };
}
