import { globSync, readFileSync } from 'node:fs';
import { matchesGlob, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * Where rules over plain data live: no vendor at run time, no I/O, no clock, no chance. The only place that says so: the
 * import rules, the list in biome.json (test/architecture/pure-folders.test.ts), the gate of coverage and the mutations
 * follow it. A folder has `/**` behind it.
 */
export const PURE: readonly string[] = [
  'src/shapes/**',
  'src/people/**',
  'src/cases/**',
  'src/credentials/**',
  'src/ingestion/**',
  'src/machines/**',
  'src/posture/**',
  'src/exposure/**',
  'src/sweep/**',
  'src/permissions/**',
  'src/steps/**',
  'src/intake/rules/**',
  'src/outbox/rules/**',
  'src/durable/failure.ts',
  'src/durable/shapes.ts',
];

/** Within those folders, what draws a page: it may load what writes HTML. */
const PAGES = 'src/steps/**/page/**';

/** Whether a file, by its path from the root, holds rules over plain data. */
export function isPure(file: string): boolean {
  return PURE.some((glob) => matchesGlob(file, glob)) && !matchesGlob(file, PAGES);
}

/** Every file of rules, by its path from the root, in order. */
export function pureFiles(): readonly string[] {
  return PURE.flatMap((glob) => globSync(glob, { cwd: root }))
    .filter((file) => file.endsWith('.ts') && isPure(file))
    .sort();
}

/** Whether a file of the house leaves something to run once its types are gone: what has none needs no test. */
export function isTypesOnly(file: string): boolean {
  return !/^export (?!type\b|interface\b)/m.test(readFileSync(resolve(root, file), 'utf8'));
}

/** The same as an expression that import rules understand. */
export const PURE_EXPRESSION = `^(?!src/steps/.+/page/)(${PURE.map((glob) => glob.replace('/**', '/').replaceAll('.', '\\.')).join('|')})`;
