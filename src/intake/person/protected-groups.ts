import type { Config } from '../../config.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Leaver } from '../../people/leaver.ts';

/** Whether somebody is in a group that no case may touch. What is not known is never taken for no. */
export type GroupProtection =
  | { readonly kind: 'free' }
  | { readonly kind: 'protected' | 'unknown'; readonly why: string }
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

type GroupSettings = Pick<Config, 'PROTECTED_GROUPS'>;

/**
 * Asks Entra in which of the protected groups somebody is, by groups within groups too. A deleted user is in none that
 * Graph shows: for them the memory of what the groups held before counts, where they were read before the deletion.
 */
export async function protectionByGroup(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  { PROTECTED_GROUPS: groups }: GroupSettings,
  person: Pick<Leaver, 'oid' | 'state' | 'deletedAt'>,
): Promise<GroupProtection> {
  if (groups.length === 0) return { kind: 'free' };
  if (person.state !== 'active' && person.state !== 'disabled') return byMemory(vendors, groups, person);
  const { items, failure } = await vendors.graph.memberGroupsAmong(person.oid, groups);
  const member = items.find(({ isMember }) => isMember);
  if (member !== undefined) return { kind: 'protected', why: protectedBy(member.name) };
  if (failure !== undefined) return { kind: 'unreadable', failure };
  const missing = groups.filter((id) => !items.some((item) => item.id === id));
  if (missing.length > 0) return notKnown(`Entra has no group ${missing.join(', ')}`);
  const hiding = items.find(({ hidesMembers }) => hidesMembers);
  return hiding === undefined ? { kind: 'free' } : notKnown(`the group ${hiding.name} hides its members`);
}

async function byMemory(
  vendors: Pick<Vendors, 'storage'>,
  groups: readonly string[],
  { oid, deletedAt }: Pick<Leaver, 'oid' | 'deletedAt'>,
): Promise<GroupProtection> {
  const { isMember, read } = await vendors.storage.recallProtected(oid);
  if (isMember) return { kind: 'protected', why: protectedBy('which they were in before they were deleted') };
  const sure =
    read !== undefined && read.groups === namesOf(groups) && deletedAt !== undefined && read.since <= deletedAt;
  return sure
    ? { kind: 'free' }
    : notKnown('they were deleted before the groups were first read, or nobody knows when');
}

/** Remembers who is in a protected group, for when they are deleted. @returns how many people were read */
export async function rememberProtectedPeople(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  { PROTECTED_GROUPS: groups }: GroupSettings,
  now: Date,
): Promise<{ readonly people: number; readonly failure?: string }> {
  if (groups.length === 0) return { people: 0 };
  const lists = await Promise.all(groups.map((id) => vendors.graph.listGroupPeople(id)));
  const failure = lists.find((list) => list.failure !== undefined)?.failure;
  if (failure !== undefined) return { people: 0, failure: failure.message };
  const hiding = await vendors.graph.listGroupsThatHideMembers(groups);
  if (hiding.failure !== undefined) return { people: 0, failure: hiding.failure.message };
  if (hiding.items.length > 0) return { people: 0, failure: `${hiding.items.join(', ')} hides its members.` };
  const people = [...new Set(lists.flatMap(({ items }) => items.map(({ id }) => id)))];
  await vendors.storage.rememberProtected({ groups: namesOf(groups), people, at: now.toISOString() });
  return { people: people.length };
}

function namesOf(groups: readonly string[]): string {
  return groups.toSorted().join(',');
}

function protectedBy(group: string): string {
  return `The account is in a protected group (PROTECTED_GROUPS), ${group}: this app must never cut it off.`;
}

function notKnown(because: string): GroupProtection {
  const why = `Whether the account is in a protected group (PROTECTED_GROUPS) is not known, because ${because}: so nothing is cut. A plan can be asked for.`;
  return { kind: 'unknown', why };
}
