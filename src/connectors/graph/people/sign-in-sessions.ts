import * as z from 'zod';
import type { Oid } from '../../../people/oid.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';

/**
 * The instant before which Entra refuses the person's refresh tokens and session cookies (ISO); revoking moves it.
 * `not-found` where the account is deleted. Null where Entra names none. Reads with User.Read.All.
 * Source: learn.microsoft.com/graph/api/resources/user, signInSessionsValidFromDateTime
 */
export async function sessionsValidFrom(settings: GraphSettings, id: Oid): Promise<VendorResult<string | null>> {
  const answer = await askGraph(settings, {
    identity: 'reader',
    path: `/users/${id}?$select=id,signInSessionsValidFromDateTime`,
    what: `read since when sign-in sessions of user ${id} are valid`,
    permission: 'User.Read.All',
    shape: z
      .object({ id: z.string(), signInSessionsValidFromDateTime: z.iso.datetime({ offset: true }).nullish() })
      .refine((user) => user.id.toLowerCase() === id, { path: ['id'] }),
  });
  return answer.ok ? ok(answer.value.signInSessionsValidFromDateTime ?? null, answer.requestId) : answer;
}
