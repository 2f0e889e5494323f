import type { Doubt } from './check.ts';
import { isOfOtherType, leadsToServer } from './gateway-policy/gateway-links.ts';
import type { GatewayApi } from './readings/gateway/gateway-apis.ts';

/** How the APIs of servers are named: what the queries of kql/posture/calls-logged*.kql compare. */
const COMPARED = /^mcp-/i;

/** APIs of MCP servers whose calls nobody compares with the audit log: by their name, or because nothing tells of them. */
export function uncomparedApis(apis: readonly GatewayApi[]): Doubt[] {
  return apis.filter(leadsToServer).flatMap((api): Doubt[] => {
    const why = isOfOtherType(api)
      ? `it is of the type ${api.type}, before which the released policy, which tells of each call, does not stand`
      : COMPARED.test(api.name)
        ? undefined
        : 'its name does not begin with “mcp-”';
    if (why === undefined) return [];
    const detail = `The calls of API ${api.name} are not compared with the audit log: ${why}. Put its server into mcp_servers of infra/modules/gateway, and delete this API.`;
    return [{ reason: 'partial', resource: api.id, detail }];
  });
}
