/**
 * Loads the app of the deployment package once and writes beside it what V8 has compiled by then: nearly all that runs
 * at a start. `scripts/build.ts` runs it as a process of its own, in a way that gives the same bytes for the same bundle.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Script } from 'node:vm';
import { collectRegistrations, installFunctionsCore } from '../../local/host/functions-core.ts';

/** What V8 does beside the program, at a time that nobody knows, and what it then throws away or marks in the code. */
const BESIDE = [
  'flush-bytecode',
  'opt',
  'maglev',
  'sparkplug',
  'concurrent-marking',
  'concurrent-sweeping',
  'parallel-scavenge',
];

const main = resolve(process.argv[2] ?? '');
for (const flag of BESIDE) setFlagsFromString(`--no-${flag}`);
installFunctionsCore(() => {});
await collectRegistrations(async () => {
  const { compiled } = createRequire(main)(main) as {
    readonly compiled: { readonly script: Script; readonly cacheFile: string };
  };
  // V8 notes its flags as they are now, and takes the file only where the app's are the same.
  for (const flag of BESIDE) setFlagsFromString(`--${flag}`);
  writeFileSync(compiled.cacheFile, compiled.script.createCachedData());
});
process.exit(0);
