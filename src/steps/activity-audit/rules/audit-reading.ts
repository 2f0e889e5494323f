import type { CallerActivity, HourOfRows } from '../../../connectors/audit-log/activity.ts';
import type { AuditWindow } from './calendar/audit-window.ts';

/** Everything that was read for one audit, and how completely; what could not be read is absent. */
export interface AuditReading {
  readonly window: AuditWindow;
  readonly activity: CallerActivity;
  /** False where the service cut its answer about the leaver's calls short, or where some of them are no rows. */
  readonly activityComplete: boolean;
  readonly rowsByHour?: readonly HourOfRows[];
  /** False where that answer was cut short: a missing hour proves nothing then. */
  readonly hoursComplete: boolean;
  /** Days that the table keeps. */
  readonly retentionInDays?: number;
  /** The missing permission for which Entra's last day is not known. */
  readonly departureDenied?: string;
  readonly relatedPrincipals: readonly { readonly oid: string; readonly name: string }[];
}
