import type { CaseMode, CaseRow } from '../../../cases/case.ts';
import { staleFor } from '../../../cases/denied/person-returned.ts';
import type { Leaver } from '../../../people/leaver.ts';
import type { Waiting } from './state.ts';

/** What is to be done about somebody who changed, by how they stand now. */
export type Verdict =
  /** The answer and the change contradict each other: one of two replicas has not heard of it yet. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** They left, and no case is about it. */
  | { readonly kind: 'left' }
  /** They are there: what was done about an earlier deletion has to be told, and whether they are disabled remembered. */
  | { readonly kind: 'there' }
  /** The directory knows them no more, and their case knows of the leaving. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'nothing' };

/** A case that was opened so long before an account was disabled, or later, is about the same leaving. */
const SAME_LEAVING_MS = 31 * 86_400_000;

/**
 * What becomes of a change. What it said is not believed: whoever it names is read, and where the two contradict each
 * other nothing is done until the directory has had its time to agree. So late, repeated and reordered changes end in the
 * same.
 */
export function verdictOf(
  { removed, since }: Pick<Waiting, 'removed' | 'since'>,
  person: Pick<Leaver, 'state' | 'deletedAt'>,
  rows: readonly CaseRow[],
  now: Date,
  replicationSeconds: number,
): Verdict {
  const isThere = person.state === 'active' || person.state === 'disabled';
  const contradicted = (removed !== undefined) === isThere ? staleFor(since, replicationSeconds, now) : 0;
  const late = isThere ? rows.map(({ deletedAt }) => staleFor(deletedAt, replicationSeconds, now)) : [];
  const ms = Math.max(contradicted, ...late);
  if (ms > 0) return { kind: 'wait', ms };
  if (isThere) return { kind: 'there' };
  // A new colleague is unknown for moments, too.
  const unknown = person.state === 'gone' && rows.length === 0 ? staleFor(since, replicationSeconds, now) : 0;
  if (unknown > 0) return { kind: 'wait', ms: unknown };
  const unstarted = rows.some(({ state, onHold }) => state === 'open' && onHold === undefined);
  if (person.state === 'soft-deleted') {
    const known =
      person.deletedAt !== undefined && rows.some((row) => row.deletedAt === person.deletedAt && !isLook(row));
    return known && !unstarted ? { kind: 'nothing' } : { kind: 'left' };
  }
  // Made and deleted for good within moments: what removed them is a change of its own.
  if (rows.length === 0) return removed === undefined ? { kind: 'nothing' } : { kind: 'left' };
  const [newest] = newestFirst(rows.filter(knowsOfIt));
  if (newest === undefined) {
    // Whom no case may touch is refused once, and the refused case says that they are gone.
    const [last] = newestFirst(rows);
    return last?.state === 'refused' && last.goneAt !== undefined ? { kind: 'gone' } : { kind: 'left' };
  }
  // A plan is about whoever somebody wanted to look at; where it is about this leaving, intake says so, and it is noted.
  const isAbout = newest.restoredAt === undefined && (newest.mode === 'apply' || newest.goneAt !== undefined);
  return isAbout && !unstarted ? { kind: 'gone' } : { kind: 'left' };
}

/** A plan that nobody but an operator asked for: it says nothing of what the triggers are set to do. */
function isLook({ mode, trigger, merged }: CaseRow): boolean {
  return mode === 'plan' && [trigger, ...merged.map((each) => each.trigger)].every((each) => each === 'api');
}

/** Whether a case was begun, so that it is about the leaving: one that waits, was cancelled or refused cuts nobody off. */
function knowsOfIt({ state }: CaseRow): boolean {
  return state !== 'scheduled' && state !== 'cancelled' && state !== 'refused';
}

/** Whether a case that does as much as is asked for is about the leaving that disabling the account was part of. */
export function isKnownLeaving(rows: readonly CaseRow[], disabledSince: string, mode: CaseMode): boolean {
  const since = Date.parse(disabledSince);
  return rows
    .filter(({ state }) => state !== 'refused' && state !== 'cancelled' && state !== 'failed')
    .filter((row) => row.mode === 'apply' || mode === 'plan')
    .some(({ openedAt, deletedAt, restoredAt }) => {
      const returned = restoredAt !== undefined || (deletedAt !== undefined && Date.parse(deletedAt) < since);
      return !returned && Date.parse(openedAt) >= since - SAME_LEAVING_MS;
    });
}

export function newestFirst(rows: readonly CaseRow[]): readonly CaseRow[] {
  return rows.toSorted((a, b) => b.n - a.n);
}
