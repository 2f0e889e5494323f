import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { cannotRun, runStep, scriptOf } from './support/workflows/run-step.ts';

const skip = cannotRun(['bash', 'git', 'sha256sum', 'zip']);
const pack = scriptOf(`${import.meta.dirname}/../.github/workflows/release.yml`, 'Pack');
const folder = mkdtempSync(path.join(tmpdir(), 'release-package-'));
after(() => rmSync(folder, { recursive: true }));
const env = { PATH: process.env.PATH ?? '', HOME: folder };

/** A checkout of one commit whose package was built in this order and at this time; its zip, after the step. */
async function packed(name: string, files: readonly string[], builtAt: Date): Promise<string> {
  const cwd = path.join(folder, name);
  mkdirSync(path.join(cwd, 'dist/src'), { recursive: true });
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
  for (const file of files) {
    writeFileSync(path.join(cwd, 'dist', file), file);
    utimesSync(path.join(cwd, 'dist', file), builtAt, builtAt);
  }
  const { code, output } = await runStep(pack, env, cwd);
  assert.equal(code, 0, output);
  return path.join(cwd, 'mcp-offboarding.zip');
}

test('a release’s package has host.json at its root, the same bytes whenever it is built, and its own digest', {
  skip,
}, async () => {
  const files = ['src/main.cjs', 'host.json', 'package.json'];
  const first = await packed('first', files, new Date('2026-11-23T12:00:00Z'));
  const second = await packed('second', files.toReversed(), new Date('2026-12-24T18:00:00Z'));
  assert.deepEqual(readFileSync(second), readFileSync(first));
  const names = execFileSync('zip', ['-sf', first], { encoding: 'utf8' })
    .match(/^ {2}(.+)$/gm)
    ?.map((line) => line.trim());
  assert.deepEqual(names, files.toSorted());
  const digest = createHash('sha256').update(readFileSync(first)).digest('hex');
  assert.equal(readFileSync(`${first}.sha256`, 'utf8'), `${digest}  mcp-offboarding.zip\n`);
});
