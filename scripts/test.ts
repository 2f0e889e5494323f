/**
 * Runs every quality gate and every test, or the tests that were asked for (test-arguments.ts), and ends with the line
 * `N passed, N failed`. Each gate counts as one test. A test file's own failures are printed where they happen.
 */
import { closingLine } from './testing/closing-line.ts';
import { covered, startCoverage } from './testing/coverage.ts';
import { runGates, type Tally } from './testing/gates.ts';
import { prepareMachine } from './testing/prepare-machine.ts';
import { runTests, type TestRun, watchTests } from './testing/run-tests.ts';
import { ArgumentFault, readTestArguments, type TestArguments, USAGE } from './testing/test-arguments.ts';
import { groupTests } from './testing/test-groups.ts';

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

try {
  const asked = readTestArguments(process.argv.slice(2), process.cwd());
  if (asked.watch) await watchTests(asked);
  else process.exit(closingLine(asked.whole ? await runEverything(asked) : await runSelected(asked)));
} catch (error) {
  if (!(error instanceof ArgumentFault)) throw error;
  process.stderr.write(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}

async function runEverything(asked: TestArguments): Promise<Tally> {
  const isRoot = process.getuid?.() === 0;
  const fault = prepareMachine({ environment: process.env, isRoot }, print);
  if (fault !== undefined) {
    print(`✖ ${fault}`);
    return { passed: 0, failed: 1 };
  }
  const gates = await runGates();
  const tests = await runSelected(asked);
  const { isEnough, lines } = covered();
  print(`\n${isEnough ? '✔' : '✖'} ${lines.slice(0, isEnough ? 1 : undefined).join('\n')}`);
  return {
    passed: gates.passed + tests.passed + Number(isEnough),
    failed: gates.failed + tests.failed + Number(!isEnough),
  };
}

async function runSelected(asked: TestArguments): Promise<Tally> {
  if (asked.whole) startCoverage();
  const { passed, failed, seconds, empty } = await (asked.whole ? runTests(asked, groupTests) : runTests(asked));
  printSlowest(seconds);
  if (asked.namePart !== undefined) {
    if (passed + failed === 0) print(`\nNo test that ran has a name with "${asked.namePart}".`);
    return { passed, failed };
  }
  for (const file of empty) print(`\n✖ ${file} has no test`);
  return { passed, failed: failed + empty.length };
}

function printSlowest(seconds: TestRun['seconds']): void {
  if (seconds.size < 2) return;
  print('\nSlowest files:');
  const slowest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, 10);
  for (const [file, duration] of slowest) print(`${duration.toFixed(1).padStart(7)} s  ${file}`);
}
