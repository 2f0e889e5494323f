import { coverageOf, coverageOfList, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import type { Config } from '../../src/config.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { OwnedCredentials } from './owned-credentials.ts';

/** Everybody's consents for the gateway, as the sweep's report names the list. */
export const GATEWAY_GRANTS = 'entra/gateway-grants';

/** Everybody's consents for the gateway: two calls, however many people there are. */
export async function gatewayGrants(
  vendors: Pick<Vendors, 'graph'>,
  settings: Pick<Config, 'GATEWAY_APP_ID'>,
): Promise<OwnedCredentials> {
  const gateway = await vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID);
  if (!gateway.ok) {
    const { failure } = gateway;
    return { credentials: [], coverage: [coverageOf(GATEWAY_GRANTS, NOTHING_READ, [failure])], failures: [failure] };
  }
  const grants = await vendors.graph.listGrants('resourceId', gateway.value.id);
  const credentials = grants.items.flatMap(({ id, principalId }) =>
    principalId === null
      ? []
      : [{ kind: 'delegated-grant' as const, source: GATEWAY_GRANTS, id, owner: { oid: principalId } }],
  );
  const failures = grants.failure === undefined ? [] : [grants.failure];
  return { credentials, coverage: [coverageOfList(GATEWAY_GRANTS, 'consents', grants)], failures };
}
