import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What a process is to try: a file of rules, the tests in their order, and the mutants that are known already. */
export interface Order {
  readonly file: string;
  readonly tests: readonly string[];
  readonly done: readonly number[];
}

/** What such a process says, a line each. */
export type Line =
  | { readonly test: string }
  | { readonly unit: string }
  | { readonly trying: number }
  | { readonly killed: number; readonly by: string }
  | { readonly survived: number; readonly reached: boolean };

/** What became of a mutant: which test noticed it, or whether a test passed by and did not. */
export type Verdict = { readonly by: string } | { readonly by: null; readonly reached: boolean };

/** So long may one mutant, or the unchanged tests of a file, say nothing. */
const QUIET_MS = { mutant: 10_000, tests: 20_000 };

/** Every verdict on the mutants of a file but those left out. One that loops for ever is killed, and the process with it. */
export async function verdictsOn(
  file: string,
  tests: readonly string[],
  leftOut: readonly number[] = [],
): Promise<ReadonlyMap<number, Verdict>> {
  const verdicts = new Map<number, Verdict>();
  let left = tests;
  for (;;) {
    const { trying, test } = await run({ file, tests: left, done: [...leftOut, ...verdicts.keys()] }, verdicts);
    if (trying !== undefined) verdicts.set(trying, { by: 'it never ended' });
    else if (test === undefined) return verdicts;
    // A file of tests that cannot be run like this says nothing about mutants.
    else left = left.filter((each) => each !== test);
  }
}

/** Runs a process to its end; what it was at when it had to be ended, or died. */
async function run(order: Order, verdicts: Map<number, Verdict>): Promise<{ trying?: number; test?: string }> {
  const child = spawn(process.execPath, ['--max-old-space-size=1500', join(import.meta.dirname, 'try-file.ts')], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  child.stdin?.end(JSON.stringify(order));
  let at: { trying?: number; test?: string } = {};
  let timer = watch(child, QUIET_MS.tests);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for await (const text of createInterface({ input: child.stdio[3] as Readable })) {
    clearTimeout(timer);
    const line = JSON.parse(text) as Line;
    if ('test' in line) at = { test: line.test };
    else if ('trying' in line) at = { ...at, trying: line.trying };
    else if ('killed' in line) verdicts.set(line.killed, { by: line.by });
    else if ('survived' in line) verdicts.set(line.survived, { by: null, reached: line.reached });
    if ('killed' in line) at = at.test === undefined ? {} : { test: at.test };
    timer = watch(child, 'trying' in line ? QUIET_MS.mutant : QUIET_MS.tests);
  }
  clearTimeout(timer);
  return (await ended) === 0 ? {} : at;
}

const watch = (child: ChildProcess, ms: number): NodeJS.Timeout => setTimeout(() => child.kill('SIGKILL'), ms);
