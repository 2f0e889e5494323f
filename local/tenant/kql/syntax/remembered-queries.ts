import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Schema } from '../schema.ts';

/** What a bound query is made of besides the query: the library, and the files that turn its tree into plain data. */
const MADE_BY = ['./bind.ts', './plain-syntax.ts', './kusto-library.ts'];

let madeBy: string | undefined;

/**
 * Bound queries of earlier processes, beside what those have compiled (scripts/testing/run-tests.ts names the folder): loading
 * the parser and reading the first query take two seconds of one core, and each test file with a whole stack is a
 * process of its own. Without that folder nothing is kept.
 */
export function rememberedQuery<Bound>(query: string, schema: Schema, bindAnew: () => Bound): Bound {
  const folder = process.env.NODE_COMPILE_CACHE;
  if (folder === undefined || folder === '') return bindAnew();
  madeBy ??= digestOf([
    readFileSync(createRequire(import.meta.url).resolve('@kusto/language-service-next/package.json'), 'utf8'),
    ...MADE_BY.map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')),
  ]);
  const file = join(folder, 'kql', `${digestOf([madeBy, JSON.stringify(schema), query])}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Bound;
  } catch {
    const bound = bindAnew();
    keep(file, JSON.stringify(bound));
    return bound;
  }
}

const KEPT_MS = 2 * 86_400_000;
let tidied = false;

/** Whole or not at all: other processes read it at the same time. Where it cannot be kept, nothing is lost. */
function keep(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!tidied) tidy(dirname(file));
    tidied = true;
    const scratch = `${file}.${process.pid}`;
    writeFileSync(scratch, text);
    renameSync(scratch, file);
  } catch {
    // A full disk, or a folder that belongs to somebody else.
  }
}

/** Questions name days, so that tomorrow's are others. */
function tidy(folder: string): void {
  const oldest = Date.now() - KEPT_MS;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest) rmSync(file, { force: true });
  }
}

function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}
