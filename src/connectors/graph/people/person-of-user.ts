import * as z from 'zod';
import { withoutSecrets } from '../../../credentials/without-secrets.ts';
import type { Leaver, LeaverState } from '../../../people/leaver.ts';
import { type Oid, parseOid } from '../../../people/oid.ts';
import { mailAddressesOf } from './mail-addresses.ts';
import { originalUpn } from './original-upn.ts';

/** What Entra knows about a person; their accounts elsewhere are resolved by others. */
export type Person = Omit<Leaver, 'github' | 'devops'> & {
  /** A user that an AI agent signs in as: it stands among the users and is no person. */
  readonly agent?: true;
};

const text = z.string().nullish();

/** As a leaver's record has it; anything else is left out and breaks nothing. */
const Instant = z.iso.datetime({ offset: true }).refine(isOfTheseTimes);

const texts = z.array(z.string()).nullish();

/** The object id of somebody. */
export const oid = z.string().transform((value, context): Oid => {
  const parsed = parseOid(value);
  if (parsed !== undefined) return parsed;
  context.issues.push({ code: 'custom', message: 'not an object id', input: value });
  return z.NEVER;
});

/** A user, as Graph answers one. */
export const User = z.object({
  /** Graph names the type where it is not the list's own: learn.microsoft.com/graph/api/resources/agentuser. */
  '@odata.type': text,
  id: oid,
  displayName: text,
  userPrincipalName: text,
  mail: text,
  accountEnabled: z.boolean().nullish(),
  userType: text,
  employeeLeaveDateTime: text,
  deletedDateTime: text,
  givenName: text,
  surname: text,
  createdDateTime: text,
  employeeId: text,
  otherMails: texts,
  proxyAddresses: texts,
  onPremisesSamAccountName: text,
  onPremisesDomainName: text,
  manager: z.object({ displayName: text, mail: text }).nullish(),
});

/** A user, as Graph answers one. */
export type User = z.output<typeof User>;

/** Whether a user who is there may sign in. */
export function stateOf({ accountEnabled }: User): LeaverState {
  return accountEnabled === false ? 'disabled' : 'active';
}

/** Year 1 and year 9999 stand for “none” in many systems, and no calendar reaches beyond the latter. */
function isOfTheseTimes(value: string): boolean {
  const year = Number(value.slice(0, 4));
  return year >= 1970 && year < 9999;
}

/** An instant, or undefined where there is none or it is odd: without a zone it may be any of two days. */
function instantOf(value: string | null | undefined): string | undefined {
  return Instant.safeParse(value).data;
}

/** What a user’s record tells of the person. */
export function personOf(user: User, state: LeaverState): Person {
  const [deletedAt, leaveAt, createdAt] = [user.deletedDateTime, user.employeeLeaveDateTime, user.createdDateTime].map(
    instantOf,
  );
  const oddDates = (['employeeLeaveDateTime', 'deletedDateTime'] as const).filter(
    (field) => user[field] && instantOf(user[field]) === undefined,
  );
  const upn = user.userPrincipalName ?? undefined;
  const { manager, userType } = user;
  const own = [upn, user.mail].map((each) => each?.toLowerCase());
  const others = mailAddressesOf(user).filter((each) => !own.includes(each));
  return {
    oid: user.id,
    state,
    // A person's name goes with the case through its history; a token that somebody pasted into it must not.
    ...(user.displayName && { displayName: withoutSecrets(user.displayName) }),
    ...(upn && { userPrincipalName: state === 'soft-deleted' ? originalUpn(upn, user.id) : upn }),
    ...(user.mail && { mail: user.mail }),
    ...(manager?.displayName && {
      manager: { displayName: withoutSecrets(manager.displayName), ...(manager.mail && { mail: manager.mail }) },
    }),
    ...(deletedAt && { deletedAt }),
    ...(leaveAt && { leaveAt }),
    ...(oddDates.length > 0 && { oddDates }),
    ...(userType === 'Member' || userType === 'Guest' ? { userType } : {}),
    ...(user['@odata.type']?.toLowerCase().endsWith('.agentuser') && { agent: true }),
    ...(user.givenName && { givenName: user.givenName }),
    ...(user.surname && { familyName: user.surname }),
    ...(createdAt && { createdAt }),
    ...(user.employeeId && { employeeId: user.employeeId }),
    ...(others.length > 0 && { otherAddresses: others }),
    ...onPremisesOf(user),
  };
}

/** Set for accounts alone that are synchronised from a directory on premises. */
function onPremisesOf({ onPremisesSamAccountName, onPremisesDomainName }: User): Pick<Person, 'onPremises'> {
  if (!onPremisesSamAccountName && !onPremisesDomainName) return {};
  return {
    onPremises: {
      ...(onPremisesSamAccountName && { samAccountName: onPremisesSamAccountName }),
      ...(onPremisesDomainName && { domain: onPremisesDomainName }),
    },
  };
}
