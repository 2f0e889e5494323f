import { type Firm, isLeavers, personOf } from '../firm/firm.ts';
import type { Violation } from './judge.ts';
import { livingPaths } from './living-paths.ts';
import type { TenantStates } from './rows.ts';

/** What the oracle reads of a sweep's report: its own words, as of a case's. */
export interface FiledSweep {
  readonly orphaned: readonly {
    readonly oid: string;
    readonly result: string;
    readonly credentials: readonly { readonly source: string; readonly id: string }[];
  }[];
  readonly coverage: readonly { readonly source: string; readonly state: string }[];
  readonly looked: { readonly unlinked: number };
}

/**
 * What of the promises a sweep breaks that runs when the leaver's case is over: it names nobody but the leaver, opens
 * nothing anew, and leaves out no credential that still lets the leaver in, unless it says what it did not read.
 */
export function judgeSweep(firm: Firm, states: TenantStates, sweep: FiledSweep): Violation[] {
  const { oid } = personOf(firm, firm.leaver);
  const others = sweep.orphaned.filter((row) => row.oid !== oid);
  const theirs = firm.items.flatMap((item) =>
    (item.kind === 'fine-grained' || item.kind === 'sso-credential') && !isLeavers(firm, item.person)
      ? [String(item.id)]
      : [],
  );
  const taken = sweep.orphaned.flatMap(({ credentials }) => credentials.filter(({ id }) => theirs.includes(id)));
  const anew = sweep.orphaned.filter(({ result }) => result === 'opened' || result === 'on-hold');
  return [
    ...others.map((row): Violation => {
      const held = row.credentials.map(({ source, id }) => `${source} ${id}`).join(', ');
      return { kind: 'wrong-owner', what: `the sweep takes ${row.oid} for somebody who left (${held})` };
    }),
    ...taken.map(({ source, id }): Violation => {
      return { kind: 'wrong-owner', what: `the sweep takes ${source} ${id} for the leaver’s, and it is a colleague’s` };
    }),
    ...anew.map((row): Violation => ({ kind: 'acted-again', what: `the sweep opened a case of ${row.oid}` })),
    ...missedBy(firm, states, sweep),
  ];
}

const OWNED = ['grant', 'fine-grained', 'sso-credential'];

function missedBy(firm: Firm, states: TenantStates, sweep: FiledSweep): Violation[] {
  if (!isKnownToHaveLeft(firm)) return [];
  const { oid } = personOf(firm, firm.leaver);
  const ids = sweep.orphaned.flatMap((row) => (row.oid === oid ? row.credentials.map(({ id }) => id) : []));
  if (!sweep.coverage.every(({ state }) => state === 'complete')) return [];
  // A credential of an account of which nobody can say whose it is, is counted and not named.
  const proved = firm.items.some((item) => {
    return item.kind === 'sign-on' && item.account === firm.leaver && item.objectIdOf === firm.leaver;
  });
  const counted = !proved && sweep.looked.unlinked > 0;
  return livingPaths(firm, states).flatMap(({ item, what, marks }): Violation[] => {
    if (!OWNED.includes(item.kind) || (counted && item.kind !== 'grant')) return [];
    const told = marks.flat().some((mark) => ids.includes(mark.slice(mark.lastIndexOf('/') + 1)));
    return told ? [] : [{ kind: 'silent-miss', item: item.key, what: `${what} is alive, and the sweep is silent` }];
  });
}

/** Whether the directory itself says so: it lists who was deleted, and whose last day has come. */
function isKnownToHaveLeft(firm: Firm): boolean {
  const { state, recorded } = firm.leaving;
  if (state === 'gone') return false;
  return state === 'soft-deleted' || recorded;
}
