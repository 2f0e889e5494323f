import * as z from 'zod';
import type { Listing } from '../listing.ts';
import type { DevOpsSettings } from '../settings.ts';
import { listAll } from './list-all.ts';

const User = z.object({
  descriptor: z.string().min(1),
  /** `aad`, `msa`, `ad`; with `aad` the domain is the tenant, and the origin id the object id there. */
  origin: z.string().nullish(),
  domain: z.string().nullish(),
  originId: z.string().optional(),
  principalName: z.string().nullish(),
  mailAddress: z.string().nullish(),
});
export type DevOpsUser = z.output<typeof User>;

/**
 * The people whom the organisation knows from Entra, up to the page that holds the one with this object id. There
 * is no filter by it, so only a list read to its end can say that somebody is not in it.
 */
export async function findEntraUsers(
  settings: DevOpsSettings,
  organisation: string,
  oid: string,
): Promise<Listing<DevOpsUser>> {
  return listAll(
    settings,
    {
      identity: 'reader',
      host: 'identities',
      organisation,
      path: ['_apis', 'graph', 'users'],
      query: { subjectTypes: 'aad' },
      version: '7.1-preview.1',
      what: `list the users of ${organisation}`,
      scope: 'vso.graph',
      shape: z.object({ value: z.array(User) }),
    },
    (user) => user.originId?.toLowerCase() === oid,
  );
}
