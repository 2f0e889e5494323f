import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../src/cases/coverage/coverage-of.ts';
import type { AppRoleAssignment } from '../../src/connectors/graph/applications/app-role-assignments.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import type { Oid } from '../../src/people/oid.ts';

export interface GroupsOfLeaver extends Listing<string> {
  /** Groups whose members are known. */
  readonly read: readonly string[];
  /** Groups of which nobody without a further permission may know who is in them. */
  readonly hidden: readonly string[];
  /** Groups about which two questions had two answers. */
  readonly disputed: readonly string[];
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
    ...groups.map((group) => memberships(vendors, group, leaver.oid)),
  ]);
  const items = members.filter(({ listed, confirmed }) => listed || confirmed === true).map(({ group }) => group);
  const unread = members.filter((of) => hiding.failure !== undefined || of.failure !== undefined);
  const hidden = hiding.items.filter((group) => !items.includes(group));
  const failure = hiding.failure ?? unread[0]?.failure;
  const disputed = members.filter(({ listed, confirmed }) => confirmed !== undefined && confirmed !== listed);
  return {
    items,
    read: members.filter((of) => !unread.includes(of) && !hidden.includes(of.group)).map(({ group }) => group),
    hidden,
    disputed: disputed.map(({ group }) => group),
    ...(failure === undefined ? {} : { failure }),
  };
}

interface Membership {
  readonly group: string;
  /** Whether the list of members shows the leaver, and whether Graph says so when asked for the leaver alone. */
  readonly listed: boolean;
  readonly confirmed?: boolean;
  readonly failure?: VendorFailure;
}

async function memberships(vendors: Pick<Vendors, 'graph'>, group: string, oid: Oid): Promise<Membership> {
  const [members, alone] = await Promise.all([
    vendors.graph.listGroupMembers(group),
    vendors.graph.hasMember(group, oid),
  ]);
  // A group that holds a role and is not found may be deleted, which can be undone with its members and its role, or
  // not be shown: either way nobody knows who is in it.
  const failure = members.failure ?? (alone.ok ? undefined : alone.failure);
  return {
    group,
    listed: members.items.some(({ id }) => id === oid),
    ...(alone.ok && members.failure === undefined ? { confirmed: alone.value } : {}),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** How completely the memberships behind roles were seen. */
export function groupCoverage({ read, hidden, disputed, failure }: GroupsOfLeaver): Coverage {
  const source = 'entra/group-app-roles';
  const looked = { count: read.length, unit: 'groups' };
  if (failure !== undefined) return coverageOf(source, looked, [failure]);
  if (disputed.length > 0) {
    const detail =
      `Graph was asked in two ways whether the leaver is in ${disputed.join(', ')}, and its answers differ: its lists leave ` +
      'somebody out. The leaver counts as a member. Look in the Entra admin centre.';
    return { source, state: 'partial', looked, detail };
  }
  if (hidden.length === 0) return { source, state: 'complete', looked };
  const detail =
    `Hidden members: ${hidden.join(', ')}. Whether the leaver is in there, and has the role of the group, is seen with ` +
    'Member.Read.Hidden only: look by hand, or give the role to a group that shows its members.';
  return { source, state: 'partial', looked, detail };
}
