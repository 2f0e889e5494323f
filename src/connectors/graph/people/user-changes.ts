import * as z from 'zod';
import { type Oid, OidSchema } from '../../../people/oid.ts';
import { readRows } from '../../paging/rows.ts';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { unavailable } from '../call/answer.ts';
import { askGraph } from '../call/client.ts';
import { QUERIES } from '../call/queries.ts';

/** That something changed about a user. What it is is read from the directory: a change may be shown late, and twice. */
export interface UserChange {
  readonly oid: Oid;
  /** `changed`: among the deleted items. `deleted`: for good. Absent for somebody who is there, as after a restore. */
  readonly removed?: 'changed' | 'deleted';
  /** Whether the account is enabled, where the change tells. */
  readonly enabled?: boolean;
}

export interface ChangesPage {
  readonly changes: readonly UserChange[];
  /** Rows of a shape that cannot be read. */
  readonly unreadable: number;
  /** Where the rest is, or what changes later. */
  readonly link: string;
  /** Nothing more has changed so far. */
  readonly ended: boolean;
}

const link = z.string().nullish();
const Page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': link, '@odata.deltaLink': link });

/** Graph names the reasons without saying that there are no others. */
const Removed = z.object({ reason: z.string().nullish() }).transform(({ reason }) => {
  return reason?.toLowerCase() === 'deleted' ? ('deleted' as const) : ('changed' as const);
});
const Change = z
  .object({
    id: z.string().toLowerCase().pipe(OidSchema),
    '@removed': Removed.nullish(),
    accountEnabled: z.boolean().nullish(),
  })
  .transform(({ id, '@removed': removed, accountEnabled: enabled }): UserChange => {
    if (removed) return { oid: id, removed };
    return { oid: id, ...(typeof enabled === 'boolean' ? { enabled } : {}) };
  });

const CALL = {
  identity: 'reader',
  what: 'list what changed about users',
  permission: 'User.Read.All',
  shape: Page,
} as const;

/**
 * A link to what changes about users from now on: who is made, deleted, restored, enabled or disabled. Nothing that
 * is not selected makes a change. Sources: learn.microsoft.com/graph/delta-query-overview, /graph/api/user-delta
 */
export async function beginUserChanges(settings: GraphSettings): Promise<VendorResult<string>> {
  const answer = await askGraph(settings, { ...CALL, ...QUERIES.userChanges() });
  if (!answer.ok) return answer;
  const first = answer.value['@odata.deltaLink'] ?? answer.value['@odata.nextLink'];
  return isOurs(settings, first) ? ok(first) : failed(unavailable(CALL, '200 without a link that can be followed'));
}

/**
 * One page of what changed, which may be empty although more follow. Undefined where Graph does not honour the link
 * any more: a token lives for seven days, and ends earlier where Graph says so (410, or 400 `syncStateNotFound`).
 * Sources: learn.microsoft.com/graph/delta-query-overview,
 * devblogs.microsoft.com/microsoft365dev/duration-of-change-tracking-tokens-for-identity-and-education-resources
 */
export async function readUserChanges(
  settings: GraphSettings,
  path: string,
): Promise<VendorResult<ChangesPage | undefined>> {
  if (!isOurs(settings, path)) return ok(undefined);
  const answer = await askGraph(settings, { ...CALL, path });
  if (!answer.ok) {
    const { failure } = answer;
    const ended = failure.kind === 'refused' || failure.kind === 'not-found';
    return ended || (failure.kind === 'unavailable' && failure.status === 410) ? ok(undefined) : answer;
  }
  const { value, '@odata.nextLink': next, '@odata.deltaLink': last } = answer.value;
  const following = next ?? last;
  if (!isOurs(settings, following) || next === path)
    return failed(unavailable(CALL, '200 without a link that can be followed'));
  const { items: changes, unreadable } = readRows(Change, value);
  const ended = typeof next !== 'string';
  return ok({ changes, unreadable, link: following, ended });
}

/** The access token goes along, so a link is followed to Graph's own origin only. */
function isOurs(settings: GraphSettings, url: string | null | undefined): url is string {
  return (
    typeof url === 'string' && URL.canParse(url) && new URL(url).origin === new URL(settings.GRAPH_ENDPOINT).origin
  );
}
