import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { GATEWAY_SUBNET, MCP_SUBNET, SECURITY_GROUP } from '../../../../local/tenant/arm/seeds/case-study-posture.ts';
import { policy } from '../../support/gateway.ts';
import {
  app,
  arm,
  beginAnew,
  front,
  GUARD,
  gateway,
  guarded,
  outcome,
  SETTINGS,
} from '../situations/gateway-guards.ts';

after(() => Promise.all([app.stop(), front.close()]));

beforeEach(beginAnew);

test('without a probe, and without a gateway, nobody can say', async () => {
  gateway.api('a', guarded());
  assert.equal(await outcome({ GATEWAY_AUDIENCES: [] }), 'unknown: not-configured');
  assert.equal(await outcome({ ...SETTINGS, GATEWAY_APIM_ID: undefined }), 'unknown: not-configured');
  assert.deepEqual(front.asked, []);
});

const PROBES: readonly (readonly [situation: string, status: number, challenge: string | undefined, said: string])[] = [
  ['lets somebody without a token in', 200, undefined, 'fail: answers-without-token a#probe'],
  ['refuses somebody without a token otherwise', 404, undefined, 'fail: answers-without-token a#probe'],
  ['does not say who issues tokens', 401, 'Bearer', 'fail: no-metadata a#probe'],
  ['asks for a subscription key', 401, 'AzureApiManagementKey realm="x"', 'fail: no-metadata a#probe'],
  ['is down', 503, undefined, 'unknown: no-data, unavailable'],
  ['counts the app’s calls', 429, undefined, 'unknown: no-data, throttled'],
];
for (const [situation, status, challenge, said] of PROBES) {
  test(`the gateway ${situation}: ${said}`, async () => {
    gateway.api('a', guarded());
    Object.assign(front, { status, challenge });
    assert.equal(await outcome(), said);
    assert.deepEqual(front.asked, ['POST /mcp/a without a token']);
  });
}

test('a server that takes connections past the gateway: fail', async () => {
  gateway.api('a', guarded());
  gateway.backend('mcp-server', `http://127.0.0.1:${front.port}`);
  assert.equal(await outcome(), 'fail: server-reachable mcp-server#probe');
});

test('a server whose name does not resolve, and one that nobody names, may be open', async () => {
  gateway.api('a', guarded());
  gateway.backend('mcp-server', 'http://server.invalid:3000');
  assert.equal(await outcome(), 'unknown: no-data');
  for (const forwards of ['', '<set-backend-service base-url="@(Where())" />']) {
    gateway.api('a', policy(GUARD + forwards));
    assert.equal(await outcome(), 'unknown: no-data');
  }
});

const rulesOf = (more: readonly object[]): void => {
  const { securityRules, ...rest } = arm.networkObjects.get(SECURITY_GROUP)?.properties ?? {};
  arm.networkObjects.add({ id: SECURITY_GROUP, properties: { ...rest, securityRules: more } });
};
const NETWORKS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['the released rules', () => {}, 'pass'],
  ['no rule but the platform’s', () => rulesOf([]), 'fail: network-open AllowVnetInBound'],
  [
    'no security group',
    () => arm.networkObjects.add({ id: MCP_SUBNET, properties: { addressPrefix: '127.0.0.0/24' } }),
    'fail: no-security-group snet-mcp-servers',
  ],
  [
    'a server in none of the approved subnets',
    () => gateway.backend('mcp-server', 'http://127.0.1.1:1'),
    'unknown: no-data',
  ],
  [
    'a gateway in another subnet than the one that the rules let in',
    () => arm.networkObjects.add({ id: GATEWAY_SUBNET, properties: { addressPrefix: '10.40.9.0/24' } }),
    'fail: network-open allow-tool-calls',
  ],
  ['a gateway in no subnet', () => Object.assign(arm, { gatewayNetwork: {} }), 'unknown: no-data'],
  [
    'a second region of the gateway in no subnet',
    () => Object.assign(arm, { gatewayNetwork: { ...arm.gatewayNetwork, additionalLocations: [{ sku: {} }] } }),
    'unknown: no-data',
  ],
];
for (const [situation, make, said] of NETWORKS) {
  test(`${situation}: ${said}`, async () => {
    gateway.api('a', guarded());
    make();
    assert.equal(await outcome(), said);
  });
}
