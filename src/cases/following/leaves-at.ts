import { Temporal } from 'temporal-polyfill';

/** When a last working day ends where nobody said so; the app passes what the setting `LAST_DAY_ENDS` says. */
const END_OF_WORK = '18:00';

/** The last day of a leaver, as a calendar and a clock at their place of work show it. */
export interface LastDay {
  /** `2026-12-31`. */
  readonly lastDay: string;
  /** `17:30`, or `17:30:00`. */
  readonly timeOfDay?: string;
  /** IANA time zone: `Europe/Berlin`. */
  readonly zone: string;
}

/**
 * The instant at which somebody leaves, in UTC. It is computed anew whenever it is asked, because rules of time zones
 * change. On a day on which the clocks are changed a time of day may come twice, or not at all:
 *
 * - Twice: the first of the two. Whoever leaves at half past two has left when a clock first shows it, and access that
 *   lasts an hour longer than somebody may have meant is worse than one that ends an hour before it.
 * - Not at all: the first instant after the gap, which is the first at which the clocks show that time or a later one.
 *
 * What Temporal does by default (`compatible`, as RFC 5545) takes the offset from before a gap, and so leaves access
 * for up to as long as the gap is: https://tc39.es/proposal-temporal/docs/ambiguity.html
 *
 * @throws {RangeError} where the day, the time or the zone is none
 */
export function leavesAt({ lastDay, timeOfDay = END_OF_WORK, zone }: LastDay): string {
  const local = Temporal.PlainDate.from(lastDay).toPlainDateTime(Temporal.PlainTime.from(timeOfDay));
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  // In a gap `earlier` shows an earlier time, as clocks did before it.
  const afterGap = first.toPlainDateTime().equals(local) ? undefined : first.getTimeZoneTransition('next');
  return new Date((afterGap ?? first).epochMilliseconds).toISOString();
}
