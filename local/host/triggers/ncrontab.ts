import { CronExpressionParser } from 'cron-parser';
import { millisecondsOf } from '../host-settings.ts';

/** When a timer function runs next, strictly after an instant; both in milliseconds since the epoch. */
export type Schedule = (after: number) => number;

/** Numbers, stars, lists, ranges, steps and English names: none of cron's further inventions. */
const FIELD = /^(?:[\d*,/-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)\b)+$/i;

/** More days than any NCRONTAB expression can skip: 29 February on one given day of the week. */
const LONGEST_SEARCH = 366 * 41;

/**
 * Reads a timer's schedule: NCRONTAB with six fields (seconds first) or five, or a time span.
 * NCRONTAB differs from cron in one point that matters: where both day fields are set, both must hold.
 * Throws on anything else. `timeZone` is an IANA name, UTC on Azure unless WEBSITE_TIME_ZONE says otherwise.
 */
export function parseSchedule(expression: string, timeZone = 'UTC'): Schedule {
  const span = millisecondsOf(expression);
  if (span !== undefined && span > 0) return (after) => after + span;
  const fields = expression.trim().split(/\s+/);
  const [second, minute, hour, day, month, weekday] = fields.length === 5 ? ['0', ...fields] : fields;
  if (fields.length > 6 || weekday === undefined || !fields.every((field) => FIELD.test(field))) {
    throw new Error(`"${expression}" is neither an NCRONTAB expression nor a time span.`);
  }
  const bothDays = day !== '*' && weekday !== '*';
  const pattern = [second, minute, hour, day, month, bothDays ? '*' : weekday].join(' ');
  const weekdays = bothDays ? weekdaysOf(weekday) : undefined;
  CronExpressionParser.parse(pattern);
  return (after) => {
    const dates = CronExpressionParser.parse(pattern, { currentDate: new Date(after), tz: timeZone });
    for (let i = 0; i < LONGEST_SEARCH * 24; i += 1) {
      const next = dates.next();
      if (weekdays?.has(next.getDay()) !== false) return next.getTime();
    }
    throw new Error(`"${expression}" never happens.`);
  };
}

function weekdaysOf(field: string): ReadonlySet<number> {
  const { values } = CronExpressionParser.parse(`0 0 0 * * ${field}`).fields.dayOfWeek;
  return new Set(values.map((value) => Number(value) % 7));
}
