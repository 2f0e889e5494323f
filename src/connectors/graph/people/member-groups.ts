import * as z from 'zod';
import type { Oid } from '../../../people/oid.ts';
import type { Listing } from '../../listing.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';
import { listAmong } from '../call/list-all.ts';

const Group = z.object({
  id: z.string().transform((id) => id.toLowerCase()),
  displayName: z.string().nullish(),
  visibility: z.string().nullish(),
});
const Held = z.object({ value: z.array(z.string().transform((id) => id.toLowerCase())) });

/** A group, and whether somebody is in it, directly or by another group. */
export interface MemberGroup {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
  /** It hides its members, so that `isMember` may be false of one. */
  readonly hidesMembers: boolean;
}

/** Graph takes at most so many groups in one question. */
const MOST_GROUPS = 20;
const PERMISSION = 'GroupMember.Read.All';

/**
 * Of these ids those that are groups, and which of them somebody is in, groups within groups included: Azure's roles are
 * inherited so. Reads with GroupMember.Read.All and User.Read.All; a deleted user is in none.
 * Source: learn.microsoft.com/graph/api/directoryobject-checkmembergroups
 */
export async function memberGroupsAmong(
  settings: GraphSettings,
  oid: Oid,
  ids: readonly string[],
): Promise<Listing<MemberGroup>> {
  const groups = await listAmong(settings, {
    identity: 'reader',
    path: '/groups?$select=id,displayName,visibility',
    key: 'id',
    values: ids,
    what: `list the groups among ${ids.length} that have access to the platform`,
    permission: PERMISSION,
    shape: Group,
  });
  const chunks = Array.from({ length: Math.ceil(groups.items.length / MOST_GROUPS) }, (_, at) =>
    groups.items.slice(at * MOST_GROUPS, (at + 1) * MOST_GROUPS),
  );
  const answers = await Promise.all(
    chunks.map(async (chunk) => ({
      chunk,
      answer: await askGraph(settings, {
        identity: 'reader',
        method: 'POST',
        path: `/users/${oid}/checkMemberGroups`,
        body: { groupIds: chunk.map(({ id }) => id) },
        what: `say in which of ${chunk.length} groups ${oid} is`,
        permission: PERMISSION,
        shape: Held,
      }),
    })),
  );
  const failure = groups.failure ?? answers.map(({ answer }) => (answer.ok ? undefined : answer.failure)).find(Boolean);
  const items = answers.flatMap(({ chunk, answer }) =>
    answer.ok
      ? chunk.map(({ id, displayName, visibility }) => ({
          id,
          name: displayName ?? id,
          isMember: answer.value.value.includes(id),
          hidesMembers: visibility?.toLowerCase() === 'hiddenmembership',
        }))
      : [],
  );
  return { items, ...(failure === undefined ? {} : { failure }) };
}
