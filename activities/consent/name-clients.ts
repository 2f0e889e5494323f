import type { Grant } from '../../src/connectors/graph/applications/grants.ts';
import type { ServicePrincipal } from '../../src/connectors/graph/applications/service-principals.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { classifyGrant } from '../../src/steps/consent/rules/classify-grant.ts';
import type { ConsentNames } from '../../src/steps/consent/rules/grant-findings.ts';

/** Names for the service principals that findings mention; one call. A name that cannot be read shows as its id. */
export async function nameClients(
  vendors: Pick<Vendors, 'graph'>,
  grants: readonly Grant[],
  { oid }: Pick<Leaver, 'oid'>,
  gateway: ServicePrincipal,
  known: readonly ServicePrincipal[],
): Promise<ConsentNames> {
  const names = new Map([gateway, ...known].map(({ id, displayName }) => [id, displayName ?? id]));
  const mentioned = grants
    .filter((grant) => classifyGrant(grant, oid, gateway.id) !== 'unrelated')
    .flatMap(({ clientId, resourceId }) => [clientId, resourceId]);
  const unknown = [...new Set(mentioned)].filter((id) => !names.has(id));
  const { items } = await vendors.graph.listServicePrincipals('id', unknown);
  for (const { id, displayName } of items) names.set(id, displayName ?? id);
  return { of: (id) => names.get(id) ?? id };
}
