import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MOST_TRIES = 8;

/**
 * Writes the code cache of the package beside its loader, the same bytes for the same package: on a busy machine V8 now
 * and then counts something that it does not count otherwise, so that it is written until the same came twice.
 *
 * @param main the loader, `main.cjs`
 */
export function writeCodeCache(main: string): void {
  const seen: Buffer[] = [];
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    // The seed is the one flag that V8 leaves out when it compares flags; of this process's environment nothing counts.
    execFileSync(process.execPath, ['--random-seed=1', path.join(import.meta.dirname, 'write-code-cache.ts'), main], {
      env: {},
      stdio: ['ignore', 2, 2],
    });
    const folder = path.dirname(main);
    const cache = readdirSync(folder).find((file) => file.endsWith('.cache'));
    if (cache === undefined) throw new Error(`No code cache was written beside ${main}.`);
    const bytes = readFileSync(path.join(folder, cache));
    if (seen.some((each) => each.equals(bytes))) return;
    seen.push(bytes);
  }
  throw new Error(
    `The code cache of ${main} differed in each of ${MOST_TRIES} runs: build it on a machine that is less busy.`,
  );
}
