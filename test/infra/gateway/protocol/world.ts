import { message, userToken } from '../../support/gateway/callers.ts';
import { gatewayPlan, policiesIn } from '../../support/gateway/gateway-plan.ts';
import type { GatewayOutcome } from '../../support/gateway/simulated-gateway.ts';
import { testGateway } from '../../support/gateway/test-gateway.ts';

/** A server that takes what others do not. */
const OPENED = {
  mcp_servers: {
    github: {
      backend_url: 'http://10.50.1.5:3000',
      tasks: true,
      resources: true,
      prompts: true,
      client_answers: true,
      allowed_roots: ['file:///srv/projects', 'file:///srv/docs'],
    },
  },
};

export const gateway = testGateway(async () => {
  const [deployed, opened] = await Promise.all([gatewayPlan(), gatewayPlan(OPENED)]);
  const { policies, ...named } = policiesIn(deployed);
  return { policies: { ...policies, open: policiesIn(opened).policies.github ?? '' }, ...named };
});

export const NEWEST = '2026-07-28';
export const reader = userToken('mcp.tools.read');
export const writer = userToken('mcp.tools.read mcp.tools.write');

export type Params = Readonly<Record<string, unknown>>;

/** A request as clients of the newest revision send it: the same three things in body and headers. */
export function modern(method: string, params: Params = {}, headers: Readonly<Record<string, string>> = {}) {
  const { _meta = {}, ...more } = params as { readonly _meta?: object } & Params;
  const meta = {
    'io.modelcontextprotocol/protocolVersion': NEWEST,
    'io.modelcontextprotocol/clientInfo': { name: 'x', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
    ..._meta,
  };
  return {
    policy: 'github',
    token: reader,
    body: message(method, { ...more, _meta: meta }),
    headers: {
      'MCP-Protocol-Version': NEWEST,
      'Mcp-Method': method,
      ...(method === 'tools/call' && { 'Mcp-Name': String(params.name) }),
      ...headers,
    },
  };
}

export const toolOf = ({ events }: GatewayOutcome): unknown =>
  events[0] ? JSON.parse(events[0].text).tool_name : undefined;

export const resourceOf = ({ events }: GatewayOutcome): unknown => JSON.parse(events[0]?.text ?? '').resource_accessed;

export const answer = (result: unknown): string => JSON.stringify({ jsonrpc: '2.0', id: 1, result });
