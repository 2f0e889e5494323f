import type { Tally } from './gates.ts';

/** Prints the last line of a run, which CI reads, and gives the exit code: nothing that ran is no success. */
export function closingLine({ passed, failed }: Tally): number {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
