import * as z from 'zod';
import type { Oid } from '../../../people/oid.ts';
import type { Listing } from '../../listing.ts';
import type { GraphSettings } from '../../settings.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';
import { READ_AUDITS } from '../people/name-holders.ts';

/** One sign-in of a person that succeeded. */
export interface SignIn {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  readonly application: string;
  readonly how: 'interactive' | 'silent';
}

const Shape = z.object({
  id: z.string().min(1),
  createdDateTime: z.string(),
  appDisplayName: z.string().nullish(),
  status: z.object({ errorCode: z.number().nullish() }).nullish(),
});

/**
 * The sign-ins of a person since an instant that succeeded; `silent` are those by a refresh token, which only beta has.
 * Entra keeps 30 days, and gives them to tenants with a premium licence only.
 * Source: learn.microsoft.com/graph/api/signin-list
 */
export async function listSignIns(
  settings: GraphSettings,
  oid: Oid,
  since: Date,
  how: SignIn['how'],
): Promise<Listing<SignIn>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...(how === 'silent' ? { version: 'beta' } : {}),
    ...QUERIES.signIns(oid, since, how),
    what: `list the ${how} sign-ins of a person`,
    permission: READ_AUDITS,
    shape: Shape,
  });
  const items = listing.items
    // Without a status nobody knows that it failed.
    .filter(({ status }) => (status?.errorCode ?? 0) === 0)
    .map(({ id, createdDateTime, appDisplayName }) => ({
      id,
      at: createdDateTime,
      application: appDisplayName ?? 'an application without a name',
      how,
    }));
  return { ...listing, items };
}
