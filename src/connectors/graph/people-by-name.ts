import * as z from 'zod';
import { parseOid } from '../../people/oid.ts';
import type { Listing } from '../listing.ts';
import type { VendorFailure } from '../result.ts';
import type { GraphSettings } from '../settings.ts';
import type { GraphCall } from './call.ts';
import { listAll } from './list-all.ts';
import { originalUpn } from './original-upn.ts';
import { findPerson, listUsersWhere, type Person } from './users.ts';

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
 * Everybody who holds this name: among the users, and among the deleted ones, whose names are free for the next. A mail
 * is looked for as the address, as an alias and as a further address, and among groups.
 */
export async function listHolders(settings: GraphSettings, name: PersonName): Promise<Holders> {
  const value = encodeURIComponent(name.value.replaceAll("'", "''"));
  const filters =
    name.kind === 'userPrincipalName'
      ? [`userPrincipalName eq '${value}'`]
      : [`mail eq '${value}'`, `proxyAddresses/any(p:p eq 'smtp:${value}')`, `otherMails/any(m:m eq '${value}')`];
  const [deleted, groups, ...living] = await Promise.all([
    listDeletedHolders(settings, name),
    name.kind === 'mail' ? listGroupsWithMail(settings, value) : NOBODY,
    ...filters.map((filter) => listUsersWhere(settings, filter)),
  ]);
  const found = [deleted, ...living].flatMap(({ items }) => items);
  const failure = [deleted, groups, ...living].find((listing) => listing.failure !== undefined)?.failure;
  return {
    people: [...new Map(found.map((person) => [person.oid, person])).values()],
    groups: groups.items.map(({ id, displayName }) => ({ id, ...(displayName && { displayName }) })),
    ...(failure === undefined ? {} : { failure }),
  };
}

const addresses = z.array(z.string()).nullish();
const Deleted = z.object({
  id: z.string(),
  userPrincipalName: z.string().nullish(),
  mail: z.string().nullish(),
  proxyAddresses: addresses,
  otherMails: addresses,
});

/** Deleted items cannot be filtered by name: all of the last 30 days are read, and who matches is read whole. */
async function listDeletedHolders(settings: GraphSettings, { kind, value }: PersonName): Promise<Listing<Person>> {
  const { items, failure } = await listAll(settings, {
    identity: 'reader',
    path: '/directory/deletedItems/microsoft.graph.user?$select=id,userPrincipalName,mail,proxyAddresses,otherMails&$top=999',
    what: 'list the names of deleted users',
    permission: 'User.Read.All',
    shape: Deleted,
  });
  const wanted = value.toLowerCase();
  const namesOf = ({ id, userPrincipalName, mail, proxyAddresses, otherMails }: z.output<typeof Deleted>) =>
    kind === 'userPrincipalName'
      ? [originalUpn(userPrincipalName ?? '', id)]
      : [mail, ...(proxyAddresses ?? []).map((address) => address.replace(/^smtp:/i, '')), ...(otherMails ?? [])];
  const ids = items
    .filter((row) => namesOf(row).some((each) => each?.toLowerCase() === wanted))
    .flatMap(({ id }) => parseOid(id) ?? []);
  const people = await Promise.all(ids.map((id) => findPerson(settings, id)));
  const unread = failure ?? people.find((answer) => !answer.ok)?.failure;
  return {
    items: people.flatMap((answer) => (answer.ok ? [answer.value] : [])),
    ...(unread === undefined ? {} : { failure: unread }),
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
