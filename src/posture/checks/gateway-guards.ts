import { defineCheck } from '../check.ts';
import { judgeGuards } from '../gateway-policy/judge-guards.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { gatewayNetwork } from '../readings/gateway/gateway-network.ts';
import { gatewayProbes } from '../readings/gateway/gateway-probes.ts';
import { network } from '../readings/network.ts';

/** Point 6. Source: the case study’s checklist; learn.microsoft.com/azure/api-management/validate-jwt-policy */
export const gatewayGuards = defineCheck({
  id: 'gateway-guards',
  point: 6,
  title: 'No MCP server without a token check in front',
  severity: 'critical',
  version: 1,
  modules: ['gateway', 'network'],
  reads: { gateway: gatewayApis, probes: gatewayProbes, network, origin: gatewayNetwork },
  reasons: {
    'no-token-check': 'Requests are forwarded although nothing checks a token.',
    'base-missing': 'The check stands in the service’s policy, and the API does not take it over.',
    'check-other-issuer': 'The check takes tokens that another than this tenant issued.',
    'check-other-audience': 'The check takes tokens that are for something else than the gateway.',
    'check-weak': 'The check takes tokens that Entra has not signed, or that do not expire.',
    'forwards-before-check': 'A request is forwarded before its token is checked.',
    'forwards-on-error': 'What fails, a refused token too, is forwarded all the same.',
    'token-overwritten': 'The gateway checks a token that it wrote into the request itself.',
    'mcp-type-api': 'An API of the type MCP, made by hand, leads past the released policy.',
    'answers-without-token': 'Somebody without a token gets another answer than 401.',
    'no-metadata': 'The refusal does not say where a client gets a token.',
    'server-reachable': 'A server takes connections that do not come through the gateway.',
    'no-security-group': 'Nothing stands at the door of the servers’ subnet.',
    'network-open': 'The network’s rules let others than the gateway in to the servers.',
  },
  judge: judgeGuards,
});
