import type { CallerActivity, Period } from '../../../connectors/audit-log/activity.ts';
import type { CallTotals } from './audit-facts.ts';

/** The sums of one caller in one period; zeros where there was no call. */
export function callTotals(activity: CallerActivity, caller: string, period: Period | 'all'): CallTotals {
  const row = activity.totals.find((total) => total.caller === caller && total.period === period);
  if (row === undefined) return { calls: 0, distinctResources: 0, distinctDirectories: 0 };
  return {
    calls: row.calls,
    distinctResources: row.resources,
    distinctDirectories: row.directories,
    firstCall: row.firstCall.toISOString(),
    lastCall: row.lastCall.toISOString(),
  };
}
