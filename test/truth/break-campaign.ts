/**
 * Breaks one rule of the product after the other and counts the firms until the oracle notices.
 * `npm run test:truth:breaks -- --firms 200 --only wildcards-accepted`
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import type { Stack } from '../../local/stack.ts';
import { BREAKS, type Break } from './breaks.ts';
import { runFirms, tellOf } from './campaign-of.ts';
import { generateFirm } from './firm/generate.ts';
import type { Violation } from './oracle/judge.ts';
import { runFirm } from './run-firm.ts';
import { startTruthStack } from './truth-stack.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, firms: { type: 'string' }, only: { type: 'string' } },
});
const seed = readNumber('--seed', values.seed, 1, 0, 1_000_000_000);
const firms = readNumber('--firms', values.firms, 200, 1, 10_000);
const asked = BREAKS.filter(({ name }) => values.only === undefined || values.only.split(',').includes(name));

/** What the unbroken product does wrong with a firm: a break is noticed by what it adds. */
const unbroken = new Map<number, ReadonlySet<string>>();
let sound: Stack | undefined;

async function faultsOf(firm: number): Promise<ReadonlySet<string>> {
  const known = unbroken.get(firm);
  if (known !== undefined) return known;
  sound ??= await startTruthStack();
  const { violations } = await runFirm(sound, generateFirm(firm));
  const faults = new Set(violations.map(keyOf));
  unbroken.set(firm, faults);
  return faults;
}

const keyOf = ({ kind, item, what }: Violation): string =>
  `${kind} ${item ?? what.replaceAll(/\d+|[0-9a-f-]{36}/g, '')}`;

async function firmsUntilFound(broken: Break): Promise<{ readonly count: number; readonly by: Violation } | undefined> {
  const start = (): Promise<Stack> => startTruthStack({ broken: broken.name });
  let count = 0;
  for await (const run of runFirms(
    Array.from({ length: firms }, (_, n) => seed + n),
    { start, twiceEvery: Number.POSITIVE_INFINITY },
  )) {
    count += 1;
    if (run.violations.length === 0) continue;
    const before = await faultsOf(run.firm.seed);
    const by = run.violations.find((violation) => !before.has(keyOf(violation)));
    if (by !== undefined) return { count, by };
  }
  return undefined;
}

process.env.NODE_OPTIONS = `--import=${join(import.meta.dirname, 'break-hook.ts')} ${process.env.NODE_OPTIONS ?? ''}`;
let missed = 0;
for (const broken of asked) {
  const found = await firmsUntilFound(broken);
  if (found === undefined) missed += 1;
  process.stdout.write(
    found === undefined
      ? `✖ ${broken.name}: not noticed in ${firms} firms. ${broken.sentence}\n`
      : `✔ ${broken.name}: noticed by firm ${found.count}. ${broken.sentence} ${tellOf(found.by).slice(0, 160)}\n`,
  );
}
await sound?.stop();
process.stdout.write(`\n${asked.length - missed} passed, ${missed} failed\n`);
process.exit(missed === 0 ? 0 : 1);
