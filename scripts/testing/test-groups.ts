import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');
const CACHE = resolve(root, 'node_modules/.cache/test-groups');
const GROUPS = 3;

/** Folders of `test/` whose code computes: a file of theirs that needs a process of its own says so (`OWN_PROCESS`). */
const PURE =
  /^test\/(cases|cli|connectors|credentials|duties|evidence|exposure|host|ingestion|intake|machines|orchestrations|people|permissions|posture|report|runner|steps|sweep|tenant\/kql)\//;

/**
 * What one file would do to the tests of another in the same process: hooks of the whole process, changed surroundings,
 * a clock or modules of its own, whatever listens, and what is awaited before the first test.
 */
const OWN_PROCESS =
  /\b(after|afterEach|before|beforeEach)\(|\bmock\b|\bprocess\.|\bglobalThis\b|\bimport\(|child_process|node:(http|https|net|tls|worker_threads)'|\bstart[A-Z]\w*\(|^(const .*= |)await /m;

/** Only what a file registers itself is known to be its own: tests that a helper registers are told as the helper's. */
const REGISTERS = /^ *test\(/m;

/** Test files that share a process: Node runs `entry`, which imports them one after the other. */
export interface TestGroup {
  readonly entry: string;
  readonly files: readonly string[];
}

/** Which files have a process of their own, and which share one. */
export interface Grouped {
  readonly alone: readonly string[];
  readonly groups: readonly TestGroup[];
}

/**
 * Puts files that only compute into a few processes: to start Node and to load what all of them import takes longer than
 * most of them run. Decided by the text of a file, so that a new one needs nobody's attention.
 */
export function groupTests(files: readonly string[], shares: (file: string) => boolean = sharesProcess): Grouped {
  const { together = [], alone = [] } = Object.groupBy(files, (file) => (shares(file) ? 'together' : 'alone'));
  const parts = Array.from({ length: GROUPS }, (_, part) => together.filter((__, index) => index % GROUPS === part));
  return {
    alone,
    groups: parts.filter((part) => part.length > 0).map((part) => ({ entry: entryOf(part), files: part })),
  };
}

/** Whether a test file, by its path and by what it says, may run in one process with others. */
export function sharesProcess(file: string, text?: string): boolean {
  if (!PURE.test(relative(root, file))) return false;
  const said = text ?? readFileSync(file, 'utf8');
  return REGISTERS.test(said) && !OWN_PROCESS.test(said);
}

/** Named after what it imports, so that two runs at once write the same. */
function entryOf(files: readonly string[]): string {
  const text = files.map((file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`).join('');
  const entry = resolve(CACHE, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(entry, text);
  return entry;
}
