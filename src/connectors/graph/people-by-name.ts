import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { VendorFailure } from '../result.ts';
import type { GraphSettings } from '../settings.ts';
import type { GraphCall } from './call.ts';
import { listAll } from './list-all.ts';
import { listDeletedUsers, listUsersWhere, type Person } from './users.ts';

/** A name under which people are known; never proof of who it is, because names are given to others. */
export type PersonName =
  | { readonly kind: 'userPrincipalName'; readonly value: string }
  | { readonly kind: 'mail'; readonly value: string };

/** Everybody who answers to a name, and every group that a mail of that address reaches. */
export interface Holders {
  /** Set where somebody could not be asked: there may be more of them. */
  readonly failure?: VendorFailure;
  readonly people: readonly Person[];
  readonly groups: readonly { readonly id: string; readonly displayName?: string }[];
}

const NOBODY: Listing<never> = { items: [] };
const Group = z.object({ id: z.string(), displayName: z.string().nullish() });

/**
 * Everybody who holds this name: among the users, and among the deleted ones, whose UPN is free for the next. A mail
 * is looked for as the address, as an alias and as a further address, and among groups.
 */
export async function listHolders(settings: GraphSettings, name: PersonName): Promise<Holders> {
  const value = encodeURIComponent(name.value.replaceAll("'", "''"));
  const lower = name.value.toLowerCase();
  const filters =
    name.kind === 'userPrincipalName'
      ? [`userPrincipalName eq '${value}'`]
      : [`mail eq '${value}'`, `proxyAddresses/any(p:p eq 'smtp:${value}')`, `otherMails/any(m:m eq '${value}')`];
  const [deleted, groups, ...living] = await Promise.all([
    listDeletedUsers(settings),
    name.kind === 'mail' ? listGroupsWithMail(settings, value) : NOBODY,
    ...filters.map((filter) => listUsersWhere(settings, filter)),
  ]);
  const named = deleted.items.filter((person) => person[name.kind]?.toLowerCase() === lower);
  const people = new Map([...named, ...living.flatMap(({ items }) => items)].map((person) => [person.oid, person]));
  const failure = [deleted, groups, ...living].find((listing) => listing.failure !== undefined)?.failure;
  return {
    people: [...people.values()],
    groups: groups.items.map(({ id, displayName }) => ({ id, ...(displayName && { displayName }) })),
    ...(failure === undefined ? {} : { failure }),
  };
}

function listGroupsWithMail(settings: GraphSettings, value: string): Promise<Listing<z.output<typeof Group>>> {
  const call: GraphCall<z.output<typeof Group>> = {
    identity: 'reader',
    path: `/groups?$filter=mail eq '${value}'&$select=id,displayName`,
    what: 'list the groups with an address',
    permission: 'GroupMember.Read.All',
    shape: Group,
  };
  return listAll(settings, call);
}
