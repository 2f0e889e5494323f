import type { Oid } from '../../people/oid.ts';
import type { CaseId } from '../ids.ts';
import { type Denied, isByPersonAlone, type Release, release, withChange } from './denied.ts';

/** What a person wants contained, without a case of leaving. */
export interface Containing {
  readonly oid: Oid;
  readonly kind: 'person' | 'identity';
  /** Oid of whoever asks. */
  readonly by: string;
  readonly why: string;
  /** ISO instant of the request. */
  readonly at: string;
  /** ISO instant in UTC at which it ends by itself. */
  readonly until: string;
  /** Of the request: the same one delivered again, however late, changes nothing. */
  readonly key?: string;
}

/**
 * The row after somebody was contained; the row as it is where nothing changes. A later end counts, an earlier one does
 * not: what ends a containment before its time is a release. Whom a case denies stays denied without an end, and the
 * containment stands beside that, for the day on which the case gives up.
 */
export function contain(row: Denied | undefined, { oid, kind, by, why, at, until, key }: Containing): Denied {
  if (key !== undefined && row?.changes?.some((each) => each.key === key)) return row;
  const said = { at, by, why, ...(key === undefined ? {} : { key }) };
  const about = { oid, why, changedAt: at, state: 'denied' } as const;
  if (row === undefined || row.state === 'released') {
    const past = row?.caseId ?? row?.pastCase;
    const fresh: Denied = {
      ...{ ...about, kind, since: at, until, generation: (row?.generation ?? 0) + 1 },
      byPerson: { since: at, until, by, why },
      ...(past && { pastCase: past }),
      ...(row?.changes && { changes: row.changes }),
    };
    return withChange(fresh, { what: 'contained', ...said });
  }
  const { byPerson } = row;
  if (byPerson !== undefined && byPerson.until >= until)
    // Nothing changes but that the request is known: sent again after a release, it contains nobody anew.
    return key === undefined ? row : withChange(row, { what: 'stood', ...said });
  const under = byPerson === undefined ? beginner(row) : byPerson.under;
  const longer: Denied = {
    ...row,
    kind: row.kind === 'unknown' ? kind : row.kind,
    generation: row.generation + 1,
    changedAt: at,
    ...(isByPersonAlone(row) && { why }),
    ...(row.until === undefined ? {} : { until: row.until > until ? row.until : until }),
    byPerson: { since: byPerson?.since ?? at, until, by, why, ...(under && { under }) },
  };
  return withChange(longer, { what: byPerson === undefined ? 'contained' : 'extended', ...said });
}

/** The case that was the first to deny, and nobody else since. */
function beginner({ caseId, since, changedAt }: Denied): CaseId | undefined {
  return since === changedAt ? caseId : undefined;
}

/** Whether the denial is the case's to take back: it was the first to deny, or took over from a containment alone. */
export function isOwnOf(row: Denied, caseId: CaseId): boolean {
  if (row.state !== 'denied' || row.caseId !== caseId) return false;
  return row.byPerson?.under === caseId || row.since === row.changedAt;
}

/**
 * The row after a case took its denial back. What a person had said beside it counts again, alone and with its own end;
 * `atLeastMs`: so long at the least, so that nobody is let in by a case that gives up before people heard of it.
 */
export function releaseOfCase(row: Denied, said: Release, atLeastMs = 0): Denied {
  const { byPerson, caseId } = row;
  if (row.state !== 'denied' || byPerson === undefined) return release(row, said);
  const least = new Date(Date.parse(said.at) + atLeastMs).toISOString();
  const end = byPerson.until > least ? byPerson.until : least;
  if (end <= said.at) return release(row, said);
  const { under: _, ...word } = byPerson;
  const { caseId: __, ...rest } = row;
  const back: Denied = {
    ...rest,
    generation: row.generation + 1,
    changedAt: said.at,
    why: byPerson.why,
    until: end,
    byPerson: { ...word, until: end },
    ...(caseId && { pastCase: caseId }),
  };
  return withChange(back, { what: 'given-back', ...said });
}

/** What of it people are told. */
export type DenialMoment = 'contained' | 'containment-ends-soon' | 'containment-ended' | 'containment-released';

/** Something that happened to a containment, and which time it is that something did. */
export interface DenialNews {
  readonly moment: DenialMoment;
  /** The row's generation: each change of a row is told once. */
  readonly revision: number;
  /** ISO instant. */
  readonly at: string;
}

const TOLD_AS = {
  contained: 'contained',
  extended: 'contained',
  stood: undefined,
  'given-back': 'contained',
  // The case tells of itself.
  'taken-over': undefined,
  released: 'containment-released',
  ended: 'containment-ended',
} as const;

const DAY_MS = 24 * 60 * 60_000;

/** What is to be told of a row: what was done to it since an instant, and that its end is near. */
export function newsOf(row: Denied, since: Date, now: Date): DenialNews[] {
  const done = (row.changes ?? []).flatMap(({ what, at, generation: revision }) => {
    const moment = TOLD_AS[what];
    return moment === undefined || Date.parse(at) < since.getTime() ? [] : [{ moment, revision, at }];
  });
  const soon = endsSoonAt(row);
  if (soon === undefined || now.getTime() < soon) return done;
  const at = new Date(soon).toISOString();
  return [...done, { moment: 'containment-ends-soon', revision: row.generation, at }];
}

/** A day before the end, or at half of a shorter time. Undefined where no person's word alone denies. */
function endsSoonAt(row: Denied): number | undefined {
  if (!isByPersonAlone(row)) return undefined;
  const [end, from] = [Date.parse(row.until), Date.parse(row.changedAt)];
  return end - Math.min(DAY_MS, Math.max(0, end - from) / 2);
}
