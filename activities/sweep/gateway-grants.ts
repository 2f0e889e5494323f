import { coverageOf, coverageOfList, NOTHING_READ } from '../../src/cases/coverage-of.ts';
import type { Config } from '../../src/config.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { OwnedCredentials } from './owned-credentials.ts';

const SOURCE = 'entra/gateway-grants';

/** Everybody's consents for the gateway: two calls, however many people there are. */
export async function gatewayGrants(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'GATEWAY_APP_ID'>,
): Promise<OwnedCredentials> {
  const gateway = await vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID);
  if (!gateway.ok) {
    const { failure } = gateway;
    return { credentials: [], coverage: [coverageOf(SOURCE, NOTHING_READ, [failure])], failures: [failure] };
  }
  const grants = await vendors.graph.listGrants('resourceId', gateway.value.id);
  const credentials = grants.items.flatMap(({ id, principalId }) =>
    principalId === null ? [] : [{ kind: 'delegated-grant' as const, source: SOURCE, id, owner: { oid: principalId } }],
  );
  const failures = grants.failure === undefined ? [] : [grants.failure];
  return { credentials, coverage: [coverageOfList(SOURCE, 'consents', grants)], failures };
}
