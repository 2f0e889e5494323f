import * as z from 'zod';
import type { Immutable } from '../shapes/immutable.ts';
import { count, day, instant, text } from '../shapes/primitives.ts';
import { OidSchema } from './oid.ts';

/** What HR says of a person; everything that is given is of the same one, or the message is rejected. */
export const PersonSaidSchema = z.strictObject({
  oid: z.exactOptional(OidSchema),
  userPrincipalName: z.exactOptional(text),
  mail: z.exactOptional(text),
  employeeId: z.exactOptional(text),
});
export type PersonSaid = Immutable<z.output<typeof PersonSaidSchema>>;

/** What HR tells of one leaving, in one message. */
export const HrNoticeSchema = z.strictObject({
  kind: z.enum(['leaver', 'changed', 'withdrawn', 'rehired']),
  messageId: text,
  person: PersonSaidSchema,
  /** The principal name of the account that the object id names; version 2 of the schema says it in `person`. */
  confirmUserPrincipalName: z.exactOptional(text),
  /** The last working day, for the audit: what follows it is looked at differently. */
  lastDay: z.exactOptional(day),
  /** When the leaving begins; absent where that is now. */
  leaving: z.exactOptional(z.strictObject({ lastDay: day, timeOfDay: z.exactOptional(text), zone: text })),
  /** Which leaving HR means, and when it said so; version 1 of the schema has neither. */
  about: z.exactOptional(z.strictObject({ leavingId: text, issuedAt: instant })),
  requestedBy: text,
  reason: z.exactOptional(text),
});
export type HrNotice = Immutable<z.output<typeof HrNoticeSchema>>;

/** A message of HR that could not be decided, because the directory could not be asked. */
export const WaitingNoticeSchema = z.strictObject({
  notice: HrNoticeSchema,
  /** When it came. */
  since: instant,
  tries: count,
  /** Tries in a row that ended neither with a decision nor with a directory that did not answer. */
  broken: count,
  nextAt: instant,
});
export type WaitingNotice = Immutable<z.output<typeof WaitingNoticeSchema>>;
