import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf } from '../../src/cases/coverage-of.ts';
import type { AppRoleAssignment } from '../../src/connectors/graph/app-role-assignments.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';

export interface GroupsOfLeaver extends Listing<string> {
  /** Groups whose members are known. */
  readonly read: readonly string[];
  /** Groups of which nobody without a further permission may know who is in them. */
  readonly hidden: readonly string[];
}

/** The groups with a role whose member the leaver is, of somebody whose memberships are still shown; undefined where no group has one. */
export async function groupsOf(
  vendors: Pick<Vendors, 'graph'>,
  assigned: readonly AppRoleAssignment[],
  leaver: Leaver,
): Promise<GroupsOfLeaver | undefined> {
  const rows = assigned.filter(({ principalType }) => principalType === 'Group');
  if (rows.length === 0) return undefined;
  const groups = [...new Set(rows.map((row) => row.principalId))];
  const [hiding, ...members] = await Promise.all([
    vendors.graph.listGroupsThatHideMembers(groups),
    ...groups.map(async (group) => ({ group, ...(await vendors.graph.listGroupMembers(group)) })),
  ]);
  const items = members.filter((of) => of.items.some(({ id }) => id === leaver.oid)).map(({ group }) => group);
  // A group that was deleted since has no members.
  const unread = members.filter(
    (of) => hiding.failure !== undefined || (of.failure !== undefined && of.failure.kind !== 'not-found'),
  );
  const hidden = hiding.items.filter((group) => !items.includes(group));
  const failure = hiding.failure ?? unread[0]?.failure;
  return {
    items,
    read: members.filter((of) => !unread.includes(of) && !hidden.includes(of.group)).map(({ group }) => group),
    hidden,
    ...(failure === undefined ? {} : { failure }),
  };
}

/** How completely the memberships behind roles were seen. */
export function groupCoverage({ read, hidden, failure }: GroupsOfLeaver): Coverage {
  const source = 'entra/group-app-roles';
  const looked = { count: read.length, unit: 'groups' };
  if (failure !== undefined) return coverageOf(source, looked, [failure]);
  if (hidden.length === 0) return { source, state: 'complete', looked };
  const detail =
    `Hidden members: ${hidden.join(', ')}. Whether the leaver is in there, and has the role of the group, is seen with ` +
    'Member.Read.Hidden only: look by hand, or give the role to a group that shows its members.';
  return { source, state: 'partial', looked, detail };
}
