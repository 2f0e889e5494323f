import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { instant } from '../shapes/primitives.ts';
import { type Oid, OidSchema } from './oid.ts';

/** That sweeps found an account disabled, from when to when. Entra says no day, and its log ends after 30. */
export const DisabledSightingSchema = z.strictObject({ oid: OidSchema, from: instant, to: instant });
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
    return { oid, from: goesOn ? seen.from : at, to: at };
  });
}

/** Whether somebody has been disabled for so many days. */
export function isDisabledFor({ from, to }: DisabledSighting, days: number): boolean {
  return Date.parse(to) - Date.parse(from) >= days * DAY;
}

/** Whether a sighting says anything that is not written yet: of one that goes on, the day is enough. */
export function isNewSighting(sighting: DisabledSighting, known: DisabledSighting | undefined): boolean {
  return known?.from !== sighting.from || Date.parse(sighting.to) - Date.parse(known.to) >= DAY;
}
