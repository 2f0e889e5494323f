/**
 * Runs every quality gate and every test, and ends with the line `N passed, N failed`.
 * Each gate counts as one test. A test file's own failures are printed where they happen.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = resolve(import.meta.dirname, '..');
const bin = (name: string): string => resolve(root, 'node_modules/.bin', name);

const GATES: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'strict types', command: [bin('tsc'), '-p', '.'] },
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  {
    name: 'import rules',
    command: [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'src', 'orchestrations', 'activities', 'local'],
  },
  { name: 'no unused files, exports or dependencies', command: [bin('knip')] },
];

let passed = 0;
let failed = 0;

const only = process.argv.slice(2);
if (only.length === 0) {
  for (const gate of GATES) await runGate(gate);
}
await runTests(
  only.length === 0
    ? globSync('test/**/*.test.ts', { cwd: root }).map((file) => resolve(root, file))
    : only.map((file) => resolve(file)),
);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function runGate({ name, command }: (typeof GATES)[number]): Promise<void> {
  const started = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code === 0) {
    passed += 1;
    process.stdout.write(`✔ ${name} (${seconds} s)\n`);
    return;
  }
  failed += 1;
  process.stdout.write(`✖ ${name} (${seconds} s)\n${Buffer.concat(output).toString('utf8')}\n`);
}

async function runTests(files: readonly string[]): Promise<void> {
  const stream = run({ files: [...files], concurrency: 2, timeout: 300_000 });
  stream.on('test:pass', ({ details, skip, todo }) => {
    if (details.type !== 'suite' && skip === undefined && todo === undefined) passed += 1;
  });
  stream.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') failed += 1;
  });
  await pipeline(stream.compose(spec), process.stdout, { end: false });
}
