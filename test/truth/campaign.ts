/**
 * Random firms, random leavers, and an oracle that knows from the seed what is alive after the case.
 * `npm run test:truth -- --seed 1 --firms 50`
 */
import { parseArgs } from 'node:util';
import { readNumber } from '../../local/read-number.ts';
import { runFirms, tellOf } from './campaign-of.ts';
import type { Firm } from './firm/firm.ts';
import { knownFault } from './known-faults.ts';
import type { Violation } from './oracle/judge.ts';
import { shrinkTo } from './shrink.ts';
import { situationOf } from './situation-of.ts';
import { startTruthStack } from './truth-stack.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    firms: { type: 'string' },
    shrink: { type: 'boolean', default: true },
    all: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const seed = readNumber('--seed', values.seed, 1, 0, 1_000_000_000);
const firms = readNumber('--firms', values.firms, 50, 1, 100_000);

const known = new Map<string, number>();
const outcomes = new Map<string, number>();
const failing = new Map<string, { readonly firm: Firm; readonly kind: Violation['kind'] }>();
const took: number[] = [];
for await (const run of runFirms(Array.from({ length: firms }, (_, n) => seed + n))) {
  took.push(run.tookMs);
  const outcome = run.report?.outcome ?? 'no report';
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  for (const violation of run.violations) {
    const fault = values.all ? undefined : knownFault(run.firm, violation);
    if (fault !== undefined) {
      known.set(fault, (known.get(fault) ?? 0) + 1);
      continue;
    }
    failing.set(`${run.firm.seed} ${violation.kind}`, { firm: run.firm, kind: violation.kind });
    process.stdout.write(`✖ seed ${run.firm.seed}: ${tellOf(violation)}\n`);
  }
}

took.sort((one, other) => one - other);
const total = took.reduce((sum, ms) => sum + ms, 0);
process.stdout.write(
  `\n${firms} firms in ${(total / 1000).toFixed(0)} s, ${(total / firms / 1000).toFixed(2)} s each (median ${((took[took.length >> 1] ?? 0) / 1000).toFixed(2)} s)\n`,
);
process.stdout.write(`outcomes: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}\n`);
for (const [fault, count] of known) process.stdout.write(`known, ${count} times: ${fault}\n`);

if (values.shrink && failing.size > 0) {
  const stack = await startTruthStack();
  for (const { firm, kind } of [...failing.values()].slice(0, 3)) {
    const small = await shrinkTo(
      stack,
      firm,
      (each, fault) => fault.kind === kind && knownFault(each, fault) === undefined,
    );
    process.stdout.write(`\nSmallest firm of seed ${firm.seed} that still gives ${kind}:\n${situationOf(small)}\n`);
  }
  await stack.stop();
}
const failed = new Set([...failing.values()].map(({ firm }) => firm.seed)).size;
process.stdout.write(`\n${firms - failed} passed, ${failed} failed\n`);
process.exit(failing.size === 0 ? 0 : 1);
