import { defineCheck } from '../check.ts';
import { judgeLimits } from '../gateway-policy/judge-limits.ts';
import { callRates } from '../readings/calls/call-rates.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';

/** Point 9. Source: the case study’s checklist; learn.microsoft.com/azure/api-management/rate-limit-by-key-policy */
export const rateLimited = defineCheck({
  id: 'rate-limited',
  point: 9,
  title: '50 calls a minute per principal',
  severity: 'medium',
  version: 1,
  modules: ['gateway'],
  reads: { gateway: gatewayApis, rates: callRates },
  reasons: {
    'no-limit': 'Nothing limits the calls of a principal.',
    'limit-too-high': 'A principal may make more than 50 calls a minute.',
    'key-not-validated': 'Calls are counted by a token that was not checked.',
    'key-address': 'Calls are counted by address.',
    'key-other': 'Calls are counted by something else than the principal.',
    'let-through': 'More calls were let through in a minute than the limit explains.',
  },
  judge: judgeLimits,
});
