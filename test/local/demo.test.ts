import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';

const LOCAL = resolve(import.meta.dirname, '../../local');
const home = mkdtempSync(join(tmpdir(), 'demo-test-'));
const temp = mkdtempSync(join(home, 'tmp-'));
const runs: ChildProcess[] = [];
after(() => {
  for (const run of runs) run.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

function demo(): ChildProcess {
  const run = spawn(process.execPath, [join(LOCAL, 'demo.ts'), '--repos', '2', '--identities', '0', '--latency', '0'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temp },
  });
  runs.push(run);
  return run;
}

const folders = (): string[] => readdirSync(temp).filter((name) => /^(?:mcp-offboarding|azurite)-/.test(name));

for (const program of ['demo', 'start'])
  test(`${program} says that it starts before it loads anything that takes long`, () => {
    const source = readFileSync(join(LOCAL, `${program}.ts`), 'utf8');
    const loaded = [...source.matchAll(/^import .* from '([^']+)';$/gm)].map(([, from = '']) => from);
    const light = ['node:util', './read-number.ts', './tenant/seeds/demo-scale.ts'];
    assert.deepEqual(
      loaded.filter((from) => !light.includes(from)),
      [],
    );
    assert.ok(source.indexOf("write('Starting") < source.indexOf('await import('));
  });

/** Runs the demo until it has begun its story, and ends it so. */
async function endedBy(signal: NodeJS.Signals): Promise<unknown> {
  const run = demo();
  const exit = once(run, 'exit');
  let said = '';
  run.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes('An administrator now deletes')) run.kill(signal);
  });
  return exit;
}

test('a demo that is killed leaves a folder; the next one removes it, and leaves none when it is interrupted', async () => {
  assert.deepEqual(await endedBy('SIGKILL'), [null, 'SIGKILL']);
  assert.equal(folders().length, 1);
  assert.deepEqual(await endedBy('SIGINT'), [130, null]);
  assert.deepEqual(folders(), []);
});
