import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLimits } from '../../../src/posture/gateway-policy/judge-limits.ts';
import type { RateLimit } from '../../../src/posture/gateway-policy/rate-limit.ts';
import type { GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { api, flow, TENANT, tokenCheck } from '../support/made-gateway.ts';
import { told } from './gateway-policy-world.ts';

const limit = (more: Partial<RateLimit> = {}): RateLimit => ({
  at: 1,
  calls: 50,
  seconds: 60,
  key: 'oid',
  narrowedBy: [],
  ...more,
});
const limits = (apis: readonly GatewayApi[], busiest?: number) =>
  judgeLimits({
    gateway: { service: { id: '/apim', tier: 'Premium', units: 2 }, apis: [...apis], backends: [] },
    rates: busiest === undefined ? {} : { busiest: { minute: '2026-11-23T04:10:00.000Z', calls: busiest } },
  });
const limited = (more: Parameters<typeof flow>[0]): GatewayApi => api({ flows: [flow({ limited: 'never', ...more })] });

test('each principal is held to fifty calls a minute, or it is said which limit comes nearest', () => {
  const situations: readonly (readonly [string, GatewayApi, readonly string[]])[] = [
    ['limited', api(), []],
    ['not at all', limited({}), ['no-limit']],
    ['too high', limited({ limits: [limit({ calls: 51 }), limit({ key: 'address' })] }), ['limit-too-high']],
    [
      'by a token that nobody checked',
      limited({ limits: [limit({ key: 'unvalidated-token' })] }),
      ['key-not-validated'],
    ],
    ['by address', limited({ limits: [limit({ key: 'address' })] }), ['key-address']],
    ['by something else', limited({ limits: [limit({ key: 'other' })] }), ['key-other']],
    ['on some ways', limited({ limited: 'sometimes' }), ['doubt: unreadable']],
    ['by what nobody understands', limited({ limited: 'unclear' }), ['doubt: unreadable']],
    ['what was refused is forwarded', api({ flows: [flow({ onError: ['forwards'] })] }), ['doubt: unreadable']],
    ['not understood', limited({ unread: ['x'] }), ['doubt: unreadable']],
    ['not read', limited({ incomplete: true }), []],
    ['another type', api({ type: 'mcp' }), ['doubt: unreadable']],
    ['it answers by itself', api({ flows: [flow({ forwards: false, limited: 'never' })] }), []],
  ];
  for (const [what, one, expected] of situations) assert.deepEqual(told(limits([one])), expected, what);
});

test('what the log shows can refute a limit, with room for units that count apart', () => {
  assert.deepEqual(told(limits([api()], 200)), []);
  assert.deepEqual(told(limits([api()], 201)), ['let-through']);
  assert.deepEqual(limits([limited({ limits: [limit({ calls: 90 })] })]).shows.limits, [
    '90 in 60 s by the oid of the checked token',
  ]);
  assert.equal(tokenCheck().tenants[0], TENANT);
});
