import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { VendorFailure } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import type { GraphCall } from '../call/call.ts';
import { listAll } from '../call/list-all.ts';
import {
  deletedHolders,
  holdersOfAddresses,
  holdersOfEmployeeId,
  holdersOfPrincipalNames,
  type NameHolder,
  quoted,
} from './name-holders.ts';
import type { Person } from './person-of-user.ts';
import { findPerson } from './users.ts';

/**
 * A name under which people are known; never proof of who it is, because names are given to others. An employee number
 * is free text in Entra, and may be a placeholder that many have.
 */
export interface PersonName {
  readonly kind: 'userPrincipalName' | 'mail' | 'employeeId';
  readonly value: string;
}

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
 * Everybody who holds this name: among the users, and among the deleted ones, whose names are free for the next. Upper
 * and lower case are the same, as in Graph's filters. A mail is looked for as the address, as an alias and as a further address, and among groups. Who is found is read whole.
 */
export async function listHolders(settings: GraphSettings, { kind, value }: PersonName): Promise<Holders> {
  const wanted = value.toLowerCase();
  const [living, deleted, groups] = await Promise.all([
    livingHolders(settings, kind, wanted),
    deletedHolders(settings),
    kind === 'mail' ? listGroupsWithMail(settings, wanted) : NOBODY,
  ]);
  const oids = new Set(
    [...living.items, ...deleted.items.filter((holder) => isHeld(holder, kind, wanted))].map(({ oid }) => oid),
  );
  const read = await Promise.all([...oids].map((oid) => findPerson(settings, oid)));
  const failures = [living, deleted, groups].map((listing) => listing.failure);
  const failure = [...failures, ...read.map((answer) => (answer.ok ? undefined : answer.failure))].find(
    (each) => each !== undefined,
  );
  return {
    people: read.flatMap((answer) => (answer.ok ? [answer.value] : [])),
    groups: groups.items.map(({ id, displayName }) => ({ id, ...(displayName && { displayName }) })),
    ...(failure === undefined ? {} : { failure }),
  };
}

function livingHolders(
  settings: GraphSettings,
  kind: PersonName['kind'],
  wanted: string,
): Promise<Listing<NameHolder>> {
  switch (kind) {
    case 'userPrincipalName':
      return holdersOfPrincipalNames(settings, [wanted], 'who has a principal name');
    case 'mail':
      return holdersOfAddresses(settings, [wanted]);
    case 'employeeId':
      return holdersOfEmployeeId(settings, wanted);
    default:
      return kind satisfies never;
  }
}

function isHeld({ principalName, addresses = [], employeeId }: NameHolder, kind: PersonName['kind'], wanted: string) {
  switch (kind) {
    case 'userPrincipalName':
      return principalName === wanted;
    case 'mail':
      return addresses.includes(wanted);
    case 'employeeId':
      return employeeId?.toLowerCase() === wanted;
    default:
      return kind satisfies never;
  }
}

function listGroupsWithMail(settings: GraphSettings, value: string): Promise<Listing<z.output<typeof Group>>> {
  const call: GraphCall<z.output<typeof Group>> = {
    identity: 'reader',
    path: `/groups?$filter=mail eq ${encodeURIComponent(quoted(value))}&$select=id,displayName`,
    what: 'list the groups with an address',
    permission: 'GroupMember.Read.All',
    shape: Group,
  };
  return listAll(settings, call);
}
