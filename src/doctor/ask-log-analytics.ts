import type { Config } from '../config.ts';
import { readDaysWithRows } from '../connectors/audit-log/days-with-rows.ts';
import { LOG_PERMISSIONS } from '../permissions/azure-permissions.ts';
import { auditWindow } from '../steps/activity-audit/rules/audit-window.ts';
import { type Answers, sameAnswer } from './answer-of.ts';

/** By a query over the audit table's last minute. */
export async function askLogAnalytics(config: Config, now: Date): Promise<Answers> {
  const window = auditWindow({}, now, config.BUSINESS_TIME_ZONE, config.ACCESS_TOKEN_LIFETIME_MINUTES);
  const read = await readDaysWithRows(config, { ...window, from: new Date(now.getTime() - 60_000) });
  if (read.ok) return sameAnswer(LOG_PERMISSIONS, { state: 'granted' });
  const { failure } = read;
  // Here a refused question is not a sign of the right to ask: the table may be missing.
  const state = failure.kind === 'denied' ? 'missing' : 'could-not-check';
  return sameAnswer(LOG_PERMISSIONS, { state, detail: failure.message });
}
