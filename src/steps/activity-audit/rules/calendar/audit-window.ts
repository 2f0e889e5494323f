import { addDays, type LocalDate, localDate, startOfDay } from './business-calendar.ts';
import { type LastDays, type Leaving, lastDays, recordedDay } from './last-days.ts';

/** Days that the audit looks back over, today included. */
export const WINDOW_DAYS = 90;
/** The last days before the departure, which are compared with the ones before them. */
const FINAL_DAYS = 14;
const DAY_MS = 86_400_000;

/** The time that is audited, and where in it the person left. */
export interface AuditWindow {
  readonly timeZone: string;
  /** First instant of the first day, or what a table keeps that keeps as many days of 24 hours: the later of both. */
  readonly from: Date;
  readonly to: Date;
  /** The 90 calendar days, oldest first. */
  readonly dates: readonly LocalDate[];
  /** Absent where nobody recorded one, or where it is still to come. */
  readonly lastDay?: LocalDate;
  /** Calls later than this are after the departure. Absent together with `lastDay`. */
  readonly departure?: Date;
  /** First and last of the final days; the window's days before `first` are the baseline. */
  readonly final: { readonly first: LocalDate; readonly last: LocalDate; readonly from: Date };
  /** Who says when the last day was. A deletion alone says only when IT came to it. */
  readonly told: LastDays;
}

/**
 * The 90 days up to `now`, and the departure in them. Of the dates that HR or an operator told with the request and
 * that Entra recorded, the earliest that may be the last day counts (`lastDays`).
 *
 * Grace: HR records a day, so a person may work to its end: the departure is the end of that day in the business
 * time zone. A deletion is an instant, but tokens issued before it are good for `tokenLifetimeMinutes` more. The
 * earlier of the two counts. A last day that is still to come is none yet.
 */
export function auditWindow(leaver: Leaving, now: Date, timeZone: string, tokenLifetimeMinutes: number): AuditWindow {
  const today = localDate(now, timeZone);
  const first = addDays(today, 1 - WINDOW_DAYS);
  const dates = Array.from({ length: WINDOW_DAYS }, (_, index) => addDays(first, index));
  const left = departureOf(leaver, timeZone, tokenLifetimeMinutes);
  const past = left !== undefined && left.lastDay <= today ? left : undefined;
  const last = past?.lastDay ?? today;
  const finalFirst = addDays(last, 1 - FINAL_DAYS);
  return {
    timeZone,
    // In the 90 days after clocks went back, the first day may have begun an hour too early to be kept still.
    from: new Date(Math.max(startOfDay(first, timeZone).getTime(), now.getTime() - WINDOW_DAYS * DAY_MS)),
    to: now,
    dates,
    final: { first: finalFirst, last, from: startOfDay(finalFirst, timeZone) },
    told: lastDays(leaver, now, timeZone),
    ...(past === undefined ? {} : past),
  };
}

/**
 * When somebody had left: by the earliest of the day that came with the request, Entra's and the deletion; undefined
 * where none is known. One that is still to come is told too: nothing was used after it.
 */
export function departureOf(
  {
    lastDay: told,
    leaveAt,
    deletedAt,
    answeredLastDay,
  }: Pick<Leaving, 'lastDay' | 'leaveAt' | 'deletedAt' | 'answeredLastDay'>,
  timeZone: string,
  tokenLifetimeMinutes: number,
): { readonly lastDay: LocalDate; readonly departure: Date } | undefined {
  const recorded = leaveAt === undefined ? undefined : recordedDay(leaveAt, timeZone);
  const days = (answeredLastDay === undefined ? [told, recorded] : [answeredLastDay.day]).filter(
    (day) => day !== undefined,
  );
  const left = days.map((lastDay) => ({ lastDay, departure: startOfDay(addDays(lastDay, 1), timeZone) }));
  if (deletedAt !== undefined) {
    const deleted = new Date(deletedAt);
    const departure = new Date(deleted.getTime() + tokenLifetimeMinutes * 60_000);
    left.push({ lastDay: localDate(deleted, timeZone), departure });
  }
  return left.sort((a, b) => a.departure.getTime() - b.departure.getTime())[0];
}
