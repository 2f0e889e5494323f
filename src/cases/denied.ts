import * as z from 'zod';
import { type Oid, OidSchema } from '../people/oid.ts';
import type { Immutable } from '../shapes/immutable.ts';
import { count, instant, text } from '../shapes/primitives.ts';
import { type CaseId, CaseIdSchema, parseCaseId } from './ids.ts';

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
  // Delivered late: what became of the person since is the newer case's word.
  if (isOlder(caseId, row.caseId)) return row;
  const sameCase = caseId !== undefined && row.caseId === caseId;
  if (row.state === 'released') {
    if (sameCase) return row;
    return { ...about, state: 'denied', generation: row.generation + 1, since: at, ...(until && { until }) };
  }
  // A denial without an end is the longer one.
  const end = row.until === undefined || until === undefined ? undefined : row.until > until ? row.until : until;
  if (sameCase && end === row.until) return row;
  // Somebody whose list entry had no case gets one; a person never becomes a workload by a later case.
  const known = row.kind === 'unknown' ? kind : row.kind;
  return {
    ...about,
    kind: known,
    state: 'denied',
    generation: row.generation + 1,
    since: row.since,
    ...(end && { until: end }),
  };
}

/** Whether both cases are one person's, and the first was opened before the second. */
export function isOlder(caseId: CaseId | undefined, than: CaseId | undefined): boolean {
  if (caseId === undefined || than === undefined) return false;
  const [first, second] = [parseCaseId(caseId), parseCaseId(than)];
  return first !== undefined && second !== undefined && first.oid === second.oid && first.n < second.n;
}

/** The row after a release; as it is where it was released before. */
export function release(row: Denied, { at, by, why }: Release): Denied {
  if (row.state === 'released') return row;
  return { ...row, state: 'released', generation: row.generation + 1, changedAt: at, released: { at, by, why } };
}

/** Whether a denial has ended by itself, and only has to be recorded as released. */
export function hasEnded({ state, until }: Pick<Denied, 'state' | 'until'>, now: Date): boolean {
  return state === 'denied' && until !== undefined && Date.parse(until) <= now.getTime();
}

/** Grows with every change of any row, and never falls: a table with less is not the one that was seen before. */
export function revisionOf(rows: readonly Pick<Denied, 'generation'>[]): number {
  return rows.reduce((sum, { generation }) => sum + generation, 0);
}
