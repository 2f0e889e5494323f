import { type LocalDate, localDate } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { WORLD } from './world.ts';

const DAY_MS = 86_400_000;

/** The leaver's last day, on the business's calendar. */
export function lastDayOf(now: Date, timeZone: string = WORLD.timeZone): LocalDate {
  return localDate(new Date(now.getTime() - WORLD.daysSinceLastDay * DAY_MS), timeZone);
}

/**
 * The same as HR has the directory record it, at noon: the last minute of a day in UTC means that day, also where the
 * business's clock says tomorrow, so that a firm seeded in that minute had recorded another day than its log ends on.
 */
export function leaveDateOf(now: Date): string {
  return `${lastDayOf(now)}T12:00:00.000Z`;
}
