import type { Vendors } from '../connectors/vendors.ts';
import { type Authorised, authorise } from './authorise.ts';
import type { Right } from './caller.ts';
import { problem } from './problem.ts';
import type { ApiSettings } from './verify-token.ts';

/**
 * The caller where they may decide something: the token carries a role for it, and the gateway does not refuse its owner.
 * An access token outlives the account by an hour or more (learn.microsoft.com/entra/identity-platform/access-tokens),
 * and whoever leaves could stop their own case with it.
 */
export async function authoriseDecision(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: Pick<Request, 'headers'>,
  right: Exclude<Right, 'read'>,
): Promise<Authorised> {
  const authorised = await authorise(settings, request, right);
  if ('answer' in authorised) return authorised;
  const denied = await vendors.storage.getDenied(authorised.caller.oid);
  if (denied?.state !== 'denied') return authorised;
  const detail = 'You are denied: whoever leaves decides nothing. Ask another operator.';
  return { answer: problem('own-affair', { detail }) };
}
