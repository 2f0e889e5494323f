import * as z from 'zod';
import type { VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { advanced } from '../call/advanced-query.ts';
import { askGraph } from '../call/client.ts';

/** Zod reads the number alone: Graph sends it beside the rows. */
const Counted = z.object({ '@odata.count': z.number().int().nonnegative() }).transform((body) => body['@odata.count']);

/**
 * How many users the directory has, the disabled ones and guests among them. Reads with User.Read.All.
 * Source: learn.microsoft.com/graph/aad-advanced-queries
 */
export function countPeople(settings: GraphSettings): Promise<VendorResult<number>> {
  return askGraph(settings, {
    identity: 'reader',
    method: 'GET',
    ...advanced({ path: '/users?$select=id&$top=1' }),
    what: 'count the users',
    permission: 'User.Read.All',
    shape: Counted,
  });
}
