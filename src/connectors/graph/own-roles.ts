import { decodeJwt } from 'jose';
import * as z from 'zod';
import { credentialOf, type IdentityName } from '../credentials.ts';
import { ok, type VendorResult } from '../result.ts';
import type { GraphSettings } from '../settings.ts';
import { unreachable } from './call/answer.ts';
import type { GraphCall } from './call/call.ts';
import { askGraph } from './call/client.ts';
import type { Probe } from './call/probes.ts';

/**
 * The application permissions in the access token that the identity's calls carry: for Graph, these are exactly what
 * it may do. A grant made since the token was issued shows with the next one, up to 24 hours later.
 * Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference (`roles`)
 */
export async function ownRoles(
  settings: GraphSettings,
  identity: IdentityName,
): Promise<VendorResult<readonly string[]>> {
  const call = { what: `say what the ${identity} may do` };
  try {
    const token = await credentialOf(settings, identity).getToken(`${settings.GRAPH_ENDPOINT}/.default`, {
      abortSignal: AbortSignal.timeout(settings.REQUEST_TIMEOUT_SECONDS * 1_000),
    });
    if (token === null) throw new Error('the managed identity gave no token');
    const { roles } = decodeJwt(token.token);
    return ok(Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []);
  } catch (error) {
    return unreachable(call, error);
  }
}

/** Puts a question of the app’s own to Graph, to see whether it answers the reader. What it says is not looked at. */
export async function tryReading(
  settings: GraphSettings,
  { of, ...query }: Probe,
  permission: string,
): Promise<VendorResult<unknown>> {
  const call: GraphCall<unknown> = {
    identity: 'reader',
    ...query,
    what: `let the reader use ${permission} (${query.path.replace(/\?.*/, '')})`,
    permission,
    shape: z.unknown(),
  };
  const answer = await askGraph(settings, call);
  return of === 'nobody' && !answer.ok && answer.failure.kind === 'not-found' ? ok(undefined) : answer;
}
