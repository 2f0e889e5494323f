import type { Fault } from '../../../../local/tenant/core/faults.ts';
import { FAULTS } from '../../support/fault-stack.ts';

const PASSING = Object.entries(FAULTS).filter(([name]) => !/^40/.test(name));

/** How each vendor is told to take something away. */
export const REMOVALS: Readonly<Record<string, readonly Omit<Fault, 'effect'>[]>> = {
  graph: [{ vendor: 'graph', method: 'DELETE' }],
  arm: [{ vendor: 'arm', method: 'DELETE' }],
  github: [
    { vendor: 'github', method: 'DELETE' },
    { vendor: 'github', method: 'POST', path: /personal-access-token/ },
  ],
  devops: [{ vendor: 'devops', method: 'POST', path: /revocations/i }],
};

/** Vendors that no unit of work asks one after the other: each unit meets its trouble once. */
const APART = [['graph', 'arm', 'devops', 'logs', 'teams'], ['github']];

type Trouble = readonly (readonly [vendor: string, faultName: string])[];
/** Kinds of trouble that pass, and whom each meets. */
export const PASSING_NAMES = PASSING.map(([name]) => name);
export const VENDORS = APART.flat();
/** Each kind at every vendor. */
export const TROUBLES: readonly Trouble[] = PASSING_NAMES.flatMap((name) =>
  APART.map((group) => group.map((vendor) => [vendor, name] as const)),
);
/** In the short form each vendor meets a kind of its own, so that each kind is met once. */
export const EACH_ITS_OWN: readonly Trouble[] = APART.map((group) =>
  group.map((vendor) => [vendor, PASSING_NAMES[VENDORS.indexOf(vendor) % PASSING_NAMES.length] ?? ''] as const),
);
