import type { CallerActivity, HourOfRows } from '../../../connectors/audit-log/activity.ts';
import type { AuditWindow } from './audit-window.ts';

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
  /** False where neither HR nor Entra says when the last day was: a deletion says only when IT came to it. */
  readonly departureKnown: boolean;
  /** Who says so, to complete “told by …”. */
  readonly toldBy: string;
  /** Entra's last day, where it is earlier than the one that came with the request: one of the two is wrong. */
  readonly earlierInEntra?: string;
  /** The missing permission for which it is not known. */
  readonly departureDenied?: string;
  readonly relatedPrincipals: readonly { readonly oid: string; readonly name: string }[];
}
