import type { Oid } from '../../people/oid.ts';
import { parseOid } from '../../people/oid.ts';
import { type Denied, revisionOf } from './denied.ts';

/** What is remembered of the table, apart from it. */
export interface DeniedMark {
  /** Of the fullest table that was seen. */
  readonly revision: number;
  /** Why nothing may be projected, until somebody accepts the table as it is. */
  readonly blocked?: string;
  /** Per cent of the list's room that is taken, where that is much. */
  readonly used?: number;
}

/** What the list holds now. */
export interface ListedOids {
  readonly oids: ReadonlySet<string>;
  /** Whether all of it was read. */
  readonly complete: boolean;
}

/** What has to become of the list. */
export interface Projection {
  /** Why nobody but the urgent ones may be written. */
  readonly blocked?: string;
  readonly add: readonly Oid[];
  /** Of these a release is recorded. */
  readonly drop: readonly Oid[];
  /** On the list and unknown to the table: they stay, and get a row. */
  readonly adopt: readonly Oid[];
  /** Of those to add: they stood there once, and somebody else took them off. */
  readonly drifted: readonly Oid[];
}

/** A row this young is being projected by whoever wrote it. */
const BEING_WRITTEN_MS = 2 * 60_000;
const NOBODY: ReadonlySet<Oid> = new Set();

/**
 * The list that follows from the table. Nothing leaves it without a recorded release: what the table does not know is
 * adopted. A table that is empty beside a list, or holds less than was seen before, was lost or restored: it may know
 * nothing of those who were released since, and nothing of those who were denied, so that nothing is written from it
 * but those who are denied right now.
 */
export function projectDenied(
  rows: readonly Denied[],
  listed: ListedOids,
  mark: DeniedMark | undefined,
  now: Date,
  urgent: ReadonlySet<Oid> = NOBODY,
): Projection {
  const states = new Map(rows.map((row) => [row.oid, row]));
  const denied = rows.filter(({ state }) => state === 'denied');
  const missing = denied.filter(({ oid }) => !listed.oids.has(oid));
  const blocked = whyBlocked(rows, listed, mark, urgent);
  if (blocked !== undefined || !listed.complete) {
    const add = missing.map(({ oid }) => oid).filter((oid) => urgent.has(oid));
    return { add, drop: [], adopt: [], drifted: [], ...(blocked === undefined ? {} : { blocked }) };
  }
  const onList = [...listed.oids].flatMap((text) => parseOid(text) ?? []);
  return {
    add: missing.map(({ oid }) => oid),
    drop: onList.filter((oid) => states.get(oid)?.state === 'released'),
    adopt: onList.filter((oid) => !states.has(oid)),
    drifted: missing
      .filter(({ oid, changedAt }) => !urgent.has(oid) && now.getTime() - Date.parse(changedAt) > BEING_WRITTEN_MS)
      .map(({ oid }) => oid),
  };
}

/** What is wrong with a table that holds less than was seen of it; undefined where it does not. One sentence. */
export function whatIsLost(rows: readonly Denied[], mark: DeniedMark | undefined): string | undefined {
  const [revision, seen] = [revisionOf(rows), mark?.revision ?? 0];
  if (revision >= seen) return undefined;
  return `The table of the denied holds less than was seen before (revision ${revision} of ${seen}): an older copy of it was put back, or rows of it are lost.`;
}

function whyBlocked(
  rows: readonly Denied[],
  { oids }: ListedOids,
  mark: DeniedMark | undefined,
  urgent: ReadonlySet<string>,
): string | undefined {
  if (mark?.blocked !== undefined) return mark.blocked;
  const lost = whatIsLost(rows, mark);
  if (lost !== undefined) return lost;
  // The rows of those who are being denied are written already.
  const others = rows.filter(({ oid }) => !urgent.has(oid));
  const listed = [...oids].filter((text) => parseOid(text) !== undefined && !urgent.has(text)).length;
  if (others.length === 0 && listed > 0)
    return `The table of the denied is empty, and the list holds ${listed}: it was lost, or the list is older than the table.`;
  return undefined;
}
