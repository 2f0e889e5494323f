import * as z from 'zod';
import { leavesAt } from '../../../cases/following/leaves-at.ts';
import { isTimeZone } from '../../../config/config-forms.ts';
import type { Config } from '../../../config.ts';
import { localDate } from '../../../steps/activity-audit/rules/calendar/business-calendar.ts';
import type { Fault } from '../../problems/faults.ts';

/** The members of a body that say when a case starts. */
export const WHEN = {
  /** The last working day: a day of `zone`. */
  lastDay: z.iso.date().optional(),
  timeOfDay: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 17:30')
    .optional(),
  zone: z.string().refine(isTimeZone, 'an IANA time zone is written Europe/Berlin').optional(),
  /** `now`, also before the last day; or an instant, whatever the last day is. */
  when: z
    .union([
      z.literal('now'),
      z.iso.datetime({ offset: true, error: 'say "now", or an instant, as 2027-01-29T16:00:00Z' }),
    ])
    .optional(),
};
type When = z.output<z.ZodObject<typeof WHEN>>;

/** Nobody gives notice for longer; a year that is mistyped would make a case that nobody sees start. */
export const MOST_AHEAD_MS = 2 * 366 * 86_400_000;

/** Absent `startsAt`: now. */
export type Start = { readonly startsAt?: string } | { readonly errors: readonly Fault[] };

/**
 * When a case is to start. A last day to come is waited for until its end. Whoever asks on the day, or after it, means
 * now, unless a time of day is named.
 */
export function whenToStart(
  body: When,
  settings: Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>,
  now: Date,
): Start {
  const { lastDay, timeOfDay, zone = settings.BUSINESS_TIME_ZONE, when } = body;
  const stray = (['timeOfDay', 'zone'] as const).filter(
    (each) => body[each] !== undefined && (lastDay === undefined || when !== undefined),
  );
  if (stray.length > 0) {
    return { errors: stray.map((each) => ({ pointer: `/${each}`, detail: 'goes with lastDay, and not with when' })) };
  }
  if (when === 'now') return {};
  if (when !== undefined) return ahead('/when', new Date(when).toISOString(), now) ?? faultOf('/when', PASSED);
  if (lastDay === undefined) return {};
  const today = localDate(now, zone);
  if (lastDay < today || (lastDay === today && timeOfDay === undefined)) return {};
  return ahead('/lastDay', leavesAt({ lastDay, timeOfDay: timeOfDay ?? settings.LAST_DAY_ENDS, zone }), now) ?? {};
}

/** The same for a case that is to go on waiting: until the end of the day, where that is today, too. */
export function whenInstead(
  body: When,
  settings: Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>,
  now: Date,
): { readonly startsAt: string } | { readonly errors: readonly Fault[] } {
  const { lastDay, timeOfDay = settings.LAST_DAY_ENDS, when } = body;
  if (lastDay === undefined && when === undefined)
    return faultOf('/lastDay', 'name the new last day, or the instant as when');
  const start = whenToStart({ ...body, ...(when === undefined ? { timeOfDay } : {}) }, settings, now);
  if ('errors' in start) return start;
  const { startsAt } = start;
  return startsAt === undefined ? faultOf(when === undefined ? '/lastDay' : '/when', PASSED) : { startsAt };
}

export const TOO_FAR_AHEAD = 'is more than two years ahead; is the year right?';
const PASSED =
  'has passed; name one to come. At once is "when": "now" of a new case, and POST /api/cases/{id}/start of one that waits';

function ahead(
  pointer: string,
  startsAt: string,
  now: Date,
): { readonly startsAt: string } | { readonly errors: readonly Fault[] } | undefined {
  const ms = Date.parse(startsAt) - now.getTime();
  if (ms > MOST_AHEAD_MS) return faultOf(pointer, TOO_FAR_AHEAD);
  return ms > 0 ? { startsAt } : undefined;
}

function faultOf(pointer: string, detail: string): { readonly errors: readonly Fault[] } {
  return { errors: [{ pointer, detail }] };
}
