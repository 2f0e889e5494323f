import type { Coverage } from '../../../cases/coverage.ts';
import type { AuditReading } from './audit-reading.ts';
import { WINDOW_DAYS } from './audit-window.ts';
import { dateRanges } from './business-calendar.ts';
import { comparePeriods, LEAST_BASELINE_DAYS } from './compare-periods.ts';
import { daysOfEvidence } from './days-of-evidence.ts';

export const RETENTION_SOURCE = 'log-analytics/retention';
export const CALLS_SOURCE = 'log-analytics/calls';
export const DAYS_SOURCE = 'log-analytics/days-with-rows';

/** How complete the audit's sources are, as far as they could be read; failures to read are the activity's to add. */
export function auditCoverage(
  reading: AuditReading,
  partial: { readonly calls?: string; readonly days?: string },
): Coverage[] {
  const { window, activity, daysWithRows, retentionInDays } = reading;
  const days = daysOfEvidence(reading);
  const calls = activity.totals.find(({ caller, period }) => caller === 'leaver' && period === 'all')?.calls ?? 0;
  const lines: Coverage[] = [line(CALLS_SOURCE, { count: calls, unit: 'calls' }, partial.calls)];
  if (retentionInDays !== undefined) lines.push(retentionCoverage(retentionInDays));
  if (daysWithRows !== undefined) {
    const gaps = `On ${days.gapDays.length} days nobody at all left a row (${dateRanges(days.gapDays)}): the log stood still, or nobody worked. Find out which.`;
    lines.push(
      line(
        DAYS_SOURCE,
        { count: daysWithRows.length, unit: 'days with rows' },
        partial.days ?? (days.gapDays.length > 0 && gaps),
      ),
    );
  }
  if (!reading.departureKnown) {
    const detail = 'Nobody recorded when this person left, so calls after the departure cannot be told from others.';
    const unknown = line('entra/departure', { count: 0, unit: 'dates' }, detail);
    const missing = reading.departureDenied;
    lines.push(missing === undefined ? unknown : { ...unknown, state: 'denied', missingPermission: missing });
  }
  if (comparePeriods(window, activity, days) === undefined) {
    const detail = `Fewer than ${LEAST_BASELINE_DAYS} logged days before the final ones lie within the last ${WINDOW_DAYS} days, so there is no pattern to compare with.`;
    lines.push(line('log-analytics/baseline', { count: 0, unit: 'comparisons' }, detail));
  }
  return lines;
}

/** Whether the table keeps as many days as the audit looks back. */
export function retentionCoverage(retentionInDays: number): Coverage {
  const kept = Math.max(0, Math.min(retentionInDays, WINDOW_DAYS));
  const short = `The table keeps ${kept} of ${WINDOW_DAYS} days; what was called before is not known. Set its retention to at least ${WINDOW_DAYS} days.`;
  return line(RETENTION_SOURCE, { count: kept, unit: 'days' }, kept < WINDOW_DAYS && short);
}

function line(source: string, looked: Coverage['looked'], fault: string | false | undefined): Coverage {
  return fault === undefined || fault === false
    ? { source, state: 'complete', looked }
    : { source, state: 'partial', looked, detail: fault };
}
