import type { Stack } from '../../local/stack.ts';
import type { Firm } from './firm/firm.ts';
import type { Violation } from './oracle/judge.ts';
import { runFirm } from './run-firm.ts';

/** Cases that shrinking one firm may take. */
const MOST_RUNS = 80;

/** Whether a violation of a smaller firm is the one that is looked for. */
export type SameFault = (firm: Firm, violation: Violation) => boolean;

/** The smallest firm that still breaks the promise: items go by halves, then one by one, then people and habits. */
export async function shrinkTo(stack: Stack, firm: Firm, same: SameFault): Promise<Firm> {
  let small = firm;
  let runs = 0;
  const stillBreaks = async (candidate: Firm): Promise<boolean> => {
    if (runs >= MOST_RUNS) return false;
    runs += 1;
    const { violations } = await runFirm(stack, candidate);
    return violations.some((violation) => same(candidate, violation));
  };
  for (let part = Math.ceil(small.items.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let from = 0; from < small.items.length; ) {
      const candidate = withoutLoose({ ...small, items: small.items.toSpliced(from, part) });
      if (await stillBreaks(candidate)) small = candidate;
      else from += part;
    }
  }
  for (const simpler of [
    (each: Firm): Firm => ({ ...each, people: peopleNamed(each) }),
    (each: Firm): Firm => ({ ...each, habits: CALM }),
    (each: Firm): Firm => ({ ...each, leaving: { state: 'soft-deleted', daysAgo: 20, recorded: true } }),
  ]) {
    const candidate = simpler(small);
    if (await stillBreaks(candidate)) small = candidate;
  }
  return small;
}

/** What rests on an item that is gone rests on nothing. */
function withoutLoose(firm: Firm): Firm {
  const keys = new Set(firm.items.map(({ key }) => key));
  return JSON.parse(JSON.stringify(firm), (name, value: unknown) =>
    name === 'listedAs' && typeof value === 'string' && !keys.has(value) ? undefined : value,
  ) as Firm;
}

function peopleNamed({ people, items, leaver }: Firm): Firm['people'] {
  const text = JSON.stringify([items, leaver]);
  return people.filter(({ key }) => text.includes(`"${key}"`));
}

const CALM: Firm['habits'] = {
  entraPage: 100,
  armPage: 20,
  devopsPage: 100,
  hideGrantsOfSoftDeleted: false,
  githubDenials: 403,
  repositoryRunners: 'all',
  revocationDelayMs: 0,
};
