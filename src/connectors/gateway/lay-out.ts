import { inForm, MAX_LENGTH, withOid, withoutOids } from './deny-list-value.ts';

/** One of the list's named values. */
interface Value {
  readonly name: string;
  readonly value: string;
}

/** The named values after a change, and whom none of them had room for. */
export interface LaidOut {
  readonly values: readonly Value[];
  readonly full: readonly string[];
  /** From 0 to 1, how much of the room is taken. */
  readonly used: number;
}

/**
 * The list after a change. Everybody stays in the named value where they are; whoever is new goes into the first with
 * room. What is no object id is somebody's own and stays. What somebody wrote in another form is written in the one that
 * the policy reads, so that whoever they meant is refused.
 */
export function layOut(values: readonly Value[], add: readonly string[], drop: readonly string[]): LaidOut {
  const read = values.map(({ name, value }) => ({ name, ...inForm(value) }));
  const next = read.map(({ name, value }) => ({ name, value: withoutOids(value, drop) }));
  const left = read.flatMap((each) => each.left).filter((element) => !drop.includes(element));
  const full = [...new Set([...add, ...left])].filter((oid) => {
    for (const [index, { name, value }] of next.entries()) {
      const longer = withOid(value, oid);
      if (longer === undefined) continue;
      next[index] = { name, value: longer };
      return false;
    }
    return true;
  });
  const taken = next.reduce((sum, { value }) => sum + value.length, 0);
  return { values: next, full, used: next.length === 0 ? 1 : taken / (next.length * MAX_LENGTH) };
}
