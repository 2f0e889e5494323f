import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { GraphSettings } from '../settings.ts';
import { listAll, listAmong } from './list-all.ts';

const Member = z.object({ id: z.string().transform((id) => id.toLowerCase()) });

/**
 * The direct members of a group, by object id: only those get the app roles that the group was given. Deleted users
 * are not among them. Reads with GroupMember.Read.All.
 */
export function listGroupMembers(settings: GraphSettings, groupId: string): Promise<Listing<z.output<typeof Member>>> {
  return listAll(settings, {
    identity: 'reader',
    path: `/groups/${groupId}/members?$select=id&$top=999`,
    what: `list the members of group ${groupId}`,
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
    path: '/groups?$select=id,visibility',
    key: 'id',
    values: ids,
    what: `list ${ids.length} groups with a role on the gateway`,
    permission: 'GroupMember.Read.All',
    shape: Group,
  });
  const hiding = items.filter(({ visibility }) => visibility?.toLowerCase() === 'hiddenmembership');
  return { items: hiding.map(({ id }) => id), ...rest };
}
