/**
 * Runs what reads the log, or a calendar, on the day that this process lives on; `--at` says which that has to be.
 * `node test/calendar/run-day.ts [--short] [--at <ISO>]` prints a line for each file. A file of which no test ran is a
 * failure.
 */
import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { run } from 'node:test';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false }, at: { type: 'string' } } });

const TESTS = resolve(import.meta.dirname, '..');

interface Part {
  /** Names of test files, of which there is one each. */
  readonly files: readonly string[];
  /** Only tests whose full names contain one of these; default: all. */
  readonly only?: readonly RegExp[];
}

/** What `one-clock.ts` tells holds today by the case study and by the case without faults (test/scenarios). */
const SHORT: Part = {
  files: ['one-clock.ts', 'audit-activity.test.ts'],
  only: [/live at the same time/, /^the audit reads/, /^what is left/, /ordinary ninety days/, /nobody left a row/],
};
const WHOLE: readonly Part[] = [
  { files: ['case-study.test.ts', 'audit-activity.test.ts', 'hr-queue.test.ts'] },
  // The checks that judge days, and the numbers that count them.
  { files: ['calls-logged.test.ts', 'alert-403.test.ts', 'time-to-detect.test.ts', 'leavers-offboarded.test.ts'] },
  // Of the faults and the permissions, what is about the log.
  {
    files: ['faults.test.ts', 'permissions.test.ts'],
    only: [/^without faults/, /^logs answers every call with 403/, /Log Analytics Data Reader/],
  },
];

if (values.at !== undefined && Math.abs(Date.parse(values.at) - Date.now()) > 60_000) {
  throw new Error(`this process lives at ${new Date().toISOString()}, not at ${values.at}`);
}

const passed = new Map<string, number>();
let failed = 0;
for (const { files, only } of values.short ? [SHORT] : WHOLE) {
  const paths = files.map(pathOf);
  for (const path of paths) passed.set(path, 0);
  const stream = run({ files: paths, concurrency: 2, ...(only === undefined ? {} : { testNamePatterns: [...only] }) });
  stream.on('test:pass', ({ file, details, skip }) => {
    if (file === undefined || details.type === 'suite' || skip !== undefined) return;
    if (passed.has(file)) passed.set(file, (passed.get(file) ?? 0) + 1);
  });
  stream.on('test:fail', ({ name, file, details }) => {
    if (details.type === 'suite') return;
    failed += 1;
    process.stdout.write(`✖ ${basename(file ?? '')}: ${name}\n${String(details.error.cause ?? details.error)}\n`);
  });
  for await (const _ of stream);
}
for (const [path, count] of passed) {
  if (count === 0) failed += 1;
  process.stdout.write(`${count === 0 ? '✖' : '✔'} ${basename(path)}: ${count} passed\n`);
}
process.exit(failed === 0 ? 0 : 1);

/** Looked up by its name: where a test file lies is no matter here. */
function pathOf(name: string): string {
  const [found, ...more] = globSync(`**/${name}`, { cwd: TESTS });
  if (found === undefined || more.length > 0) throw new Error(`there is not one ${name}`);
  return resolve(TESTS, found);
}
