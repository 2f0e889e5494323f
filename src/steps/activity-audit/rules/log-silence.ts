import type { HourOfRows } from '../../../connectors/audit-log/activity.ts';
import type { AuditWindow } from './calendar/audit-window.ts';
import { addDays, type LocalDate, localClock, offsetAt, startOfDay, weekday } from './calendar/business-calendar.ts';
import { lastOf, type Run, runs, type Unit, unitOf } from './silent-runs.ts';

/** A stretch of time in which the log is silent although rows were usual then. */
export interface Silence {
  /** What was silent: nights, working hours, an hour of the day, a stretch of hours, or one server. */
  readonly what: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

const DAY_MS = 86_400_000;
/** Rows arrive minutes after the call, an hour at the worst (learn.microsoft.com/azure/azure-monitor/logs/data-ingestion-time). */
const INGESTED_AFTER_MS = 2 * 3_600_000;
const OPENS = 7;
const CLOSES = 20;

type Clock = readonly { readonly date: LocalDate; readonly hour: number }[];

/**
 * Hours of the week, nights and servers that fell silent where rows were usual. A day says too little: a log that
 * lost ten nights, or one server, has rows on every day.
 *
 * For each kind of unit (the same hour on working days, on weekends) the share of units with rows is what is usual.
 * A run of silent units is told where it would come by chance less than once in a million; shares are taken with one
 * success and one failure more (Laplace), so that few units prove little.
 *
 * @param dates days that the table still keeps, oldest first, without those that are told as gaps already.
 */
export function logSilences(window: AuditWindow, rows: readonly HourOfRows[], dates: readonly LocalDate[]): Silence[] {
  const clock = clockOf(window, dates);
  const nights = runs(bandUnits(clock, rows), ({ label }) => label);
  const told = new Set(nights.flat().map(({ band }) => band));
  /** Most of it is not told yet: a night that begins before the first silent hour leaves an edge. */
  const untold = (units: readonly Unit[]): boolean =>
    units.filter(({ band }) => told.has(band)).length * 2 < units.length;
  // What runs by UTC moves by an hour on the business's clock, twice a year.
  const seasons = seasonsOf(clock, window.timeZone).map((season) => hourUnits(season, rows));
  const daily = seasons.flatMap((hours) => runs(hours, ({ label }) => label).filter(untold));
  const inDaily = new Set(daily.flat());
  const stretches = seasons
    .flatMap((hours) => runs(hours, inOneLine))
    .filter((run) => untold(run) && run.some((unit) => !inDaily.has(unit)));
  return [
    ...nights.map((run) => silence(run, `${run.length} times no row ${at(run)}`)),
    ...together(daily),
    ...stretches.map((run) => silence(run, `${run.length} hours in a row without a row, from ${run[0].label}`)),
    ...serverSilences(rows, dates),
  ];
}

/** Hours that fell silent on the same days, as one. */
function together(daily: readonly Run[]): Silence[] {
  const sameDays = Map.groupBy(daily, (run) => `${run[0].date} ${lastOf(run).date}`);
  return [...sameDays.values()].flatMap((group) => {
    const hours = group.map(([{ label }]) => label).sort();
    return group
      .slice(0, 1)
      .map((run) => silence(run, `${run.length} times no row in the hours from ${hours.join(', ')}`));
  });
}

/** The days between two changes of the clock. */
function seasonsOf(clock: Clock, timeZone: string): Clock[] {
  // Once for each day: a calendar is slow to ask, and the clock has 24 hours of each.
  const offsets = new Map<LocalDate, number>();
  for (const { date } of clock)
    if (!offsets.has(date)) offsets.set(date, offsetAt(startOfDay(date, timeZone), timeZone));
  return [...Map.groupBy(clock, ({ date }) => offsets.get(date)).values()];
}

/** Silences in a sentence that names at most ten. */
export function silenceSentence(silences: readonly Silence[]): string {
  const told = silences
    .slice(0, 10)
    .map(({ what, from, to }) => `${what} (${from === to ? from : `${from} to ${to}`})`);
  const more = silences.length > 10 ? `, and ${silences.length - 10} more` : '';
  return `Where rows were usual there were none: ${told.join('; ')}${more}. The log stood still then, or nobody called: find out which.`;
}

function silence(run: Run, what: string): Silence {
  return { what, from: run[0].date, to: lastOf(run).date };
}

function at([{ label }]: Run): string {
  return label === 'night' ? `in the night from ${CLOSES}:00 to 0${OPENS}:00` : `between 0${OPENS}:00 and ${CLOSES}:00`;
}

/** Every hour of the days whose rows must have arrived; the days on which clocks change are left out. */
function clockOf(window: AuditWindow, dates: readonly LocalDate[]): Clock {
  const settled = localClock(new Date(window.to.getTime() - INGESTED_AFTER_MS), window.timeZone);
  const began = localClock(window.from, window.timeZone);
  return dates
    .filter((date) => !changesClocks(date, window.timeZone))
    .flatMap((date) => Array.from({ length: 24 }, (_, hour) => ({ date, hour })))
    .filter(({ date, hour }) => {
      const stamp = `${date} ${String(hour).padStart(2, '0')}`;
      return `${stamp}:00` >= began && `${stamp}:59` <= settled;
    });
}

function changesClocks(date: LocalDate, timeZone: string): boolean {
  return startOfDay(addDays(date, 1), timeZone).getTime() - startOfDay(date, timeZone).getTime() !== DAY_MS;
}

function hourUnits(clock: Clock, rows: readonly HourOfRows[]): Unit[] {
  const found = Map.groupBy(rows, ({ date, hour }) => `${date} ${hour}`);
  return clock.map(({ date, hour }) => {
    const own = found.get(`${date} ${hour}`) ?? [];
    const label = `${String(hour).padStart(2, '0')}:00`;
    return { ...unitOf(date, `${dayKind(date)} ${hour}`, label, own), band: bandOf({ date, hour }) };
  });
}

/** Nights (with the early hours of the next day) and working hours, each as one unit a day. */
function bandUnits(clock: Clock, rows: readonly HourOfRows[]): Unit[] {
  const whole = Map.groupBy(clock, bandOf);
  // An hour more on either side: what runs by UTC is on the other side of seven o'clock in summer.
  const near = rows.flatMap((row) =>
    [...new Set([row.hour - 1, row.hour, row.hour + 1].map((hour) => bandOf(onTheClock(row.date, hour))))].map(
      (band) => ({ ...row, band }),
    ),
  );
  const found = Map.groupBy(near, ({ band }) => band);
  return [...whole].flatMap(([key, hours]) => {
    const [date = '', ...words] = key.split(' ');
    const label = words.join(' ');
    // A night of which the window or the log has only a part says nothing as a whole.
    if (hours.length !== (label === 'night' ? 24 - CLOSES + OPENS : CLOSES - OPENS)) return [];
    return [unitOf(date, `${dayKind(date)} ${label}`, label, found.get(key) ?? [])];
  });
}

/** An hour before the first of a day, or behind its last, as clocks show it. */
function onTheClock(date: LocalDate, hour: number): Clock[number] {
  return { date: addDays(date, Math.floor(hour / 24)), hour: (hour + 24) % 24 };
}

function bandOf({ date, hour }: { readonly date: LocalDate; readonly hour: number }): string {
  return hour < OPENS ? `${addDays(date, -1)} night` : `${date} ${hour >= CLOSES ? 'night' : 'working hours'}`;
}

function serverSilences(rows: readonly HourOfRows[], dates: readonly LocalDate[]): Silence[] {
  // Today is not over.
  const past = dates.slice(0, -1);
  return [...Map.groupBy(rows, ({ server }) => server)].flatMap(([server, own]) => {
    const days = Map.groupBy(own, ({ date }) => date);
    const [first = ''] = [...days.keys()].sort();
    const units = past
      .filter((date) => date >= first)
      .map((date) => unitOf(date, dayKind(date), server, days.get(date) ?? []));
    return runs(units, inOneLine).map((run) =>
      silence(run, `no row of the server ${server === '' ? 'without a name' : server} on ${run.length} days`),
    );
  });
}

/** What days are compared with: others of the week, or others of the weekend. */
function dayKind(date: LocalDate): string {
  return weekday(date) > 4 ? 'weekend' : 'working day';
}

const inOneLine = (): string => '';
