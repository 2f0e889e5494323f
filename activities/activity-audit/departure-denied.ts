import { READ_LEAVE_DATE } from '../../src/connectors/graph/people/users.ts';
import type { Leaver } from '../../src/people/leaver.ts';

/** The permission for which Entra's last day is not known. */
export function departureDenied({ blockedBy, leaveAtUnread }: Leaver): string | undefined {
  return blockedBy?.person ?? (leaveAtUnread === true ? READ_LEAVE_DATE : undefined);
}
