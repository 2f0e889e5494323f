import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const temp = mkdtempSync(join(tmpdir(), 'scratch-test-'));
after(() => rmSync(temp, { recursive: true, force: true }));

const MODULE = new URL('../../local/scratch.ts', import.meta.url).href;
const RUN = `const { folder } = await (await import('${MODULE}')).makeScratch();
process.stdout.write(folder);
process.stdin.resume();`;

/** A run that has made its folder and goes on until its input ends. */
async function run(): Promise<{ readonly child: ChildProcess; readonly folder: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUN], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temp },
  });
  const [folder] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, folder: folder.toString() };
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  const exit = once(child, 'exit');
  end();
  await exit;
}

test('whoever starts removes what killed runs left, and nothing of a run that lives or of anybody else', async () => {
  const [killed, living] = [await run(), await run()];
  const foreign = mkdtempSync(join(temp, 'mcp-offboarding-'));
  await ended(killed.child, () => killed.child.kill('SIGKILL'));
  assert.ok(existsSync(killed.folder), 'a killed process removes nothing');

  const next = await run();
  assert.deepEqual(
    readdirSync(temp)
      .map((name) => join(temp, name))
      .sort(),
    [foreign, living.folder, next.folder].sort(),
  );
  for (const { child } of [living, next]) await ended(child, () => child.stdin?.end());
  assert.deepEqual(
    readdirSync(temp).map((name) => join(temp, name)),
    [foreign],
  );
});
