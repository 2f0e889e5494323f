import { relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { Tally } from './gates.ts';
import type { TestArguments } from './test-arguments.ts';
import { type Grouped, loadsTest, runsStacks, suiteOf } from './test-groups.ts';

const root = resolve(import.meta.dirname, '../..');

/** How a run of test files ended. */
export interface TestRun extends Tally {
  /** Seconds per file, from the start of its process to its end; of one that shares a process, those of its suite. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Files without any test that ran, skipped ones included. */
  readonly empty: readonly string[];
}

type Selection = Pick<TestArguments, 'files' | 'namePart'>;

const eachAlone = (files: readonly string[]): Grouped => ({ alone: files, groups: [] });

/**
 * Runs test files, three at a time, those that take longest first, and prints every test: two cores have no more to give,
 * and whoever shares them with more waits until deadlines pass. Skipped tests count neither way. Each file has a process
 * of its own, unless `group` puts some together.
 */
export async function runTests({ files, namePart }: Selection, group = eachAlone): Promise<TestRun> {
  keepCompiled();
  const { alone, groups } = group(files);
  const members = groups.flatMap((each) => each.files);
  const suites = new Set(members.map(suiteOf));
  const unloadable = new Map(members.map((file) => [loadsTest(file), file]));
  const tally: Tally = { passed: 0, failed: 0 };
  const seconds = new Map<string, number>();
  const empty: string[] = [];
  const ran = new Set<string | undefined>();
  const entries = new Set<string | undefined>(groups.map(({ entry }) => entry));
  // For what hangs, and nothing else: how long a test takes is no failure.
  const stream = run({
    ...optionsOf({ files: [...groups.map(({ entry }) => entry), ...alone], namePart }),
    timeout: 1_200_000,
  });
  stream.on('test:pass', (event) => {
    const { details, skip, todo, file } = event;
    if (isFile(event)) {
      if (!entries.has(file)) empty.push(relative(root, event.name));
      return;
    }
    if (details.type !== 'suite' && skip === undefined && todo === undefined) tally.passed += 1;
    if (skip === undefined) ran.add(file);
  });
  stream.on('test:fail', ({ details, file, name }) => {
    // A suite fails by its tests, each of which counts, or by itself.
    if (details.type !== 'suite' || !isByItsTests(details.error)) tally.failed += 1;
    ran.add(unloadable.get(name) ?? file);
  });
  stream.on('test:complete', (event) => {
    const { file, name, nesting } = event;
    const took = event.details.duration_ms / 1000;
    if (isFile(event) && !entries.has(file)) seconds.set(relative(root, name), took);
    else if (nesting === 0 && suites.has(name) && entries.has(file)) seconds.set(name, took);
  });
  const tests = stream.filter(({ type, data }) => !(type === 'test:pass' && isFile(data)));
  await pipeline(tests.compose(spec), process.stdout, { end: false });
  for (const file of members) if (!ran.has(file)) empty.push(suiteOf(file));
  return { ...tally, seconds, empty };
}

/** Runs test files again whenever they or what they import changes, until the process is ended. */
export async function watchTests(selection: Selection): Promise<void> {
  keepCompiled();
  const stream = run({ ...optionsOf(selection), watch: true });
  await pipeline(stream.compose(spec), process.stdout, { end: false });
}

/**
 * Each test file is a process, and many start others: what one has compiled, the next one takes
 * (nodejs.org/api/module.html#module-compile-cache). Also once the types have been stripped off the sources, which is
 * half of it. `npm ci` takes the memory away.
 */
function keepCompiled(): void {
  process.env.NODE_COMPILE_CACHE ??= resolve(root, 'node_modules/.cache/compiled');
}

/** What runs whole cases begins first, then groups: at the end, one long file would keep one core busy and the other idle. */
function optionsOf({ files, namePart }: Selection) {
  return {
    files: [...files].sort((one, other) => Number(runsStacks(other)) - Number(runsStacks(one))),
    concurrency: 3,
    testNamePatterns: namePart === undefined ? [] : [new RegExp(RegExp.escape(namePart), 'i')],
  };
}

function isByItsTests(error: unknown): boolean {
  return (Object(error) as { readonly failureType?: string }).failureType === 'subtestsFailed';
}

/** Node reports a file as a test of its own name when no test of it ran, and always that it is complete. */
function isFile({ name, file }: { readonly name: string; readonly file?: string | undefined }): boolean {
  return file !== undefined && resolve(name) === file;
}
