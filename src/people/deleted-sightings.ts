import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant, text } from '../shapes/primitives.ts';
import type { Leaver } from './leaver.ts';
import { OidSchema } from './oid.ts';

/** That a list of the tenant showed, or left out, what somebody has who was deleted. */
export const DeletedSightingSchema = z.strictObject({
  /** Which list: `consents`, `roles on the gateway`. */
  list: text,
  shown: z.boolean(),
  oid: OidSchema,
  /** Instant of the reading. */
  at: instant,
  /** For how long the person had been deleted by then, milliseconds. */
  deletedForMs: z.number().nonnegative(),
});
export type DeletedSighting = Immutable<z.output<typeof DeletedSightingSchema>>;

/** A vendor changes its service without saying so: what a list showed longer ago than this says nothing of today. */
const SIGHTING_DAYS = 90;
const DAY = 86_400_000;
/** Two deletions that differ by less are of one age: each vendor has a clock of its own. */
const SAME_AGE_MS = 10 * 60_000;

/**
 * The day on which a list was last seen to show what another person has who had been deleted for as long as this one;
 * undefined where it never was, or where it was seen to leave something out. Graph documents for none of its lists what
 * becomes of a deleted person’s rows, and it may keep them for a while only: so the age of the deletion counts.
 */
export function shownBefore(
  list: string,
  sightings: readonly DeletedSighting[],
  { oid, state, deletedAt }: Pick<Leaver, 'oid' | 'state' | 'deletedAt'>,
  now: Date,
): string | undefined {
  if (state !== 'soft-deleted' || deletedAt === undefined) return undefined;
  const age = now.getTime() - Date.parse(deletedAt);
  const recent = sightings.filter(
    (each) => each.list === list && now.getTime() - Date.parse(each.at) <= SIGHTING_DAYS * DAY,
  );
  if (recent.some(({ shown }) => !shown)) return undefined;
  const days = recent
    .filter((each) => each.oid !== oid && each.deletedForMs + SAME_AGE_MS >= age)
    .map(({ at }) => at.slice(0, 10));
  return days.sort().at(-1);
}

/** Whether somebody has been deleted for at least as long as the person, whose deletion may not be known. */
export function deletedAsLong(
  { deletedAt }: Pick<Leaver, 'deletedAt'>,
  person: Pick<Leaver, 'state' | 'deletedAt'>,
  now: Date,
): boolean {
  if (person.state !== 'soft-deleted' || person.deletedAt === undefined || deletedAt === undefined) return false;
  const age = now.getTime() - Date.parse(person.deletedAt);
  return now.getTime() - Date.parse(deletedAt) + SAME_AGE_MS >= age;
}

/** What a reading says about a list: whom of the deleted it showed, by their object ids in any case. */
export function sightingsOf(
  list: string,
  shown: readonly string[],
  deleted: readonly Pick<Leaver, 'oid' | 'deletedAt'>[],
  now: Date,
): DeletedSighting[] {
  const ids = new Set(shown.map((id) => id.toLowerCase()));
  return deleted.flatMap(({ oid, deletedAt }) => {
    const deletedForMs = now.getTime() - Date.parse(deletedAt ?? '');
    return ids.has(oid) && deletedForMs >= 0 ? [{ list, shown: true, oid, at: now.toISOString(), deletedForMs }] : [];
  });
}
