import type { Config } from '../../config.ts';
import { LOG_PERMISSIONS } from '../../connectors/arm/permissions.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { auditWindow } from '../../steps/activity-audit/rules/calendar/audit-window.ts';
import { type Answers, sameAnswer } from './answer-of.ts';

/** Whose rows they are plays no part in whether they may be read. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** By a query over the audit table's last minute. */
export async function askLogAnalytics(
  vendors: Pick<Vendors, 'auditLog'>,
  settings: Pick<Config, 'ACCESS_TOKEN_LIFETIME_MINUTES' | 'BUSINESS_TIME_ZONE'>,
  now: Date,
): Promise<Answers> {
  const window = auditWindow({}, now, settings.BUSINESS_TIME_ZONE, settings.ACCESS_TOKEN_LIFETIME_MINUTES);
  const read = await vendors.auditLog.readRowsByHour({
    oid: NOBODY,
    window: { ...window, from: new Date(now.getTime() - 60_000) },
  });
  if (read.ok) return sameAnswer(LOG_PERMISSIONS, { state: 'granted' });
  const { failure } = read;
  // Here a refused question is not a sign of the right to ask: the table may be missing.
  const state = failure.kind === 'denied' ? 'missing' : 'could-not-check';
  return sameAnswer(LOG_PERMISSIONS, { state, detail: failure.message });
}
