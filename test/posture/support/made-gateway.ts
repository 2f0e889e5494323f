import type { TokenCheck } from '../../../src/posture/gateway-policy/token-check.ts';
import type { Flow, GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';

export const TENANT = 'a0000000-0000-4000-8000-00000000000a';
export const AUDIENCE = 'b0000000-0000-4000-8000-00000000000b';
const SERVICE = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim';

/** A check of a token that is right in all, for tests of what is made of it. */
export const tokenCheck = (more: Partial<TokenCheck> = {}): TokenCheck => ({
  ...{ element: 'validate-azure-ad-token', at: 1, conditional: false, token: 'authorization', issuers: [] },
  ...{ tenants: [TENANT], configurations: [], audiences: [AUDIENCE], weak: [], unread: [], ...more },
});

/** A way through an API that is guarded, and limited. */
export const flow = (more: Partial<Flow> = {}): Flow => ({
  ...{ of: 'API mcp-files', resource: `${SERVICE}/apis/mcp-files`, policies: [{ id: 'p', hash: 'a'.repeat(64) }] },
  ...{ forwards: true, checks: [tokenCheck()], steps: [], onError: [], limits: [], limited: 'always' },
  ...{ targets: ['files'], unread: [], incomplete: false, ...more },
});

/** An API that leads to an MCP server, in order. */
export const api = (more: Partial<GatewayApi> = {}): GatewayApi => ({
  ...{ id: `${SERVICE}/apis/mcp-files`, name: 'mcp-files', label: 'Files', path: 'mcp/files', type: 'http' },
  ...{ previewOnly: false, revision: '1', isCurrent: true, targets: ['files'], flows: [flow()], ...more },
});
