import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { test } from 'node:test';
import { isTypesOnly, pureFiles } from '../../scripts/pure-folders.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** What the tests of one subject share, where they are several files: it imports for them. */
const WORLD = /[/-]world\.ts$/;

/** The tests that import a file themselves, or by their world. */
const importers = new Map<string, string[]>();
for (const path of globSync('test/**/*.test.ts', { cwd: ROOT })) {
  const own = importsOf(path);
  const files = new Set([...own, ...own.filter((file) => WORLD.test(file)).flatMap(importsOf)]);
  for (const file of files) importers.set(file, [...(importers.get(file) ?? []), path]);
}

/** Not those of types alone, which are gone when the test runs. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = text.matchAll(/^(?:import|export)\s(?!type\b)[^;'"]*?from '(\.[^']+)'/gm);
  return [...imports].map(([, from = '']) => normalize(join(dirname(path), from)));
}

/**
 * A rule is tested where somebody looks for it: by a test of its own name, or of its folder's (of the folder above, for
 * `rules`), that imports it itself, or by its world, and lies under the same room of
 * test/.
 */
function hasOwn(file: string): boolean {
  return (importers.get(file) ?? []).some(
    (path) => path.startsWith(`test/${roomOf(file)}`) && namesFor(file).includes(basename(path, '.test.ts')),
  );
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function namesFor(file: string): string[] {
  const folders = dirname(file).split('/').slice(1);
  const last = folders.at(-1) ?? '';
  return [basename(file, '.ts'), last, ...(last === 'rules' ? [folders.at(-2) ?? ''] : [])];
}

test('every rule has a test of its own name, or of its folder’s', () => {
  const untested = pureFiles().filter((file) => !isTypesOnly(file) && !hasOwn(file));
  const wanted = untested.map(
    (file) => `${file} by ${namesFor(file).join('.test.ts or ')}.test.ts in test/${roomOf(file)}/`,
  );
  assert.deepEqual(untested, [], `to be imported and tested, a table of situations will do: ${wanted.join('; ')}`);
});
