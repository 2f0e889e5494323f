import type { AuditDay } from '../audit-facts.ts';
import type { AuditReading } from '../audit-reading.ts';
import { logSilences, type Silence } from '../log-silence.ts';
import { daysBetween, type LocalDate, localDate, weekday } from './business-calendar.ts';

/** How each day of the window counts as evidence. */
export interface DaysOfEvidence {
  readonly evidence: ReadonlyMap<LocalDate, AuditDay['evidence']>;
  /** Days of the window that the table still keeps. */
  readonly retainedDays: number;
  readonly gapDays: readonly LocalDate[];
  /** Stretches of days that are no gaps, in which the log was silent where rows were usual. */
  readonly silences: readonly Silence[];
}

/**
 * A day without rows from anybody is a gap if most other days of its weekday have some, and always from Monday to
 * Friday: a pipeline that stood still leaves the same silence as a person who did nothing. Today is not over, so it is
 * never a gap. Where the days could not be read, only days with calls of the leaver are known to be logged.
 */
export function daysOfEvidence(
  reading: Pick<AuditReading, 'window' | 'activity' | 'rowsByHour' | 'retentionInDays'>,
): DaysOfEvidence {
  const { window, activity, rowsByHour, retentionInDays } = reading;
  const today = localDate(window.to, window.timeZone);
  const logged = new Set([...(rowsByHour ?? []), ...activity.hours].map(({ date }) => date));
  const [oldest = today] = [...logged].sort();
  const kept = retentionInDays ?? daysBetween(oldest, today) + 1;
  const retainedDays = Math.max(0, Math.min(window.dates.length, kept));
  const retained = window.dates.slice(window.dates.length - retainedDays);
  const usual = usualWeekdays(retained, logged);
  const unproven = rowsByHour === undefined;
  const gaps = new Set(
    retained.filter((date) => date !== today && !logged.has(date) && (unproven || usual.has(weekday(date)))),
  );
  const evidence = new Map(
    window.dates.map((date, index) => {
      if (index < window.dates.length - retainedDays) return [date, 'not-retained'] as const;
      if (logged.has(date)) return [date, 'rows'] as const;
      return [date, gaps.has(date) ? 'gap' : 'quiet'] as const;
    }),
  );
  const told = retained.filter((date) => !gaps.has(date));
  const silences = rowsByHour === undefined ? [] : logSilences(window, rowsByHour, told);
  return { evidence, retainedDays, gapDays: [...gaps], silences };
}

/** The days for which the log is evidence: a gap is no quieter time. */
export function provenDays(dates: readonly LocalDate[], { evidence }: DaysOfEvidence): LocalDate[] {
  return dates.filter((date) => evidence.get(date) === 'rows' || evidence.get(date) === 'quiet');
}

const FRIDAY = 4;

function usualWeekdays(dates: readonly LocalDate[], logged: ReadonlySet<LocalDate>): ReadonlySet<number> {
  const usual = [0, 1, 2, 3, 4, 5, 6].filter((day) => {
    const such = dates.filter((date) => weekday(date) === day);
    return day <= FRIDAY || such.filter((date) => logged.has(date)).length * 2 > such.length;
  });
  return new Set(usual);
}
