import * as z from 'zod';
import { type Oid, OidSchema, parseOid } from '../../people/oid.ts';
import type { Immutable } from '../../shapes/immutable.ts';
import { count, instant, text } from '../../shapes/primitives.ts';
import { type CaseId, CaseIdSchema, parseCaseId } from '../ids.ts';

/**
 * `person`: a leaver. `identity`: a workload whose trust in a leaver was cut, until its tokens have ended. `unknown`: found
 * on the list, put there by hand or before there was a table.
 */
export const DENIED_KINDS = ['person', 'identity', 'unknown'] as const;
export type DeniedKind = (typeof DENIED_KINDS)[number];

/**
 * `unreadable` is never written: what a newer release wrote, or somebody edited. Whom it names stays on the list, or off
 * it, as they are.
 */
const DENIED_STATES = ['denied', 'released', 'unreadable'] as const;

/**
 * What somebody did about a denial; `taken-over` and `given-back`: by a case, from a containment and to it. `stood`: they
 * asked for what was there, and only the key of their request is kept.
 */
const CHANGES = ['contained', 'extended', 'stood', 'taken-over', 'given-back', 'released', 'ended'] as const;

const ChangeSchema = z.strictObject({
  what: z.enum(CHANGES),
  at: instant,
  /** An oid, a case, or the app's own word. */
  by: text,
  why: text,
  /** When the denial ends by itself from then on; absent where it does not. */
  until: z.exactOptional(instant),
  /** The row's generation after it. */
  generation: count,
  /** Of the request that asked: sent again, it changes nothing. */
  key: z.exactOptional(text),
});
export type DeniedChange = Immutable<z.output<typeof ChangeSchema>>;

/** The word of a person who wants somebody cut off for a time, without a case of leaving. */
const ByPersonSchema = z.strictObject({
  since: instant,
  until: instant,
  /** Oid of whoever asked last. */
  by: text,
  why: text,
  /** The case that took over from this word alone: where that case gives up, the word counts again. */
  under: z.exactOptional(CaseIdSchema),
});

/** One object id that is denied, or was. The list is a projection of these rows; a row is never deleted. */
export const DeniedSchema = z.strictObject({
  oid: OidSchema,
  kind: z.enum(DENIED_KINDS),
  state: z.enum(DENIED_STATES),
  /** Counted up by every change. Whoever acts on an older one is late, and does nothing. */
  generation: count,
  /** The case that denied it last; absent where no case did. */
  caseId: z.exactOptional(CaseIdSchema),
  /** Instant of the first denial without a release in between. */
  since: instant,
  /** Instant of the last change of the row. */
  changedAt: instant,
  /** The denial ends by itself then; absent where it ends by a release only. */
  until: z.exactOptional(instant),
  /** One sentence: why it is denied. */
  why: text,
  released: z.exactOptional(z.strictObject({ at: instant, by: text, why: text })),
  /** Kept beside the denial of a case, which has no end. */
  byPerson: z.exactOptional(ByPersonSchema),
  /** The case whose denial ended before the containment did: delivered late, it denies nobody anew. */
  pastCase: z.exactOptional(CaseIdSchema),
  /** What people did about it, the newest last; as far as it is kept. */
  changes: z.exactOptional(z.array(ChangeSchema)),
});
export type Denied = Immutable<z.output<typeof DeniedSchema>>;

/** What somebody wants denied. */
export interface Denial {
  readonly oid: Oid;
  readonly kind: DeniedKind;
  readonly caseId?: CaseId;
  readonly why: string;
  /** ISO instant of the request. */
  readonly at: string;
  readonly until?: string;
}

/** Who released a denial, when and why. */
export interface Release {
  readonly at: string;
  /** An oid, or the app's own word: `entra`, `expiry`. */
  readonly by: string;
  readonly why: string;
}

/**
 * The row after a denial; the row as it is where nothing changes. A case that denied somebody who was released since
 * does not deny them again, however late or often it is delivered, and neither does an older case of the same person:
 * only a newer one does, or another person's.
 */
export function deny(row: Denied | undefined, { oid, kind, caseId, why, at, until }: Denial): Denied {
  const about = { oid, kind, why, changedAt: at, ...(caseId && { caseId }) };
  if (row === undefined) return { ...about, state: 'denied', generation: 1, since: at, ...(until && { until }) };
  const last = row.caseId ?? row.pastCase;
  // Delivered late: what became of the person since is the newer case's word.
  if (isOlder(caseId, last)) return row;
  const sameCase = caseId !== undefined && last === caseId;
  const generation = row.generation + 1;
  const { changes } = row;
  if (row.state === 'released') {
    if (sameCase) return row;
    return { ...about, state: 'denied', generation, since: at, ...(until && { until }), ...(changes && { changes }) };
  }
  // It gave up, and the containment of before counts again.
  if (sameCase && row.caseId === undefined) return row;
  // A denial without an end is the longer one.
  const end = row.until === undefined || until === undefined ? undefined : row.until > until ? row.until : until;
  if (sameCase && end === row.until) return row;
  // Somebody whose list entry had no case gets one; a person never becomes a workload by a later case.
  const known = row.kind === 'unknown' ? kind : row.kind;
  const denied: Denied = {
    ...about,
    kind: known,
    state: 'denied',
    generation,
    since: row.since,
    ...(end && { until: end }),
    ...(row.byPerson && { byPerson: row.byPerson }),
    ...(changes && { changes }),
  };
  if (caseId === undefined || !isByPersonAlone(row)) return denied;
  const taken = { ...denied, byPerson: { ...row.byPerson, under: caseId } };
  return withChange(taken, { what: 'taken-over', at, by: caseId, why });
}

/** Whether a person's word alone denies somebody, and no case. */
export function isByPersonAlone(row: Denied): row is Denied & Required<Pick<Denied, 'byPerson' | 'until'>> {
  return row.state === 'denied' && row.byPerson !== undefined && row.caseId === undefined && row.until !== undefined;
}

/** So many changes of a row are kept; a row of a table has an end. */
const MOST_CHANGES = 20;

/** The row with what was done to it on record. */
export function withChange(row: Denied, change: Omit<DeniedChange, 'generation' | 'until'>): Denied {
  const { changes = [], generation, until } = row;
  const entry = { ...change, generation, ...(row.state === 'denied' && until !== undefined ? { until } : {}) };
  const all = [...changes, entry];
  // First goes what changed nothing.
  const idle = all.length > MOST_CHANGES ? all.findIndex(({ what }) => what === 'stood') : -1;
  return { ...row, changes: all.filter((_, index) => index !== idle).slice(-MOST_CHANGES) };
}

/** Whether both cases are one person's, and the first was opened before the second. */
export function isOlder(caseId: CaseId | undefined, than: CaseId | undefined): boolean {
  if (caseId === undefined || than === undefined) return false;
  const [first, second] = [parseCaseId(caseId), parseCaseId(than)];
  return first !== undefined && second !== undefined && first.oid === second.oid && first.n < second.n;
}

/** The row after a release; as it is where it was released before. What people said of it stays on record. */
export function release(row: Denied, { at, by, why }: Release): Denied {
  if (row.state === 'released') return row;
  const { byPerson, ...rest } = row;
  const generation = row.generation + 1;
  const released: Denied = { ...rest, state: 'released', generation, changedAt: at, released: { at, by, why } };
  const isEnd = by === 'expiry' && row.until !== undefined && row.until <= at;
  if (byPerson === undefined && parseOid(by) === undefined) return released;
  return withChange(released, { what: isEnd ? 'ended' : 'released', at, by, why });
}

/** Whether a denial has ended by itself, and only has to be recorded as released. */
export function hasEnded({ state, until }: Pick<Denied, 'state' | 'until'>, now: Date): boolean {
  return state === 'denied' && until !== undefined && Date.parse(until) <= now.getTime();
}

/** Grows with every change of any row, and never falls: a table with less is not the one that was seen before. */
export function revisionOf(rows: readonly Pick<Denied, 'generation'>[]): number {
  return rows.reduce((sum, { generation }) => sum + generation, 0);
}
