import type { HourOfRows } from '../../../src/connectors/audit-log/activity.ts';
import { auditWindow } from '../../../src/steps/activity-audit/rules/calendar/audit-window.ts';

export const NOW = new Date('2026-11-23T12:00:00Z');
export const window = auditWindow({ leaveAt: '2026-11-02T12:00:00Z' }, NOW, 'Europe/Paris', 90);

export const rowsOn = (date: string, more: Partial<HourOfRows> = {}): HourOfRows => ({
  ...{ date, hour: 10, server: 'github', rows: 10, byOthers: 10, unattributed: 0 },
  ...more,
});
