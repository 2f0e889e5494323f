const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** The Monday of an instant’s week, in UTC: `2026-11-23`. */
export function mondayOf(at: Date): string {
  const day = Math.floor(at.getTime() / DAY_MS) * DAY_MS;
  // Sunday is 0, and ends the week.
  return dayOf(day - ((at.getUTCDay() + 6) % 7) * DAY_MS);
}

/** The week of an instant by ISO 8601, in UTC: `2026-W48`. It belongs to the year of its Thursday. */
export function weekOf(at: Date): string {
  const thursday = new Date(Date.parse(mondayOf(at)) + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  const number = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / WEEK_MS) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** The Mondays of so many weeks, the last of which is that of an instant; the oldest first. */
export function mondaysUntil(at: Date, weeks: number): string[] {
  const last = Date.parse(mondayOf(at));
  return Array.from({ length: weeks }, (_, index) => dayOf(last - (weeks - 1 - index) * WEEK_MS));
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
