import type { CallerActivity, Period } from '../../../connectors/audit-log/activity.ts';
import type { AuditFacts, AuditPeriod } from './audit-facts.ts';
import type { AuditWindow } from './calendar/audit-window.ts';
import { addDays, type LocalDate } from './calendar/business-calendar.ts';
import { type DaysOfEvidence, provenDays } from './calendar/days-of-evidence.ts';
import { callTotals } from './call-totals.ts';

/** Fewer days than this before the final ones are no pattern to compare with. */
export const LEAST_BASELINE_DAYS = 14;

/**
 * The final 14 days against the days before them. Days count only where the log is evidence for them, so that a gap
 * does not look like a quieter time. Undefined where either side is too short to mean anything.
 */
export function comparePeriods(
  window: AuditWindow,
  activity: CallerActivity,
  days: DaysOfEvidence,
): AuditFacts['comparison'] {
  const counted = provenDays(window.dates, days);
  const before = counted.filter((date) => date < window.final.first);
  const last = counted.filter((date) => date >= window.final.first && date <= window.final.last);
  const [windowStart = window.final.first] = window.dates;
  if (before.length < LEAST_BASELINE_DAYS || last.length === 0) return undefined;
  return {
    final: periodOf(activity, 'final', window.final.first, window.final.last, last.length),
    baseline: periodOf(activity, 'baseline', windowStart, addDays(window.final.first, -1), before.length),
  };
}

function periodOf(activity: CallerActivity, period: Period, from: LocalDate, to: LocalDate, days: number): AuditPeriod {
  const totals = callTotals(activity, 'leaver', period);
  return { ...totals, from, to, days, callsPerDay: Math.round((totals.calls / days) * 10) / 10 };
}
