/**
 * Changes each rule of the pure folders in one place after the other, and counts how many of these changes a test notices.
 * `npm run test:mutation -- --only src/people`; `--at-once 1` leaves a core to others; `--every 10` tries each tenth
 * change alone, of every file some: a sample of all.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { pureFiles } from '../../scripts/pure-folders.ts';
import { reasonFor } from './equivalents.ts';
import { mutate } from './mutants.ts';
import { NAMED, NOTICED } from './named.ts';
import { type Count, scoreLines, shareOf } from './score.ts';
import { testsOf } from './tests-of.ts';
import { verdictsOn } from './verdicts.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LEAST = 85;

const { values } = parseArgs({
  options: { only: { type: 'string' }, 'at-once': { type: 'string' }, every: { type: 'string' } },
});
const atOnce = readNumber('--at-once', values['at-once'], availableParallelism(), 1, 64);
const every = readNumber('--every', values.every, 1, 1, 1_000);
const only = values.only?.replace(/\/$/, '');
const files = pureFiles();
const waiting = files.filter(isAsked);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const counts = new Map<string, Count>();
const started = Date.now();
await Promise.all(Array.from({ length: atOnce }, work));

const missed = NAMED.filter(({ file }) => isAsked(file)).filter(({ name }) => !isNoticed(name));
for (const { name, test } of missed) say(`not noticed by ${test}: ${name}`);
for (const line of scoreLines(counts)) say(line);
const share = shareOf([...counts.values()]);
say(`${((Date.now() - started) / 60_000).toFixed(1)} minutes`);
process.exitCode = share >= LEAST && missed.length === 0 ? 0 : 1;

function isAsked(file: string): boolean {
  return only === undefined || file === only || file.startsWith(`${only}/`);
}

function isNoticed(name: string): boolean {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'try-named.ts'), name]).status === NOTICED;
}

async function work(): Promise<void> {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) counts.set(file, await countOf(file));
}

async function countOf(file: string): Promise<Count> {
  const { mutants: all } = mutate(readFileSync(resolve(ROOT, file), 'utf8'));
  // Each file begins its count where the one before it may have ended: short ones are not all in, nor all out.
  const from = files.indexOf(file);
  const { mutants = [], leftOut = [] } = Object.groupBy(all, ({ id }) =>
    (id + from) % every === 0 ? 'mutants' : 'leftOut',
  );
  if (mutants.length === 0) return { killed: 0, survived: 0, equivalent: 0 };
  const ids = leftOut.map(({ id }) => id);
  const verdicts = await verdictsOn(file, testsOf(file), ids);
  const count = { killed: 0, survived: 0, equivalent: 0 };
  for (const { id, line, was, becomes } of mutants) {
    const verdict = verdicts.get(id);
    if (verdict === undefined) throw new Error(`${file}: nothing is known of mutant ${id} (line ${line})`);
    const reason = verdict.by === null ? reasonFor(file, was, becomes) : undefined;
    if (verdict.by !== null) count.killed += 1;
    else if (reason !== undefined) count.equivalent += 1;
    else {
      count.survived += 1;
      say(`survived ${file}:${line}: ${was} → ${becomes}${verdict.reached ? '' : ' (no test passes here)'}`);
    }
  }
  return count;
}
