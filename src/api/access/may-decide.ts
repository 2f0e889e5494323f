import type { Vendors } from '../../connectors/vendors.ts';
import { isDenied } from '../../intake/deciding/own-affair.ts';
import { problem } from '../problems/problem.ts';
import { type Authorised, authorise } from './authorise.ts';
import type { Right } from './caller.ts';
import type { ApiSettings } from './verify-token.ts';

/**
 * The caller where they may decide something: the token carries a role for it, and the gateway does not refuse its owner,
 * by this account or another of theirs.
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
  if (!(await isDenied(vendors, authorised.caller.oid))) return authorised;
  const detail = 'You are denied: whoever leaves decides nothing. Ask another operator.';
  return { answer: problem('own-affair', { detail }) };
}
