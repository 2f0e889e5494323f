import * as z from 'zod';
import type { Config } from '../../config.ts';
import { type Listing, listAll } from './list-all.ts';

const Member = z.object({ id: z.string().transform((id) => id.toLowerCase()) });

/**
 * The direct members of a group, by object id: only those get the app roles that the group was given. Deleted users
 * are not among them. Reads with GroupMember.Read.All.
 */
export function listGroupMembers(config: Config, groupId: string): Promise<Listing<z.output<typeof Member>>> {
  return listAll(config, {
    identity: 'reader',
    path: `/groups/${groupId}/members?$select=id&$top=999`,
    what: `list the members of group ${groupId}`,
    permission: 'GroupMember.Read.All',
    shape: Member,
  });
}
