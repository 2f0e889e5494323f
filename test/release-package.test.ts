import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { cannotRun, runStep, scriptOf } from './support/workflows/run-step.ts';

const skip = cannotRun(['bash', 'git', 'gzip', 'sha256sum', 'tar', 'zip']);
const workflow = `${import.meta.dirname}/../.github/workflows/release.yml`;
const pack = scriptOf(workflow, 'Pack');
const packInventory = scriptOf(workflow, 'Pack the inventory of runners');
const folder = mkdtempSync(path.join(tmpdir(), 'release-package-'));
after(() => rmSync(folder, { recursive: true }));
const env = { PATH: process.env.PATH ?? '', HOME: folder };

/** A checkout of one commit in which these files were built in this order and at this time, after a step. */
async function packed(
  name: string,
  step: string,
  files: readonly (readonly [file: string, mode: number])[],
  builtAt: Date,
): Promise<string> {
  const cwd = path.join(folder, name);
  mkdirSync(cwd);
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@a',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@a',
  };
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd, env: { ...env, ...identity, GIT_COMMITTER_DATE: '2026-11-23T12:00:00Z' } });
  git('init', '--quiet');
  git('commit', '--quiet', '--allow-empty', '--message', 'a release');
  for (const [file, mode] of files) {
    const to = path.join(cwd, file);
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, file);
    chmodSync(to, mode);
    utimesSync(to, builtAt, builtAt);
  }
  const { code, output } = await runStep(step, env, cwd);
  assert.equal(code, 0, output);
  return cwd;
}

const [FIRST, SECOND] = [new Date('2026-11-23T12:00:00Z'), new Date('2026-12-24T18:00:00Z')];
const digestLine = (cwd: string, file: string): string =>
  `${createHash('sha256')
    .update(readFileSync(path.join(cwd, file)))
    .digest('hex')}  ${file}\n`;

test('a release’s package has host.json at its root, the same bytes whenever it is built, and its own digest', {
  skip,
}, async () => {
  const files = ['src/main.cjs', 'host.json', 'package.json'];
  const built = files.map((file) => [`dist/${file}`, 0o644] as const);
  const first = path.join(await packed('first', pack, built, FIRST), 'mcp-offboarding.zip');
  const second = path.join(await packed('second', pack, built.toReversed(), SECOND), 'mcp-offboarding.zip');
  assert.deepEqual(readFileSync(second), readFileSync(first));
  const names = execFileSync('zip', ['-sf', first], { encoding: 'utf8' })
    .match(/^ {2}(.+)$/gm)
    ?.map((line) => line.trim());
  assert.deepEqual(names, files.toSorted());
  assert.equal(readFileSync(`${first}.sha256`, 'utf8'), digestLine(path.dirname(first), 'mcp-offboarding.zip'));
});

test('the inventory of runners is one folder whose scripts can be run, the same bytes whenever it is built', {
  skip,
}, async () => {
  const built = [
    ['runner/dist/mcp-inventory.cjs', 0o664],
    ['runner/dist/install.sh', 0o755],
    ['runner/dist/azure-pipelines/mcp-inventory.yml', 0o600],
  ] as const;
  const first = await packed('first-inventory', packInventory, built, FIRST);
  const second = await packed('second-inventory', packInventory, built.toReversed(), SECOND);
  const [one, other] = [first, second].map((cwd) => readFileSync(path.join(cwd, 'mcp-inventory.tgz')));
  assert.deepEqual(other, one);
  const listed = execFileSync('tar', ['-tvzf', path.join(first, 'mcp-inventory.tgz')], { encoding: 'utf8' });
  assert.deepEqual(
    listed
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s.*\s/, ' ')),
    [
      'drwxr-xr-x mcp-inventory/',
      'drwxr-xr-x mcp-inventory/azure-pipelines/',
      '-rw-r--r-- mcp-inventory/azure-pipelines/mcp-inventory.yml',
      '-rwxr-xr-x mcp-inventory/install.sh',
      '-rw-r--r-- mcp-inventory/mcp-inventory.cjs',
    ],
  );
  assert.equal(
    readFileSync(path.join(first, 'mcp-inventory.tgz.sha256'), 'utf8'),
    digestLine(first, 'mcp-inventory.tgz'),
  );
});
