import * as z from 'zod';
import { type Oid, parseOid } from '../../../people/oid.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { advanced } from '../call/advanced-query.ts';
import { askGraph } from '../call/client.ts';
import { deletedHolders, READ_USERS } from './name-holders.ts';

/** Somebody whom a search shows, so that a person can tell who is meant. */
export interface FoundPerson {
  readonly oid: Oid;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
  readonly mail?: string;
  readonly state: 'active' | 'disabled' | 'soft-deleted';
}

const text = z.string().nullish();
const Row = z.object({
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
  mail: text,
  accountEnabled: z.boolean().nullish(),
});
const Page = z.object({ value: z.array(Row) });

/**
 * People by the beginning of a part of their name, of their principal name or of their mail, the deleted ones after
 * those who are there; at most `most` of each. For a picker: a list that is cut, or misses whom Graph has not indexed
 * yet, decides nothing. Source: learn.microsoft.com/graph/search-query-parameter
 */
export async function searchPeople(
  settings: GraphSettings,
  wanted: string,
  most: number,
): Promise<VendorResult<readonly FoundPerson[]>> {
  // A quotation mark would end the clause, and a backslash quote the next character.
  const term = wanted.replaceAll(/["\\]/g, ' ').trim();
  const search = ['displayName', 'userPrincipalName', 'mail'].map((field) => `"${field}:${term}"`).join(' OR ');
  const query = new URLSearchParams({
    $search: search,
    $select: 'id,displayName,userPrincipalName,mail,accountEnabled',
    $top: String(most),
  });
  const [living, deleted] = await Promise.all([
    askGraph(
      settings,
      advanced({
        identity: 'reader',
        path: `/users?${query}`,
        what: 'search people',
        permission: READ_USERS,
        shape: Page,
      }),
    ),
    deletedHolders(settings),
  ]);
  if (!living.ok) return living;
  const start = term.toLowerCase();
  const gone = deleted.items.filter(
    ({ displayName = '', names }) =>
      displayName
        .toLowerCase()
        .split(/\s+/)
        .some((part) => part.startsWith(start)) ||
      displayName.toLowerCase().startsWith(start) ||
      names.some((name) => name.startsWith(start)),
  );
  return ok([
    ...living.value.value.flatMap((row) => {
      const oid = parseOid(row.id);
      if (oid === undefined) return [];
      return [
        { oid, ...namesOf(row), state: row.accountEnabled === false ? ('disabled' as const) : ('active' as const) },
      ];
    }),
    ...gone.slice(0, most).map(({ oid, displayName, principalName, addresses }) => ({
      ...{ oid, ...namesOf({ displayName, userPrincipalName: principalName, mail: addresses?.[0] }) },
      state: 'soft-deleted' as const,
    })),
  ]);
}

function namesOf({ displayName, userPrincipalName, mail }: Partial<z.output<typeof Row>>) {
  return {
    ...(displayName ? { displayName } : {}),
    ...(userPrincipalName ? { userPrincipalName } : {}),
    ...(mail ? { mail } : {}),
  };
}
