import * as z from 'zod';
import { type Oid, parseOid } from '../../../people/oid.ts';
import type { Listing } from '../../listing.ts';
import type { GraphSettings } from '../../settings.ts';
import { listAll } from '../call/list-all.ts';
import { mailAddressesOf } from './mail-addresses.ts';
import { originalUpn } from './original-upn.ts';

/** Somebody of the directory, with every name under which they can be meant. */
export interface NameHolder {
  readonly oid: Oid;
  /** Principal name and mail addresses, in lower case. */
  readonly names: readonly string[];
  /** The principal name alone, and the addresses alone, where the source tells them apart. */
  readonly principalName?: string;
  readonly addresses?: readonly string[];
  readonly displayName?: string;
  readonly familyName?: string;
  readonly employeeId?: string;
}

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const Row = z.object({
  id: z.string(),
  displayName: text,
  surname: text,
  userPrincipalName: text,
  mail: text,
  otherMails: texts,
  proxyAddresses: texts,
  employeeId: text,
});
const FIELDS = 'id,displayName,surname,userPrincipalName,mail,otherMails,proxyAddresses,employeeId';
/** What reading people takes. */
export const READ_USERS = 'User.Read.All';

/** Graph takes at most 15 alternatives in one filter. */
const MOST = 15;

/**
 * Whoever has one of these names now, as principal name, mail, proxy address or other mail. Four questions, because
 * Graph joins no alternatives of different properties without advanced queries.
 */
export async function holdersOfNames(settings: GraphSettings, names: readonly string[]): Promise<Listing<NameHolder>> {
  return together(
    await Promise.all([
      holdersOfPrincipalNames(settings, names, 'who has a name now'),
      holdersOfAddresses(settings, names),
    ]),
  );
}

/** Whoever has one of these addresses now, as mail, proxy address or other mail. */
export async function holdersOfAddresses(
  settings: GraphSettings,
  addresses: readonly string[],
): Promise<Listing<NameHolder>> {
  const either = (build: (quoted: string) => string, values: readonly string[]) =>
    values.map((value) => build(quoted(value))).join(' or ');
  const filters = chunksOf(addresses).flatMap((some) => [
    `mail in (${some.map(quoted).join(',')})`,
    either(
      (value) => `proxyAddresses/any(p:p eq ${value})`,
      some.map((name) => `smtp:${name}`),
    ),
    either((value) => `otherMails/any(m:m eq ${value})`, some),
  ]);
  return together(await Promise.all(filters.map((filter) => usersWhere(settings, filter, 'who has a name now'))));
}

/** Whoever has one of these principal names now. */
export async function holdersOfPrincipalNames(
  settings: GraphSettings,
  names: readonly string[],
  what = 'who has a name of an account for administration',
): Promise<Listing<NameHolder>> {
  const filters = chunksOf(names).map((some) => `userPrincipalName in (${some.map(quoted).join(',')})`);
  return together(await Promise.all(filters.map((filter) => usersWhere(settings, filter, what))));
}

/** Of these object ids, those that are people of the directory, deleted ones not among them. */
export async function peopleAmong(settings: GraphSettings, oids: readonly Oid[]): Promise<Listing<NameHolder>> {
  const filters = chunksOf(oids).map((some) => `id in (${some.map(quoted).join(',')})`);
  const what = 'whether object ids are people';
  return together(await Promise.all(filters.map((filter) => usersWhere(settings, filter, what))));
}

/** Everybody with this employee number, which is free text and may be a placeholder that many have. */
export function holdersOfEmployeeId(settings: GraphSettings, employeeId: string): Promise<Listing<NameHolder>> {
  return usersWhere(settings, `employeeId in (${quoted(employeeId)})`, 'who has the same employee number');
}

/** Everybody in the deleted items with the names that they had: a deletion frees them. */
export async function deletedHolders(settings: GraphSettings): Promise<Listing<NameHolder>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    path: `/directory/deletedItems/microsoft.graph.user?$select=${FIELDS}&$top=999`,
    what: 'list the names of deleted users',
    permission: READ_USERS,
    shape: Row,
  });
  return { ...listing, items: listing.items.flatMap(holderOf) };
}

/** What reading who had a name before takes; the second contains most of what the reader holds one by one. */
export const READ_AUDITS = 'AuditLog.Read.All, Directory.Read.All';

const Change = z.object({
  id: z.string(),
  targetResources: z
    .array(
      z.object({
        id: text,
        modifiedProperties: z.array(z.object({ displayName: text, oldValue: text })).nullish(),
      }),
    )
    .nullish(),
});

/**
 * Names that were taken from somebody within the days that Entra keeps its log: 30, or 7 without a licence.
 * Source: learn.microsoft.com/graph/api/directoryaudit-list
 */
export async function formerHolders(settings: GraphSettings): Promise<Listing<NameHolder>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    path: `/auditLogs/directoryAudits?$filter=${encodeURIComponent("activityDisplayName eq 'Update user'")}&$top=999`,
    what: 'list how users were changed',
    permission: READ_AUDITS,
    shape: Change,
  });
  const holders = listing.items.flatMap(({ targetResources }) =>
    (targetResources ?? []).flatMap(({ id, modifiedProperties }): NameHolder[] => {
      const oid = parseOid(id ?? '');
      const names = (modifiedProperties ?? []).flatMap(({ displayName, oldValue }) =>
        NAMES.has((displayName ?? '').toLowerCase()) ? valuesIn(oldValue) : [],
      );
      return oid === undefined || names.length === 0 ? [] : [{ oid, names }];
    }),
  );
  return { ...listing, items: holders };
}

const NAMES = new Set(['userprincipalname', 'mail', 'proxyaddresses', 'othermail', 'othermails']);

/** Values are lists in JSON, written into a text: `["old@firm.example"]`. */
function valuesIn(value: string | null | undefined): string[] {
  const found = [...(value ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, inner]) => inner ?? []);
  return found.map((each) => each.toLowerCase().replace(/^smtp:/, ''));
}

async function usersWhere(settings: GraphSettings, filter: string, what: string): Promise<Listing<NameHolder>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    path: `/users?$filter=${encodeURIComponent(filter)}&$select=${FIELDS}&$top=999`,
    what: `find out ${what}`,
    permission: READ_USERS,
    shape: Row,
  });
  return { ...listing, items: listing.items.flatMap(holderOf) };
}

function holderOf(row: z.output<typeof Row>): NameHolder[] {
  const oid = parseOid(row.id);
  if (oid === undefined) return [];
  const upn = row.userPrincipalName ? originalUpn(row.userPrincipalName, row.id) : undefined;
  const principalName = upn?.toLowerCase();
  const addresses = [...new Set([...(row.mail ? [row.mail.toLowerCase()] : []), ...mailAddressesOf(row)])];
  return [
    {
      oid,
      names: [...new Set([...(principalName ? [principalName] : []), ...addresses])],
      ...(principalName && { principalName }),
      addresses,
      ...(row.displayName && { displayName: row.displayName }),
      ...(row.surname && { familyName: row.surname }),
      ...(row.employeeId && { employeeId: row.employeeId }),
    },
  ];
}

function chunksOf<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / MOST) }, (_, index) =>
    values.slice(index * MOST, (index + 1) * MOST),
  );
}

/** A value as a filter of Graph has it. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function together(listings: readonly Listing<NameHolder>[]): Listing<NameHolder> {
  const failure = listings.find((listing) => listing.failure !== undefined)?.failure;
  return { items: listings.flatMap(({ items }) => items), ...(failure === undefined ? {} : { failure }) };
}
