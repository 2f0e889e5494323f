import type { CallerActivity, HourOfRows, Period } from '../../../src/connectors/audit-log/activity.ts';
import type { AuditReading } from '../../../src/steps/activity-audit/rules/audit-reading.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { weekday } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import type { Leaving } from '../../../src/steps/activity-audit/rules/calendar/last-days.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
export const windowOf = (leaving: Leaving) => auditWindow(leaving, NOW, 'Europe/Paris', 90);
export const window = windowOf({ leaveAt: '2026-11-02T12:00:00Z' });
export const DATES: Readonly<Record<Period, string>> = {
  baseline: '2026-09-01',
  final: '2026-10-26',
  after: '2026-11-03',
};

export const total = (period: Period | 'all', calls: number, caller = 'leaver') => ({
  ...{ caller, period, calls, resources: calls, directories: 1 },
  ...{ firstCall: new Date('2026-09-01T08:00:00Z'), lastCall: new Date('2026-11-03T01:30:00Z') },
});
/** So many calls in each period, told alike by hours and by sums. */
export function activity(told: Partial<Record<Period, number>>, more: Partial<CallerActivity> = {}): CallerActivity {
  const periods = Object.entries(told) as [Period, number][];
  const all = periods.reduce((sum, [, calls]) => sum + calls, 0);
  return {
    hours: periods.map(([period, calls]) => ({ date: DATES[period], hour: 10, period, calls })),
    totals: [...periods.map(([period, calls]) => total(period, calls)), ...(all === 0 ? [] : [total('all', all)])],
    ...{ relatedHours: [], detections: [], calls: [] },
    ...more,
  };
}
export const rowsOn = (date: string, more: Partial<HourOfRows> = {}): HourOfRows => ({
  ...{ date, hour: 10, server: 'github', rows: 10, byOthers: 10, unattributed: 0 },
  ...more,
});
export const EVERYBODY = window.dates.filter((date) => weekday(date) < 5).map((date) => rowsOn(date));
export const reading = (told: CallerActivity, more: Partial<AuditReading> = {}): AuditReading => ({
  ...{ window, activity: told, activityComplete: true, rowsByHour: EVERYBODY, hoursComplete: true },
  ...{ retentionInDays: 90, relatedPrincipals: [] },
  ...more,
});

export const USUAL = activity({ baseline: 55, final: 14 });
