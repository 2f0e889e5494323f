import * as z from 'zod';
import { describeEach } from '../../api/problems/faults.ts';
import { MOST_AHEAD_MS, TOO_FAR_AHEAD } from '../../api/routes/parts/when-to-start.ts';
import { type LastDay, leavesAt } from '../../cases/following/leaves-at.ts';
import { isTimeZone } from '../../config/config-forms.ts';
import type { Config } from '../../config.ts';
import type { HrNotice } from '../../people/hr-notice.ts';
import { parseOid } from '../../people/oid.ts';
import { localDate } from '../../steps/activity-audit/rules/calendar/business-calendar.ts';

export type HrMessage =
  | { readonly kind: 'notice'; readonly notice: HrNotice }
  /** `messageId` where it could be read all the same, so that the receipt is found by it. */
  | { readonly kind: 'rejected'; readonly faults: readonly string[]; readonly messageId?: string };

const short = z.string().trim().min(1).max(200);
const messageId = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((id) => id.isWellFormed(), 'has half a character');
const reason = z.string().trim().min(1).max(500).optional();

/** What HR's system puts into the queue. A member that is not known is a fault: it may have meant something. */
const First = z.strictObject({
  schemaVersion: z.literal([1, 2]),
  /** HR's own id of this notice; the same notice again is recognised by it. */
  messageId,
  oid: z.guid(),
  /** Last working day, a date of HR's time zone (BUSINESS_TIME_ZONE). */
  lastDay: z.iso.date().optional(),
  requestedBy: short,
  reason,
  /** Whose id that is: a message whose id and name belong to two people is rejected. */
  confirmUserPrincipalName: short.optional(),
});

/** By whatever HR knows of a person; everything that is given must be of the same one. */
const Person = z
  .strictObject({
    oid: z.guid().optional(),
    userPrincipalName: short.optional(),
    mail: short.optional(),
    employeeId: short.optional(),
  })
  .refine((person) => Object.values(person).some((each) => each !== undefined), {
    message: 'name the person by oid, userPrincipalName, mail or employeeId, or by several of them',
  });

const Second = z
  .strictObject({
    schemaVersion: z.literal(2),
    messageId,
    kind: z.enum(['leaver', 'changed', 'withdrawn', 'rehired']),
    /** HR's own id of this leaving: what is said of it later names it again. */
    leavingId: messageId,
    /** When HR said so. Of two messages about one leaving the later one counts, in whichever order they arrive. */
    issuedAt: z.iso.datetime({ offset: true }),
    person: Person,
    lastDay: z.iso.date().optional(),
    timeOfDay: z.iso
      .time({ precision: -1 })
      .or(z.iso.time({ precision: 0 }))
      .optional(),
    /** Where the last day ends, an IANA zone; by default BUSINESS_TIME_ZONE. */
    zone: z.string().refine(isTimeZone, 'not an IANA time zone').optional(),
    requestedBy: short,
    reason,
  })
  .superRefine(({ kind, lastDay, timeOfDay, zone }, context) => {
    const fault = (member: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [member], message });
    };
    const takesBack = kind === 'withdrawn' || kind === 'rehired';
    if (takesBack && lastDay !== undefined) fault('lastDay', `somebody who is ${kind} has none`);
    if (kind === 'changed' && lastDay === undefined) fault('lastDay', 'is missing; it is what changes');
    for (const [member, given] of Object.entries({ timeOfDay, zone }))
      if (given !== undefined && lastDay === undefined) fault(member, 'says nothing without lastDay');
  });

const AnyVersion = z.object({ schemaVersion: z.literal([1, 2]) });
const Identified = z.object({ messageId });

/** When a last day ends where the message does not say so. */
type DaySettings = Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>;

/** Reads a message of the queue `hr-leavers`, in either version of its schema. */
export function readHrMessage(received: unknown, now: Date, settings: DaySettings): HrMessage {
  const version = AnyVersion.safeParse(received).data?.schemaVersion;
  const parsed = version === 2 ? second(received, settings) : first(received, now, settings);
  if (!('error' in parsed)) {
    const { leaving, messageId } = parsed;
    if (leaving === undefined || Date.parse(leavesAt(leaving)) - now.getTime() <= MOST_AHEAD_MS)
      return { kind: 'notice', notice: parsed };
    return { kind: 'rejected', faults: [`/lastDay: ${TOO_FAR_AHEAD}`], messageId };
  }
  const id = Identified.safeParse(received).data;
  return { kind: 'rejected', faults: describeEach(parsed.error), ...id };
}

function first(
  received: unknown,
  now: Date,
  { BUSINESS_TIME_ZONE: zone, LAST_DAY_ENDS: timeOfDay }: DaySettings,
): HrNotice | { readonly error: z.ZodError } {
  const parsed = First.safeParse(received);
  if (!parsed.success) return parsed;
  const { oid, lastDay, requestedBy, confirmUserPrincipalName, ...said } = parsed.data;
  return {
    kind: 'leaver',
    messageId: said.messageId,
    person: personOf({ oid }),
    ...(confirmUserPrincipalName && { confirmUserPrincipalName }),
    ...(lastDay === undefined ? {} : { lastDay }),
    // On the day itself a message of this version means now, as it always has.
    ...(lastDay === undefined || lastDay <= localDate(now, zone) ? {} : { leaving: { lastDay, timeOfDay, zone } }),
    requestedBy: requesterOf(requestedBy),
    ...(said.reason && { reason: said.reason }),
  };
}

function second(received: unknown, settings: DaySettings): HrNotice | { readonly error: z.ZodError } {
  const parsed = Second.safeParse(received);
  if (!parsed.success) return parsed;
  const { kind, leavingId, issuedAt, lastDay, zone = settings.BUSINESS_TIME_ZONE, requestedBy } = parsed.data;
  const { timeOfDay = settings.LAST_DAY_ENDS } = parsed.data;
  const leaving: LastDay | undefined = lastDay === undefined ? undefined : { lastDay, timeOfDay, zone };
  return {
    kind,
    messageId: parsed.data.messageId,
    about: { leavingId, issuedAt: new Date(issuedAt).toISOString() },
    person: personOf(parsed.data.person),
    ...(lastDay === undefined ? {} : { lastDay }),
    ...(leaving === undefined ? {} : { leaving }),
    requestedBy: requesterOf(requestedBy),
    ...(parsed.data.reason && { reason: parsed.data.reason }),
  };
}

function personOf({ oid, userPrincipalName, mail, employeeId }: z.output<typeof Person>): HrNotice['person'] {
  const id = oid === undefined ? undefined : parseOid(oid);
  return {
    ...(id && { oid: id }),
    ...(userPrincipalName && { userPrincipalName }),
    ...(mail && { mail }),
    ...(employeeId && { employeeId }),
  };
}

/** An object id in its one form, so that nobody opens a case about themselves by writing it in another. */
function requesterOf(requestedBy: string): string {
  return parseOid(requestedBy) ?? requestedBy;
}
