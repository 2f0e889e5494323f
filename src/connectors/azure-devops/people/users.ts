import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { readRows } from '../../paging/rows.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';

const User = z.object({
  descriptor: z.string().min(1),
  /** `aad`, `msa`, `ad`; with `aad` the domain is the tenant, and the origin id the object id there. */
  origin: z.string().nullish(),
  domain: z.string().nullish(),
  originId: z.string().nullish(),
  principalName: z.string().nullish(),
  mailAddress: z.string().nullish(),
  subjectKind: z.string().nullish(),
});
export type DevOpsUser = z.output<typeof User>;

/**
 * Everybody whom the organisation knows from Entra.
 * @param until the list is read no further than the page with somebody of whom this holds; default: to its end
 */
export function listEntraUsers(
  settings: DevOpsSettings,
  organisation: string,
  until?: (user: DevOpsUser) => boolean,
): Promise<Listing<DevOpsUser>> {
  return listAll(settings, {
    ...QUERIES.users(),
    identity: 'reader',
    organisation,
    what: `list the users of ${organisation}`,
    row: User,
    keyOf: ({ descriptor }) => descriptor,
    ...(until === undefined ? {} : { until }),
  });
}

/**
 * The people whom the organisation knows from Entra, up to the page that holds the one with this object id. There
 * is no filter by it, so only a list read to its end can say that somebody is not in it; and since a list may leave
 * somebody out, the organisation is searched for the person's name as well before that counts.
 */
export async function findEntraUsers(
  settings: DevOpsSettings,
  organisation: string,
  oid: string,
  userPrincipalName?: string,
): Promise<Listing<DevOpsUser>> {
  const isThis = (user: DevOpsUser): boolean => user.originId?.toLowerCase() === oid;
  const listing = await listEntraUsers(settings, organisation, isThis);
  if (listing.failure !== undefined || listing.items.length === 0 || listing.items.some(isThis)) return listing;
  const found = await searchUsers(settings, organisation, userPrincipalName);
  if (!found.ok) return { ...listing, failure: found.failure };
  const unlisted = found.value.filter(
    (user) => !listing.items.some(({ descriptor }) => descriptor === user.descriptor),
  );
  return { ...listing, items: [...listing.items, ...unlisted.filter(isThis)] };
}

/** Asks the organisation’s search, which is not the list, for the users of a name. */
async function searchUsers(
  settings: DevOpsSettings,
  organisation: string,
  name: string | undefined,
): Promise<VendorResult<readonly DevOpsUser[]>> {
  const what = `search the users of ${organisation} for the leaver’s name`;
  if (name === undefined) {
    const message = `${organisation} lists no such account, and without the leaver’s name it cannot be searched for one.`;
    return failed({ kind: 'incomplete', status: 200, message });
  }
  const answer = await ask(settings, {
    host: 'identities',
    path: ['_apis', 'graph', 'subjectquery'],
    version: '7.1-preview.1',
    scope: 'vso.graph',
    identity: 'reader',
    method: 'POST',
    organisation,
    body: { query: name, subjectKind: ['User'] },
    what,
    shape: z.object({ value: z.array(z.unknown()) }),
  });
  if (!answer.ok) return answer;
  const { items, unreadable } = readRows(User, answer.value.body.value);
  if (unreadable === 0) return ok(items, answer.requestId);
  const message = `Azure DevOps was asked to ${what} and gave ${unreadable} rows in a shape that cannot be read.`;
  return failed({ kind: 'incomplete', status: 200, message });
}
