import { counted } from '../../../../cases/words/wording.ts';
import type { CallerActivity, HourOfRows } from '../../../../connectors/audit-log/activity.ts';
import type { AuditReading } from '../audit-reading.ts';
import { type LocalDate, localDate } from '../calendar/business-calendar.ts';
import { callTotals } from '../call-totals.ts';

/** What two readings of the same log say differently, by which of them lacks something. */
export interface Contradictions {
  /** Sentences about calls that the answer about callers lacks. */
  readonly calls: readonly string[];
  /** Sentences about rows that the answer about everybody's hours lacks. */
  readonly days: readonly string[];
}

/**
 * The log is asked twice, for the calls of those who are audited and for everybody's rows, and the first answer says
 * the same several times over: by hour, in sums, and in its newest calls. Where they differ, something was not read,
 * whatever status the service answered with.
 */
export function contradictions(reading: AuditReading): Contradictions {
  const { activity, rowsByHour, hoursComplete } = reading;
  const callers = ['leaver', ...reading.relatedPrincipals.map(({ oid }) => oid.toLowerCase())];
  return {
    calls: [
      ...callers.flatMap((caller) => hoursAgainstSums(caller, activity)),
      ...hoursInTheWrongPeriod(reading),
      ...newestAgainstSums(reading),
      ...(rowsByHour === undefined ? [] : rowsWithoutCalls(rowsByHour, activity)),
    ],
    days: rowsByHour === undefined || !hoursComplete ? [] : callsWithoutRows(rowsByHour, activity),
  };
}

/** The whole before its parts, and how a sentence calls each. */
const PERIODS = [
  ['all', ''],
  ['baseline', ' before the final days'],
  ['final', ' in the final days'],
  ['after', ' after the departure'],
] as const;

function hoursAgainstSums(caller: string, activity: CallerActivity): string[] {
  const hours = hoursOf(caller, activity);
  const who = caller === 'leaver' ? 'the leaver' : `the identity ${caller}`;
  // Where the whole differs a part of it does too: one sentence is enough.
  return PERIODS.flatMap(([period, when]) => {
    const listed = sum(period === 'all' ? hours : hours.filter((row) => row.period === period));
    const summed = callTotals(activity, caller, period).calls;
    return listed === summed
      ? []
      : [`Of ${who} it lists ${counted(listed, 'call')}${when} by hour, and ${summed} in its sums.`];
  }).slice(0, 1);
}

/** Hours that begin on a day after the departure's and are counted as before it. */
function hoursInTheWrongPeriod({ window, activity }: AuditReading): string[] {
  if (window.departure === undefined) return [];
  const left = localDate(window.departure, window.timeZone);
  const wrong = [...activity.hours, ...activity.relatedHours].filter(
    ({ date, period, calls }) => calls > 0 && date > left && period !== 'after',
  );
  return wrong.length === 0 ? [] : [`It has ${counted(sum(wrong), 'call')} after the departure among those before it.`];
}

function newestAgainstSums({ window: { departure }, activity }: AuditReading): string[] {
  const { calls } = activity;
  const after = calls.filter(({ at }) => departure !== undefined && at > departure).length;
  const lacks =
    calls.length > callTotals(activity, 'leaver', 'all').calls || after > callTotals(activity, 'leaver', 'after').calls;
  return lacks
    ? [`It shows ${counted(calls.length, 'newest call')} (${after} after the departure), more than its sums have.`]
    : [];
}

function rowsWithoutCalls(rows: readonly HourOfRows[], { hours }: CallerActivity): string[] {
  const called = new Set(hours.filter(({ calls }) => calls > 0).map(hourKey));
  const lacking = rows.filter((row) => row.rows > row.byOthers && !called.has(hourKey(row)));
  if (lacking.length === 0) return [];
  const own = lacking.reduce((count, row) => count + row.rows - row.byOthers, 0);
  return [`By everybody’s hours the leaver has ${counted(own, 'row')} in hours in which it lists no call.`];
}

function callsWithoutRows(rows: readonly HourOfRows[], { hours, relatedHours }: CallerActivity): string[] {
  const logged = new Set(rows.map(({ date }) => date));
  const lacking = new Set<LocalDate>(
    [...hours, ...relatedHours].filter(({ date, calls }) => calls > 0 && !logged.has(date)).map(({ date }) => date),
  );
  return lacking.size === 0
    ? []
    : [`It has no row on ${counted(lacking.size, 'day')} on which those who are audited made calls.`];
}

function hoursOf(caller: string, { hours, relatedHours }: CallerActivity): CallerActivity['hours'] {
  return caller === 'leaver' ? hours : relatedHours.filter(({ oid }) => oid === caller);
}

function hourKey({ date, hour }: { readonly date: LocalDate; readonly hour: number }): string {
  return `${date} ${hour}`;
}

function sum(rows: readonly { readonly calls: number }[]): number {
  return rows.reduce((total, { calls }) => total + calls, 0);
}
