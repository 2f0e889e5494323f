import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 16 * 1024 * 1024,
})
  .trim()
  .split('\n');

const MOST_FILES = 15;
/** What cannot be sorted into folders: the root’s configuration, pages that others link to, a module of Terraform. */
const FLAT = ['.', 'docs', 'docs/operations', 'infra/modules/offboarding'];

test(`no folder holds more than ${MOST_FILES} loose files`, () => {
  const count = new Map<string, number>();
  for (const file of files) count.set(path.dirname(file), (count.get(path.dirname(file)) ?? 0) + 1);
  const full = [...count].filter(([folder, loose]) => loose > MOST_FILES && !FLAT.includes(folder));
  assert.deepEqual(full, [], 'what belongs together goes into a folder of its own there');
});
