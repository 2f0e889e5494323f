import * as z from 'zod';
import type { Oid } from '../../../people/oid.ts';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';
import { listAll } from '../call/list-all.ts';
import { PERSON_FIELDS, type PersonFields, QUERIES } from '../call/queries.ts';
import { oid, type Person, personOf, stateOf, User } from './person-of-user.ts';

const READ = 'User.Read.All';

/** What `employeeLeaveDateTime` takes besides. */
export const READ_LEAVE_DATE = 'User-LifeCycleInfo.Read.All';

/**
 * The person behind an object id, whatever became of the account. `gone` needs Graph's own word twice: not among
 * the users and not among the deleted ones. It covers an id that never existed, and for minutes after a change
 * one that Graph has not replicated yet. Reads with User.Read.All; without User-LifeCycleInfo.Read.All the last day
 * is missing and marked as unread.
 */
export async function findPerson(settings: GraphSettings, id: Oid): Promise<VendorResult<Person>> {
  const whole = await readPerson(settings, id, PERSON_FIELDS.withLeaveDate);
  if (whole.ok || whole.failure.kind !== 'denied') return whole;
  const rest = await readPerson(settings, id, PERSON_FIELDS.base);
  return rest.ok && rest.value.state !== 'gone' ? { ...rest, value: { ...rest.value, leaveAtUnread: true } } : rest;
}

async function readPerson(settings: GraphSettings, id: Oid, fields: PersonFields): Promise<VendorResult<Person>> {
  const living = await askGraph(settings, {
    identity: 'reader',
    ...QUERIES.user(id, fields),
    what: `read user ${id}`,
    permission: READ,
    shape: userWith(id),
  });
  if (living.ok) return ok(personOf(living.value, stateOf(living.value)), living.requestId);
  if (living.failure.kind !== 'not-found') return living;
  const deleted = await readDeletedUser(settings, id, fields);
  if (deleted.ok) return ok(personOf(deleted.value, 'soft-deleted'), deleted.requestId);
  return deleted.failure.kind === 'not-found' ? ok({ oid: id, state: 'gone' }) : deleted;
}

async function readDeletedUser(settings: GraphSettings, id: Oid, fields: string): Promise<VendorResult<User>> {
  const call = { identity: 'reader', what: `read deleted user ${id}`, permission: READ, shape: userWith(id) } as const;
  const path = `/directory/deletedItems/${id}`;
  const cast = await askGraph(settings, {
    ...call,
    path: `${path}/microsoft.graph.user?$select=${fields},deletedDateTime`,
  });
  // The cast is documented for the list, not for one item; without it Graph answers its default properties.
  return !cast.ok && cast.failure.kind === 'refused' ? askGraph(settings, { ...call, path }) : cast;
}

/** Whose account has this UPN now; `not-found` where nobody has. A deletion frees the name for the next person. */
export async function holderOfUpn(settings: GraphSettings, userPrincipalName: string): Promise<VendorResult<Oid>> {
  const answer = await askGraph(settings, {
    identity: 'reader',
    path: `/users/${encodeURIComponent(userPrincipalName)}?$select=id`,
    what: `find the account with the name ${userPrincipalName}`,
    permission: READ,
    shape: z.object({ id: oid }),
  });
  return answer.ok ? ok(answer.value.id, answer.requestId) : answer;
}

/** Everybody who has an account, without the last day: a page for a thousand of them. */
export async function listUsers(settings: GraphSettings): Promise<Listing<Person>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...QUERIES.users(),
    what: 'list users',
    permission: READ,
    shape: User,
  });
  return { ...listing, items: listing.items.map((user) => personOf(user, stateOf(user))) };
}

/** Everybody in the deleted items: soft-deleted within the last 30 days, without the last day. */
export async function listDeletedUsers(settings: GraphSettings): Promise<Listing<Person>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...QUERIES.deletedUsers(),
    what: 'list deleted users',
    permission: READ,
    shape: User,
  });
  return { ...listing, items: listing.items.map((user) => personOf(user, 'soft-deleted')) };
}

/** Everybody whose last day, as HR recorded it, lies at or before an instant and whose account still stands. */
export async function listDepartedUsers(settings: GraphSettings, at: Date): Promise<Listing<Person>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...QUERIES.departedUsers(at),
    what: 'list users whose employeeLeaveDateTime has passed',
    permission: `${READ}, ${READ_LEAVE_DATE}`,
    shape: User,
  });
  return { ...listing, items: listing.items.map((user) => personOf(user, stateOf(user))) };
}

/** Everybody who has left: the deleted ones, and those whose last day has passed. Each half keeps its own failure. */
export async function listInactiveUsers(
  settings: GraphSettings,
  at: Date,
): Promise<{ readonly deleted: Listing<Person>; readonly departed: Listing<Person> }> {
  const [deleted, departed] = await Promise.all([listDeletedUsers(settings), listDepartedUsers(settings, at)]);
  return { deleted, departed };
}

/**
 * Ends the person's sign-in sessions and refresh tokens, after a delay of minutes; issued access tokens live on.
 * A user who is deleted answers `not-found`: there is nothing left to sign in with. For guests it has no effect on
 * the sessions of their home tenant.
 */
export async function revokeSignInSessions(settings: GraphSettings, id: Oid): Promise<VendorResult<void>> {
  return askGraph(settings, {
    identity: 'remover',
    method: 'POST',
    path: `/users/${id}/revokeSignInSessions`,
    what: `revoke the sign-in sessions of user ${id}`,
    permission: 'User.RevokeSessions.All',
    // 200 with `value: true` by the reference, 204 by its note on a known issue.
    shape: z.union([z.undefined(), z.object({ value: z.literal(true) })]).transform(() => undefined),
  });
}

/** An answer about somebody else is no answer. */
function userWith(id: Oid): z.ZodType<User> {
  return User.refine((user) => user.id === id, { path: ['id'] });
}
