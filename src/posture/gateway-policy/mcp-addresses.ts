import type { Doubt } from '../check.ts';
import type { GatewayApi, GatewayBackend } from '../readings/gateway/gateway-apis.ts';
import { leadsToServer, serversBehind, unnamed } from './gateway-links.ts';

/** Where the gateway forwards what is for MCP servers. */
export interface McpAddresses {
  /** Names and addresses of hosts, without a port. */
  readonly addresses: readonly string[];
  /** What nobody can tell where it is: a pool of backends, an expression, or nothing that is written. */
  readonly untold: readonly Doubt[];
}

/** The hosts behind the APIs that lead to MCP servers. */
export function mcpAddresses({
  apis,
  backends,
}: {
  readonly apis: readonly GatewayApi[];
  readonly backends: readonly GatewayBackend[];
}): McpAddresses {
  const leading = apis.filter(leadsToServer);
  const behind = leading.flatMap((api) => serversBehind(api, backends));
  const places = [...new Map(behind.map((each) => [each.id, each])).values()];
  return {
    addresses: [...new Set(places.flatMap(({ origin }) => (origin === undefined ? [] : [hostOf(origin)])))],
    untold: [
      ...(leading.length > 0 ? [] : unnamed(apis)),
      ...leading.flatMap(unwritten),
      ...places
        // Of a backend that no list has, the reading says that the list is not whole.
        .filter(({ origin }) => origin === undefined && backends.length > 0)
        .map(({ id, name }): Doubt => {
          const detail = `The gateway forwards to ${name}; at which address that is, Azure does not tell.`;
          return { reason: 'unreadable', resource: id, detail };
        }),
    ],
  };
}

/** Without the brackets that an address of IPv6 has there. */
export function hostOf(origin: string): string {
  return new URL(origin).hostname.replaceAll(/[[\]]/g, '').toLowerCase();
}

/** What was not had is a gap of the reading already. */
function unwritten({ id, name, targets, flows }: GatewayApi): Doubt[] {
  const unread = flows.find((flow) => flow.unread.length > 0)?.unread[0];
  if (unread !== undefined) {
    return [{ reason: 'unreadable', resource: id, detail: `API ${name} may forward elsewhere: ${unread}` }];
  }
  if (targets.length > 0 || (flows.length > 0 && flows.every(({ incomplete }) => incomplete))) return [];
  return [{ reason: 'no-data', resource: id, detail: `Where API ${name} forwards is not written in its policy.` }];
}
