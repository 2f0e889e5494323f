import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeLimits } from '../../../src/posture/gateway-policy/judge-limits.ts';
import type { RateLimit } from '../../../src/posture/gateway-policy/rate-limit.ts';
import type { GatewayApi } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { api, flow } from '../support/made-gateway.ts';
import { told } from './gateway-policy-world.ts';

const limit = (more: Partial<RateLimit> = {}): RateLimit => ({
  at: 1,
  calls: 50,
  seconds: 60,
  key: 'oid',
  narrowedBy: [],
  ...more,
});
const plain: Partial<GatewayApi> = { name: 'orders', label: 'Orders', path: 'orders', targets: ['orders'] };
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
    ['limited, and partly not read', api({ flows: [flow({ incomplete: true })] }), []],
    ['another type', api({ type: 'mcp' }), ['doubt: unreadable']],
    [
      'none that is named so',
      api({ ...plain, flows: [flow({ limited: 'never' })] }),
      ['doubt: no-data', 'doubt: no-data'],
    ],
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
});

test('a product’s policy that may take the limit away is told once the API itself is limited', () => {
  const product = (more: Parameters<typeof flow>[0] = {}) => flow({ product: 'starter', limited: 'never', ...more });
  const situations: readonly (readonly [string, Parameters<typeof api>[0], readonly string[]])[] = [
    ['a product without a limit', { flows: [flow(), product()] }, ['doubt: partial']],
    ['one with a limit', { flows: [flow(), product({ limited: 'always' })] }, []],
    ['one that answers by itself', { flows: [flow(), product({ forwards: false })] }, []],
    ['one that was not read', { flows: [flow(), product({ incomplete: true })] }, []],
    ['the API has no limit either', { flows: [flow({ limited: 'never' }), product()] }, ['no-limit']],
    ['one way of the API has none', { flows: [flow(), flow({ limited: 'never' }), product()] }, ['no-limit']],
    ['nobody can say of the API', { flows: [flow({ limited: 'unclear' }), product()] }, ['doubt: unreadable']],
  ];
  for (const [what, more, expected] of situations) assert.deepEqual(told(limits([api(more)])), expected, what);
  assert.deepEqual(limits([api({ flows: [flow(), product({ of: 'operation post' })] })]).doubts, [
    {
      reason: 'partial',
      resource: flow().resource,
      detail:
        'Through product starter the limit of operation post may be left out; whether the API is in that product, the app does not read.',
    },
  ]);
});

test('what is told of a missing limit names the policy, what it says instead, and the log’s busiest minute', () => {
  const { busiest, refused } = { busiest: { minute: '2026-11-23T04:10:00.000Z', calls: 201 }, refused: 7 };
  const flows = [
    flow({ limited: 'never', limits: [limit({ key: 'address' }), limit({ key: 'other', calls: 0, seconds: 0 })] }),
    flow({ of: 'operation get', limits: [limit()], forwards: false, policies: [] }),
  ];
  const { resource } = flow();
  const judged = judgeLimits({
    gateway: {
      service: { id: '/apim', tier: 'Premium', units: 2 },
      apis: [api({ flows }), api({ ...plain, flows: [flow({ limits: [limit({ calls: 9 })] })] })],
      backends: [],
    },
    rates: { busiest, refused },
  });
  const said = ['50 in 60 s by address', 'an unknown number by other'];
  const evidence = {
    ...{ resource, call: 'policies 2024-05-01 rawxml', hash: 'a'.repeat(64) },
    shows: { of: 'API mcp-files', limits: said, limited: 'never' },
  };
  const [missing, through] = judged.findings.map(({ remedy: _, ...rest }) => rest);
  assert.deepEqual(missing, {
    ...{ reason: 'key-address', resource, evidence },
    says: `API mcp-files: calls are counted by address, and not by principal. It says ${said.join(', ')}.`,
  });
  assert.deepEqual(through, {
    ...{ reason: 'let-through', resource: '/apim#busiest-minute' },
    says: 'One principal made 201 calls in the minute from 2026-11-23T04:10:00.000Z, and none of them was refused: more calls were let through than the limit explains.',
    evidence: { resource: '/apim', call: 'posture/busiest-minute.kql', shows: { ...busiest, most: 200 } },
  });
  assert.deepEqual([judged.doubts, judged.subjects, judged.evidence], [[], 1, [evidence]]);
  assert.deepEqual(judged.shows, {
    ...{ tier: 'Premium', units: 2, busiest_minute: busiest.minute, calls_in_busiest_minute: 201 },
    ...{ refused_for_their_number: 7, limits: [...said, '50 in 60 s by the oid of the checked token'] },
  });
});

test('of a gateway that was not read nothing is shown but that it has no limits', () => {
  const { findings, shows } = judgeLimits({
    gateway: { apis: [api({ flows: [flow({ limited: 'never', policies: [] })] })], backends: [] },
    rates: { busiest: { minute: '2026-11-23T04:10:00.000Z', calls: 999 } },
  });
  assert.deepEqual(
    findings.map(({ says, evidence }) => [says, 'hash' in evidence]),
    [['API mcp-files: nothing limits calls by principal.', false]],
  );
  assert.deepEqual(shows, {
    ...{ busiest_minute: '2026-11-23T04:10:00.000Z', calls_in_busiest_minute: 999, limits: [] },
  });
  assert.deepEqual(judgeLimits({ gateway: { apis: [], backends: [] }, rates: {} }).shows, { limits: [] });
});
