import type { Config } from '../../src/config.ts';
import { listServicePrincipals, type ServicePrincipal } from '../../src/connectors/graph/service-principals.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { classifyGrant, type Grant } from '../../src/steps/consent/rules/classify-grant.ts';
import type { ConsentNames } from '../../src/steps/consent/rules/grant-findings.ts';

/** Names for the service principals that findings mention; one call. A name that cannot be read shows as its id. */
export async function nameClients(
  config: Config,
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
  const { items } = await listServicePrincipals(config, 'id', unknown);
  for (const { id, displayName } of items) names.set(id, displayName ?? id);
  return { of: (id) => names.get(id) ?? id };
}
