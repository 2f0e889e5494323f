import type { Stack } from '../../local/stack.ts';
import type { Firm } from './firm/firm.ts';
import { generateFirm } from './firm/generate.ts';
import type { Violation } from './oracle/judge.ts';
import { type FirmRun, runFirm } from './run-firm.ts';
import { startTruthStack } from './truth-stack.ts';

/** The deny list holds 220 people, and each firm adds its leaver. */
const FIRMS_PER_STACK = 60;
/** Every so many firms are run a second time over the same state. */
const TWICE_EVERY = 5;

export interface RunFirm extends FirmRun {
  readonly firm: Firm;
  readonly tookMs: number;
}

/** Runs the firms of these seeds, one after the other, on as many stacks as they need. */
export async function* runFirms(
  seeds: Iterable<number>,
  options: { readonly start?: () => Promise<Stack>; readonly twiceEvery?: number } = {},
): AsyncGenerator<RunFirm> {
  const { start = startTruthStack, twiceEvery = TWICE_EVERY } = options;
  let stack: Stack | undefined;
  let firms = 0;
  try {
    for (const seed of seeds) {
      if (stack === undefined || firms % FIRMS_PER_STACK === 0) {
        await stack?.stop();
        stack = await start();
      }
      firms += 1;
      const firm = generateFirm(seed);
      const began = performance.now();
      const run = await runFirm(stack, firm, { twice: firms % twiceEvery === 0 });
      yield { ...run, firm, tookMs: performance.now() - began };
    }
  } finally {
    await stack?.stop();
  }
}

/** What a violation is, for people and for telling two of them apart. */
export function tellOf({ kind, item, what }: Violation): string {
  return `${kind}${item === undefined ? '' : ` (${item})`}: ${what}`;
}
