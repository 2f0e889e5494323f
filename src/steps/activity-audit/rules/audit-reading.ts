import type { CallerActivity, DayWithRows } from '../../../connectors/audit-log/activity.ts';
import type { AuditWindow } from './audit-window.ts';

/** Everything that was read for one audit, and how completely; what could not be read is absent. */
export interface AuditReading {
  readonly window: AuditWindow;
  readonly activity: CallerActivity;
  /** False where the service cut its answer about the leaver's calls short, or where some of them are no rows. */
  readonly activityComplete: boolean;
  readonly daysWithRows?: readonly DayWithRows[];
  /** False where that answer was cut short: a missing day proves nothing then. */
  readonly daysComplete: boolean;
  /** Days that the table keeps. */
  readonly retentionInDays?: number;
  /** False for somebody who has left although nobody recorded when. */
  readonly departureKnown: boolean;
  /** The missing permission for which it is not known. */
  readonly departureDenied?: string;
  readonly relatedPrincipals: readonly { readonly oid: string; readonly name: string }[];
}
