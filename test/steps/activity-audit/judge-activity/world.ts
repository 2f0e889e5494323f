import assert from 'node:assert/strict';
import type { CallerActivity, HourOfRows, Period } from '../../../../src/connectors/audit-log/activity.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import { auditCoverage } from '../../../../src/steps/activity-audit/rules/audit-coverage.ts';
import type { AuditReading } from '../../../../src/steps/activity-audit/rules/audit-reading.ts';
import { auditWindow } from '../../../../src/steps/activity-audit/rules/calendar/audit-window.ts';
import { judgeActivity } from '../../../../src/steps/activity-audit/rules/verdict/judge-activity.ts';
import { weighed } from '../../../../src/steps/activity-audit/rules/verdict/weighed-reading.ts';

export const now = new Date('2026-11-23T12:00:00Z');
export const window = auditWindow({ leaveAt: '2026-11-02T12:00:00Z' }, now, 'Europe/Paris', 90);
export const NOBODY: CallerActivity = { hours: [], relatedHours: [], totals: [], detections: [], calls: [] };

export interface Told {
  readonly calls: number;
  readonly directories?: number;
  /** How many of the calls fall outside of business hours. */
  readonly late?: number;
}

/** Activity with so many calls in each period. */
export function activity(told: Partial<Record<Period, Told>>): CallerActivity {
  const dates: Record<Period, string> = { baseline: '2026-09-01', final: '2026-10-26', after: '2026-11-03' };
  const periods = Object.entries(told) as [Period, Told][];
  const total = (period: Period | 'all', calls: number, directories: number) => ({
    caller: 'leaver',
    period,
    calls,
    resources: calls,
    directories,
    firstCall: new Date('2026-09-01T10:00:00Z'),
    lastCall: new Date('2026-11-03T01:30:00Z'),
  });
  const all = periods.reduce((sum, [, { calls }]) => sum + calls, 0);
  return {
    ...NOBODY,
    hours: periods.flatMap(([period, { calls, late = 0 }]) => [
      { date: dates[period], hour: 10, period, calls: calls - late },
      { date: dates[period], hour: 2, period, calls: late },
    ]),
    totals: [
      ...periods.map(([period, { calls, directories = 3 }]) => total(period, calls, directories)),
      ...(all === 0 ? [] : [total('all', all, 5)]),
    ],
  };
}

/** Deleted on the same day, and nobody says when the last day was. */
export const DELETED = auditWindow({ deletedAt: '2026-11-02T21:45:00Z' }, now, 'Europe/Paris', 90);

/** Rows of an hour of a day, by default of others and all of them named. */
export function rowsOn(date: string, hour = 10, more: Partial<HourOfRows> = {}): HourOfRows {
  return { date, hour, server: 'github', rows: 10, byOthers: 10, unattributed: 0, ...more };
}

/** Everything was read, and every day has rows from somebody. */
export const whole: AuditReading = {
  window,
  activity: activity({ baseline: { calls: 550 }, final: { calls: 140 } }),
  activityComplete: true,
  rowsByHour: window.dates.map((date) => rowsOn(date)),
  hoursComplete: true,
  retentionInDays: 90,
  relatedPrincipals: [],
};
export const judge = (change: Partial<AuditReading> = {}) =>
  judgeActivity(weighed({ ...whole, ...change }), 'MCPAuditLog_CL');
export const coverageOf = (change: Partial<AuditReading> = {}) => auditCoverage(weighed({ ...whole, ...change }), {});

export const leaver = {
  oid: parseOid('3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35') ?? assert.fail(),
  state: 'soft-deleted',
  displayName: 'Alex',
  github: [],
  devops: [],
} as const;
export const PIPELINE = '9a1b2c3d-0000-4000-8000-00000000aa01';
export const relatedPrincipals = [{ oid: PIPELINE, name: 'id-sync' }];

/** A pipeline's calls: so many a day at an hour, up to the last day and after it. */
export function pipelineCalls(before: { calls: number; hour: number }, after: { calls: number; hour: number }) {
  const relatedHours = window.dates.map((date) => {
    const period: Period = date > '2026-11-02' ? 'after' : 'baseline';
    return { oid: PIPELINE, date, period, ...(period === 'after' ? after : before) };
  });
  const total = (period: Period | 'all') => ({
    caller: PIPELINE,
    period,
    calls: relatedHours
      .filter((row) => period === 'all' || row.period === period)
      .reduce((sum, row) => sum + row.calls, 0),
    resources: 1,
    directories: 1,
    firstCall: new Date('2026-09-01T10:00:00Z'),
    lastCall: new Date('2026-11-22T01:30:00Z'),
  });
  return { ...whole.activity, relatedHours, totals: [...whole.activity.totals, total('all'), total('after')] };
}
