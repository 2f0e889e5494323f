import type { Grant } from '../../../connectors/graph/applications/grants.ts';

/**
 * `leaver-to-gateway`: a client may call the gateway as the leaver. `leaver-behind-gateway`: the gateway may call
 * something further as the leaver (on behalf of). `everyone-to-gateway`: a client may call the gateway as anybody;
 * it cannot leave out one person, and deleting it would cut off the company.
 */
export type GrantVerdict = 'leaver-to-gateway' | 'leaver-behind-gateway' | 'everyone-to-gateway' | 'unrelated';

/** How a grant relates to the leaver's way to the gateway, which is the grant's resource, not its client. */
export function classifyGrant(grant: Grant, leaver: string, gateway: string): GrantVerdict {
  const toGateway = same(grant.resourceId, gateway);
  if (grant.consentType === 'AllPrincipals') return toGateway ? 'everyone-to-gateway' : 'unrelated';
  if (grant.principalId === null || !same(grant.principalId, leaver)) return 'unrelated';
  if (toGateway) return 'leaver-to-gateway';
  return same(grant.clientId, gateway) ? 'leaver-behind-gateway' : 'unrelated';
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
