import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, resolve } from 'node:path';
import { PURE } from '../../scripts/pure-folders.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const IMPORT =
  /^\s*(?:import|export)\s(?!type\b)[^;'"]*?from\s*'(\.[^']+)'|^import\s*'(\.[^']+)'|import\(\s*'(\.[^']+)'/gm;
/** Whoever loads it serves the simulated vendors: some hundred milliseconds, against a few. */
const SERVER = 'local/tenant/core/server.ts';

/** What keeps a storage beside it, and asks little of a rule that no other test asks: it takes seconds more. */
const STORES = /storage: true|startIntakeApp|startStack/;

const imports = new Map<string, readonly string[]>();

/** The files that a file loads itself. */
function importsOf(file: string): readonly string[] {
  const known = imports.get(file);
  if (known !== undefined) return known;
  const text = file.endsWith('.ts') && existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
  const found = [...text.matchAll(IMPORT)].map(([, from, bare, later]) =>
    normalize(join(dirname(file), from ?? bare ?? later ?? '')),
  );
  imports.set(file, found);
  return found;
}

function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const each of reached) for (const next of importsOf(each)) reached.add(next);
  return reached;
}

/** The folders of tests that lie as the rules do. */
const FOLDERS = [...new Set(PURE.map((glob) => glob.replace(/^src\/([^/]+).*/, 'test/$1')))];

/** Every test of a rule by itself, with all that it loads. */
const TESTS: readonly (readonly [test: string, reached: ReadonlySet<string>])[] = FOLDERS.flatMap((folder) =>
  globSync(`${folder}/**/*.test.ts`, { cwd: ROOT }),
)
  .sort()
  .map((test) => [test, reachedFrom(test)]);

/** So many tests that serve vendors are asked about a file, the nearest ones: each takes seconds. */
const MOST_SERVED = 4;

/** The tests that load a file, those first that are most likely to notice and quickest to say so. */
export function testsOf(file: string): readonly string[] {
  const loading = TESTS.filter(([, reached]) => reached.has(file));
  const by = (served: boolean): string[] =>
    loading
      .filter(([test, reached]) => reached.has(SERVER) === served && (!served || isNear(test, file)))
      .map(([test, reached]) => ({ test, distance: distanceOf(test, file), size: reached.size }))
      .sort((one, other) => one.distance - other.distance || one.size - other.size)
      .map(({ test }) => test);
  return [...by(false), ...by(true).slice(0, MOST_SERVED)];
}

/** A test of the same name is the file's own; next comes one that names the file, and then one in the same folder. */
function distanceOf(test: string, file: string): number {
  if (basename(test, '.test.ts') === basename(file, '.ts')) return 0;
  if (importsOf(test).includes(file)) return 1;
  return dirname(test).slice('test/'.length) === dirname(file).slice('src/'.length) ? 2 : 3;
}

function isNear(test: string, file: string): boolean {
  return rootOf(test) === rootOf(file) && !STORES.test(readFileSync(join(ROOT, test), 'utf8'));
}

const rootOf = (file: string): string | undefined => file.split('/')[1];
