/** Calendar days are plain `2026-11-02` strings in the business time zone. */
export type LocalDate = string;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_KEPT = 10_000;
const kept = new Map<string, number>();

/**
 * Milliseconds that clocks in a zone are ahead of UTC at an instant. The calendar is slow to ask, and the days of one
 * window are asked for many times over: what it said is kept.
 */
export function offsetAt(instant: Date, timeZone: string): number {
  const key = `${instant.getTime()} ${timeZone}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const offset = askOffset(instant, timeZone);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, offset);
  return offset;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, number>>;

function askOffset(instant: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = format.formatToParts(instant).map(({ type, value }) => [type, Number(value)] as const);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 }: Parts = Object.fromEntries(parts);
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  return local - Math.floor(instant.getTime() / 1_000) * 1_000;
}

/** What the calendar shows at an instant. */
export function localDate(instant: Date, timeZone: string): LocalDate {
  return wallClock(instant, timeZone).slice(0, 10);
}

/** What calendar and clock show, to the minute: `2026-11-03 02:14`. */
export function localClock(instant: Date, timeZone: string): string {
  return wallClock(instant, timeZone).slice(0, 16).replace('T', ' ');
}

/** The first instant of a day. On some days of some zones that is not midnight: clocks went forward at it. */
export function startOfDay(date: LocalDate, timeZone: string): Date {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const starts = [midnight - DAY_MS, midnight + DAY_MS]
    .map((near) => midnight - offsetAt(new Date(near), timeZone))
    .filter((start) => localDate(new Date(start), timeZone) === date);
  return new Date(starts.length === 0 ? midnight - offsetAt(new Date(midnight), timeZone) : Math.min(...starts));
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`; negative where it is before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(date: LocalDate): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Dates in words: neighbours are joined, `2026-11-02 to 2026-11-06, 2026-11-09`. */
export function dateRanges(dates: readonly LocalDate[]): string {
  const ranges: { from: LocalDate; to: LocalDate }[] = [];
  for (const date of [...dates].sort()) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.to, 1) === date) last.to = date;
    else ranges.push({ from: date, to: date });
  }
  return ranges.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ');
}

function wallClock(instant: Date, timeZone: string): string {
  return new Date(instant.getTime() + offsetAt(instant, timeZone)).toISOString();
}
