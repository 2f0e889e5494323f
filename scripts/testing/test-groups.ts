import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { countsForCoverage } from './coverage.ts';

const root = resolve(import.meta.dirname, '../..');
const CACHE = resolve(root, 'node_modules/.cache/test-groups');
/** So few that starting hardly counts, so many that no process is still at work when all others have ended. */
const FILES_PER_GROUP = 45;
/** So long a group waits, once its tests are over, for what is still open to end by itself. */
const LEFT_OPEN_MS = 2_000;

/** Folders of whole cases over whole stacks, each of which keeps a core busy for a while. */
const STACKS = /^test\/(calendar|crash|month|scenarios|situations|truth)\//;

/**
 * What one file would do to the tests of another in the same process: changed surroundings, a clock or modules of its own,
 * children, and what listens or starts beside the app in this process (test/support/apps/start-app.ts).
 */
const OWN_PROCESS =
  /\bmock\.timers\b|\bprocess\.(?!env\.\w+\b(?! =|;))|\bglobalThis\b|\bimport\(|child_process|node:(http|https|net|tls|worker_threads)'|\/(host-under-test|host-process|queue-storage|run-command|run-step|terraform|mono)\.ts'|\.host\.|\bstart(\w*Stack|HostedIntake|Host|HostProcess|Instance|Browser|Console|CliApp|World|QueueStorage|Azurite|Gateway|Front|Receiver)\(/;

/** A file whose tests a helper registers tells them as the helper's: whether any ran would not be known. */
const REGISTERS = /^ *test\(/m;

/** Test files that share a process: Node runs `entry`, which runs them one after the other, each as a suite of its name. */
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
 * Puts files into a few processes: to start Node and to load and warm up what all of them import takes longer than most of
 * them run. Decided by the text of a file, so that a new one needs nobody's attention.
 */
export function groupTests(files: readonly string[], shares: (file: string) => boolean = sharesProcess): Grouped {
  const {
    counted = [],
    uncounted = [],
    alone = [],
  } = Object.groupBy(files, (file) => {
    if (!shares(file)) return 'alone';
    return countsForCoverage(relative(root, file)) ? 'counted' : 'uncounted';
  });
  return { alone, groups: [...partsOf(counted, true), ...partsOf(uncounted, false)] };
}

/** Whether a test file is of those that take longest: in processes of their own they run side by side, and first. */
export const runsStacks = (file: string): boolean => STACKS.test(relative(root, file));

/** Whether a test file, by its path and by what it says, may run in one process with others. */
export function sharesProcess(file: string, text?: string): boolean {
  if (runsStacks(file)) return false;
  const said = text ?? readFileSync(file, 'utf8');
  return REGISTERS.test(said) && !OWN_PROCESS.test(said);
}

/** The suite of a file in its group. */
export const suiteOf = (file: string): string => relative(root, file);

/** The test that a file has in its group when it could not be loaded. */
export const loadsTest = (file: string): string => `${suiteOf(file)} is loaded`;

function partsOf(files: readonly string[], isCounted: boolean): TestGroup[] {
  const count = Math.ceil(files.length / FILES_PER_GROUP);
  // What lies side by side takes about as long: each part gets some of every folder.
  const parts = Array.from({ length: count }, (_, part) => files.filter((__, index) => index % count === part));
  return parts.map((part) => ({ entry: entryOf(part, isCounted), files: part }));
}

/** Named after what it runs, so that two runs at once write the same. */
function entryOf(files: readonly string[], isCounted: boolean): string {
  const rows = files.map((file) => [suiteOf(file), loadsTest(file), pathToFileURL(file).href]);
  const text = `import { after, describe, test } from 'node:test';
${isCounted ? `import ${JSON.stringify(pathToFileURL(resolve(import.meta.dirname, 'note-coverage.ts')).href)};\n` : ''}
for (const [suite, loads, file] of ${JSON.stringify(rows, null, 2)}) {
  const { promise, resolve } = Promise.withResolvers();
  describe(suite, async () => {
    // The next one is loaded when this one has ended: what a file awaits at its top is its own.
    after(resolve);
    try {
      await import(file);
    } catch (error) {
      test(loads, () => {
        throw error;
      });
    }
  });
  await promise;
}
// What a file left open that failed before it could close it keeps the process of no other.
setTimeout(() => process.exit(), ${LEFT_OPEN_MS}).unref();
`;
  const entry = resolve(CACHE, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(entry, text);
  return entry;
}
