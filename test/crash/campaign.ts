/**
 * The slow form of `test/crash/killed-again.test.ts`: firms in which people leave in every way while the app is killed
 * (SIGKILL) at random moments of all phases, until so many kills are reached; each firm has a process and a seed of its own.
 * `npm run test:crash -- --kills 1000 --seed 7 --at-once 2`
 */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import type { Survived } from './firm/survive.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BUNDLE = 'dist/src/main.cjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    'kills-of-a-firm': { type: 'string' },
    'at-once': { type: 'string' },
  },
});
const kills = readNumber('--kills', values.kills, 1_000, 1, 1_000_000);
const seed = readNumber('--seed', values.seed, 1, 1, 1_000_000_000);
const each = readNumber('--kills-of-a-firm', values['kills-of-a-firm'], 100, 1, 10_000);
const atOnce = readNumber('--at-once', values['at-once'], 1, 1, 16);
const firms = Math.ceil(kills / each);

// The bundle starts in half the time, and once compiled in less.
const app = existsSync(join(ROOT, BUNDLE)) ? ['--app', BUNDLE] : [];
// An app that is killed keeps nothing of what it compiled: the one that stops in order at a firm's end does.
const cache = process.env.NODE_COMPILE_CACHE ?? join(ROOT, 'node_modules/.cache/compiled');
const began = performance.now();
const total = { kills: 0, leavers: 0, cases: 0, faults: 0, firms: 0 };
process.stdout.write(
  `${kills} kills in ${firms} firms, seeds ${seed} to ${seed + firms - 1}${app.length > 0 ? ', the bundle' : ''}\n`,
);

async function run(firm: number): Promise<void> {
  const own = seed + firm;
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'run-firm.ts'), '--seed', `${own}`, '--kills', `${each}`, '--log', ...app],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: cache } },
  );
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const line = out.split('\n').find((part) => part.startsWith('{'));
  if (line === undefined) {
    total.faults += 1;
    process.stdout.write(`✖ seed ${own}: the firm broke: ${err.slice(-2_000)}\n`);
    return;
  }
  const { kills: died, leavers, cases, faults, seconds } = JSON.parse(line) as Survived & { readonly seconds: number };
  total.firms += 1;
  total.kills += died;
  total.leavers += leavers;
  total.cases += cases;
  total.faults += faults.length;
  const mark = faults.length === 0 ? '✔' : '✖';
  process.stdout.write(
    `${mark} seed ${own}: ${died} kills, ${leavers} people, ${cases} cases, ${seconds} s; so far ${total.kills} kills\n`,
  );
  if (faults.length > 0) {
    const log = join(tmpdir(), `killed-${own}.log`);
    writeFileSync(log, err);
    process.stdout.write(`    the app’s log: ${log}\n`);
  }
  for (const fault of faults) process.stdout.write(`    ${fault}\n`);
}

let next = 0;
async function worker(): Promise<void> {
  while (next < firms) {
    next += 1;
    await run(next - 1);
  }
}
await Promise.all(Array.from({ length: atOnce }, worker));
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
process.stdout.write(
  `\n${total.kills} kills in ${total.firms} firms, ${total.leavers} people, ${total.cases} cases, ${minutes} minutes: ${total.faults} faults\n`,
);
process.exit(total.faults === 0 ? 0 : 1);
