import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant } from '../shapes/primitives.ts';
import { type Oid, OidSchema } from './oid.ts';

/** That sweeps found an account disabled, from when to when. Entra says no day, and its log ends after 30. */
export const DisabledSightingSchema = z.strictObject({
  oid: OidSchema,
  from: instant,
  to: instant,
  /**
   * The account worked before: a change showed that it was disabled, long after it was made. Shared mailboxes and rooms
   * are disabled from the beginning.
   */
  worked: z.exactOptional(z.literal(true)),
  /** A case was asked for because of it. */
  asked: z.exactOptional(z.literal(true)),
});
export type DisabledSighting = Immutable<z.output<typeof DisabledSightingSchema>>;

const DAY = 86_400_000;
/** After so long without a sweep nobody knows whether the account was enabled meanwhile. */
const GAP_MS = 2 * DAY;

/** What is known after a reading at which these accounts were disabled: since when at the latest, each. */
export function disabledAt(
  oids: readonly Oid[],
  before: readonly DisabledSighting[],
  at: string,
): readonly DisabledSighting[] {
  const known = new Map(before.map((each) => [each.oid, each]));
  return oids.map((oid) => {
    const seen = known.get(oid);
    const goesOn = seen !== undefined && Date.parse(at) - Date.parse(seen.to) <= GAP_MS;
    return goesOn ? { ...seen, to: at } : { oid, from: at, to: at };
  });
}

/** Accounts are made disabled and enabled when somebody begins; from then on being disabled is news. */
const MADE_MS = DAY;

/** What a change says that showed an account to be disabled: whether it worked before, and since when it does not. */
export function disabledByChange(
  { oid, createdAt }: { readonly oid: Oid; readonly createdAt?: string },
  known: DisabledSighting | undefined,
  since: string,
  at: string,
): DisabledSighting {
  const [sighting = { oid, from: since, to: at }] = known === undefined ? [] : disabledAt([oid], [known], at);
  const worked = createdAt !== undefined && Date.parse(sighting.from) - Date.parse(createdAt) > MADE_MS;
  return worked ? { ...sighting, worked } : sighting;
}

/** Whose account worked before and has been disabled for so many days, and for whom nobody asked for a case because of it. */
export function newlyLeft(before: readonly DisabledSighting[], days: number, at: string): readonly DisabledSighting[] {
  const worked = before.filter((each) => each.worked === true && each.asked !== true);
  const now = disabledAt(
    worked.map(({ oid }) => oid),
    worked,
    at,
  );
  return now.filter((each) => isDisabledFor(each, days));
}

/** Whether somebody has been disabled for so many days. */
export function isDisabledFor({ from, to }: DisabledSighting, days: number): boolean {
  return Date.parse(to) - Date.parse(from) >= days * DAY;
}

/** Whether a sighting says anything that is not written yet: of one that goes on, the day is enough. */
export function isNewSighting(sighting: DisabledSighting, known: DisabledSighting | undefined): boolean {
  return known?.from !== sighting.from || Date.parse(sighting.to) - Date.parse(known.to) >= DAY;
}
