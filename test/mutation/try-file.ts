/**
 * A process that tries the mutants of one file against tests, and writes a line for each to file descriptor 3. Whoever
 * started it ends it when no line comes: a mutant may loop for ever.
 */
import { readFileSync, writeSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fc } from '../support/properties.ts';
import { Loader } from './load-mutated.ts';
import { type Mutant, mutate } from './mutants.ts';
import type { Unit } from './stand-in.ts';
import type { Line, Order } from './verdicts.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NONE = -1;

/** The tests that passed, with the mutants that each passes by. */
type Seen = ReadonlyMap<Unit, { readonly hits: ReadonlySet<number>; readonly ms: number }>;

let active = NONE;
let hits: Set<number> | undefined;
Object.assign(globalThis, {
  __mutant: (id: number): boolean => {
    hits?.add(id);
    return active === id;
  },
});
// A counterexample is enough; the smallest one is for people.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
// What a mutant leaves behind in the background is its own affair: tests have judged it.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});

const say = (line: Line): void => void writeSync(3, `${JSON.stringify(line)}\n`);
const { file, tests, done }: Order = JSON.parse(await text(process.stdin));
const { source, mutants } = mutate(readFileSync(resolve(ROOT, file), 'utf8'));
const left = new Map(mutants.filter(({ id }) => !done.includes(id)).map((mutant) => [mutant.id, mutant]));
const reached = new Set<number>();
const loader = new Loader(resolve(ROOT, file), source);
const onLoad = await hitsOf(() => loader.loadSource());
for (const test of tests) {
  if (left.size > 0) await tryAgainst(test);
}
for (const { id } of left.values()) say({ survived: id, reached: reached.has(id) });
process.exit(0);

async function tryAgainst(test: string): Promise<void> {
  say({ test });
  let loaded: Awaited<ReturnType<Loader['load']>> | undefined;
  const whileLoading = await hitsOf(async () => {
    loaded = await loader.load(resolve(ROOT, test));
  });
  if (loaded === undefined) return;
  const { units, end } = loaded;
  const seen = await measured(units);
  const asLoaded = new Set([...(onLoad ?? []), ...(whileLoading ?? [])]);
  const contaminated = await tryRunning(test, await soundOf(seen), asLoaded);
  await end();
  if (contaminated) {
    // What a mutant left behind would fail the tests of the next one too.
    loader.renew();
    return await tryAgainst(test);
  }
  const names = new Set([...seen.keys()].map(({ name }) => name));
  const whileLoaded = [...left.values()].filter(({ id }) => asLoaded.has(id));
  for (const mutant of whileLoaded) await tryLoaded(mutant, test, names);
  // The last of them stands in what was loaded for it: the next test would fail by it, and so never notice it.
  if (whileLoaded.length > 0) loader.renew();
}

/** For what happens while a test runs. Says whether a test still fails when its mutant is gone. */
async function tryRunning(test: string, seen: Seen, asLoaded: ReadonlySet<number>): Promise<boolean> {
  for (const mutant of [...left.values()]) {
    if (asLoaded.has(mutant.id)) continue;
    const those = [...seen].filter(([, { hits: passed }]) => passed.has(mutant.id)).map(([unit]) => unit);
    if (those.length > 0) reached.add(mutant.id);
    const failed = await killerOf(mutant, those);
    if (failed === undefined) continue;
    killed(mutant, test, failed.name);
    if (await fails(failed)) return true;
  }
  return false;
}

/** For what happens while a file is loaded (a table, a pattern): it is loaded again with the mutant. */
async function tryLoaded(mutant: Mutant, test: string, names: ReadonlySet<string>): Promise<void> {
  say({ trying: mutant.id });
  reached.add(mutant.id);
  loader.renew();
  active = mutant.id;
  let end = async (): Promise<void> => {};
  try {
    const loaded = await loader.load(resolve(ROOT, test));
    end = loaded.end;
    for (const unit of loaded.units) {
      if (names.has(unit.name) && (await fails(unit))) return killed(mutant, test, unit.name);
    }
  } catch {
    killed(mutant, test, 'while it is loaded');
  } finally {
    active = NONE;
    await end();
  }
}

async function killerOf(mutant: Mutant, units: readonly Unit[]): Promise<Unit | undefined> {
  if (units.length === 0) return undefined;
  say({ trying: mutant.id });
  active = mutant.id;
  try {
    for (const unit of units) if (await fails(unit)) return unit;
    return undefined;
  } finally {
    active = NONE;
  }
}

function killed(mutant: Mutant, test: string, by: string): void {
  left.delete(mutant.id);
  say({ killed: mutant.id, by: `${relative('.', test)}: ${by}` });
}

/** What each test reaches; the quickest first. */
async function measured(units: readonly Unit[]): Promise<Seen> {
  const seen = new Map<Unit, { hits: ReadonlySet<number>; ms: number }>();
  for (const unit of units) {
    say({ unit: unit.name });
    const started = performance.now();
    const those = await hitsOf(() => unit.run());
    if (those !== undefined) seen.set(unit, { hits: those, ms: performance.now() - started });
  }
  return new Map([...seen].sort(([, one], [, other]) => one.ms - other.ms));
}

/** Those that pass again, by themselves: the others stand on what came before them, and would accuse any mutant. */
async function soundOf(seen: Seen): Promise<Seen> {
  const sound = new Map(seen);
  for (const [unit, { hits: those }] of seen) {
    if (those.size === 0 || (await fails(unit))) sound.delete(unit);
  }
  return sound;
}

async function fails(unit: Unit): Promise<boolean> {
  try {
    await unit.run();
    return false;
  } catch {
    return true;
  }
}

/** The mutants that are passed while something runs; nothing when it fails. */
async function hitsOf(run: () => Promise<unknown>): Promise<ReadonlySet<number> | undefined> {
  const found = new Set<number>();
  hits = found;
  try {
    await run();
    return found;
  } catch {
    return undefined;
  } finally {
    hits = undefined;
  }
}
