import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { advanced } from '../call/advanced-query.ts';
import { listAll, listAmong } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

const Member = z.object({ id: z.string().transform((id) => id.toLowerCase()) });
/** How each question about members is asked. */
const MEMBERS = { identity: 'reader', permission: 'GroupMember.Read.All', shape: Member } as const;

/**
 * The direct members of a group, by object id: only those get the app roles that the group was given. Deleted users
 * are not among them. Reads with GroupMember.Read.All.
 */
export function listGroupMembers(settings: GraphSettings, groupId: string): Promise<Listing<z.output<typeof Member>>> {
  return listAll(settings, {
    ...MEMBERS,
    ...QUERIES.groupMembers(groupId),
    what: `list the members of group ${groupId}`,
  });
}

/**
 * The people in a group, directly or by groups within it, by object id. Deleted users are not among them. Reads with
 * GroupMember.Read.All. Source: learn.microsoft.com/graph/api/group-list-transitivemembers
 */
export function listGroupPeople(settings: GraphSettings, groupId: string): Promise<Listing<z.output<typeof Member>>> {
  return listAll(settings, {
    ...MEMBERS,
    ...QUERIES.groupPeople(groupId),
    what: `list the people in group ${groupId}`,
  });
}

/**
 * Whether Graph shows somebody among the direct members of a group when asked for that one alone, by another index than
 * the list: a second question for whom the list does not show. Where it does not take the filter, it is asked for the
 * list by that index.
 */
export async function hasMember(settings: GraphSettings, groupId: string, oid: string): Promise<VendorResult<boolean>> {
  const query = QUERIES.groupMember(groupId, oid);
  const call = { ...MEMBERS, what: `say whether ${oid} is a member of group ${groupId}` };
  const one = await listAll(settings, { ...call, ...query });
  const read =
    one.failure?.kind === 'refused'
      ? await listAll(settings, { ...call, ...advanced(QUERIES.groupMembers(groupId)) })
      : one;
  if (read.items.some(({ id }) => id === oid)) return ok(true);
  return read.failure === undefined ? ok(false) : failed(read.failure);
}

/**
 * The owners of a group, by object id: they can let others in. One that is synchronised has none in Entra, and service
 * principals are left out. Source: learn.microsoft.com/graph/api/group-list-owners
 */
export function listGroupOwners(settings: GraphSettings, groupId: string): Promise<Listing<z.output<typeof Member>>> {
  return listAll(settings, {
    identity: 'reader',
    ...QUERIES.groupOwners(groupId),
    what: `list the owners of group ${groupId}`,
    permission: 'GroupMember.Read.All',
    shape: Member,
  });
}

const Group = z.object({
  id: z.string().transform((id) => id.toLowerCase()),
  visibility: z.string().nullish(),
});

/**
 * Of these groups, those that hide their members: without Member.Read.Hidden their lists of members say nothing about
 * who is in them. Source: learn.microsoft.com/graph/permissions-reference#memberreadhidden
 */
export async function listGroupsThatHideMembers(
  settings: GraphSettings,
  ids: readonly string[],
): Promise<Listing<string>> {
  const { items, ...rest } = await listAmong(settings, {
    identity: 'reader',
    ...QUERIES.groups(),
    key: 'id',
    values: ids,
    what: `list ${ids.length} groups with a role on the gateway`,
    permission: 'GroupMember.Read.All',
    shape: Group,
  });
  const hiding = items.filter(({ visibility }) => visibility?.toLowerCase() === 'hiddenmembership');
  return { items: hiding.map(({ id }) => id), ...rest };
}
