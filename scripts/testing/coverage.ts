import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isTypesOnly, PURE, pureFiles } from '../pure-folders.ts';

const root = resolve(import.meta.dirname, '../..');
const FOLDER = resolve(root, 'node_modules/.cache/rules-coverage');

/** Hundredths of the lines of rules that tests have to run. It is never lowered. */
const LEAST = 97;

const ROOMS = [...new Set(PURE.map((glob) => glob.split('/')[1]))].join('|');
const COUNTS = new RegExp(`^test/(${ROOMS})(/|\\.test)`);

/** Whether what a test file runs counts, those that share a process: the tests of the rooms that hold rules. */
export const countsForCoverage = (file: string): boolean => COUNTS.test(file);

/** Makes the test processes that run the rooms' tests note what they run. */
export function startCoverage(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  process.env.RULES_COVERAGE = FOLDER;
}

/** How much of the rules ran, and the files of which the most did not. */
export interface Covered {
  readonly percent: number;
  readonly isEnough: boolean;
  readonly lines: readonly string[];
}

/** What the test processes noted, put together: a line that ran in one of them ran. */
export function covered(folder = FOLDER): Covered {
  const notes = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Note);
  const files = pureFiles()
    .filter((file) => !isTypesOnly(file))
    .map((file) => unrunOf(file, notes));
  const all = files.reduce((sum, { lines }) => sum + lines, 0);
  const unrun = files.reduce((sum, each) => sum + each.unrun.length, 0);
  const percent = (100 * (all - unrun)) / all;
  const worst = files.filter((each) => each.unrun.length > 0).sort((a, b) => b.unrun.length - a.unrun.length);
  return {
    percent,
    isEnough: percent >= LEAST,
    lines: [
      `${percent.toFixed(1)} % of the lines of the rules were run by their tests (${LEAST} % at the least)`,
      ...worst.slice(0, 20).map(({ file, unrun }) => `${String(unrun.length).padStart(5)}  ${file}:${unrun[0]}`),
    ],
  };
}

type Note = Readonly<Record<string, readonly number[]>>;

function unrunOf(file: string, notes: readonly Note[]): { file: string; lines: number; unrun: readonly number[] } {
  const all = readFileSync(resolve(root, file), 'utf8').split('\n');
  const lines = all.filter((line) => line.trim() !== '').length;
  const [first, ...others] = notes.flatMap((note) => (note[file] === undefined ? [] : [note[file]]));
  if (first === undefined)
    return { file, lines, unrun: all.flatMap((line, at) => (line.trim() === '' ? [] : [at + 1])) };
  const rest = others.map((each) => new Set(each));
  return { file, lines, unrun: first.filter((line) => rest.every((each) => each.has(line))) };
}
