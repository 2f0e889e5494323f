import * as z from 'zod';
import { describeFaults } from '../api/faults.ts';
import type { OffboardingRequest } from '../cases/case.ts';
import { parseOid } from '../people/oid.ts';
import { localDate } from '../steps/activity-audit/rules/business-calendar.ts';

export type HrMessage =
  /** In which mode the case is opened is not HR's to say. */
  | {
      readonly kind: 'leaver';
      readonly request: Omit<OffboardingRequest, 'mode'>;
      readonly confirmUserPrincipalName?: string;
    }
  | { readonly kind: 'rejected'; readonly reason: string };

/** What HR's system puts into the queue. A member that is not known is a fault: it may have meant something. */
const Message = z.strictObject({
  schemaVersion: z.literal(1),
  /** HR's own id of this notice; the same notice again is recognised by it. */
  messageId: z.string().trim().min(1).max(100),
  oid: z.guid(),
  /** Last working day, a date of HR's time zone (BUSINESS_TIME_ZONE). */
  lastDay: z.iso.date().optional(),
  requestedBy: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(500).optional(),
  /** Whose id that is: a message whose id and name belong to two people is rejected. */
  confirmUserPrincipalName: z.string().trim().min(1).max(200).optional(),
});

/**
 * Reads a message of the queue `hr-leavers`. A last day in the future is refused rather than carried out early:
 * cases are not scheduled, so the message must come on the day.
 */
export function readHrMessage(received: unknown, now: Date, timeZone: string): HrMessage {
  const parsed = Message.safeParse(received);
  if (!parsed.success) return { kind: 'rejected', reason: describeFaults(parsed.error) };
  const { messageId, lastDay, requestedBy, reason, confirmUserPrincipalName } = parsed.data;
  const oid = parseOid(parsed.data.oid);
  if (oid === undefined) return { kind: 'rejected', reason: '/oid: not an object id' };
  if (lastDay !== undefined && lastDay > localDate(now, timeZone)) {
    return { kind: 'rejected', reason: `/lastDay: ${lastDay} is in the future; send the message on that day` };
  }
  const request: Omit<OffboardingRequest, 'mode'> = {
    oid,
    trigger: 'hr-queue',
    reason: reason ?? `HR reported a leaver${lastDay === undefined ? '' : `, last day ${lastDay}`}.`,
    requestedBy: parseOid(requestedBy) ?? requestedBy,
    requestedAt: now.toISOString(),
    ...(lastDay === undefined ? {} : { lastDay }),
    dedupeKey: `hr:${messageId}`,
  };
  return { kind: 'leaver', request, ...(confirmUserPrincipalName && { confirmUserPrincipalName }) };
}
