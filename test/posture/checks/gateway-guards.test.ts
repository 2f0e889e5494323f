import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { gatewayGuards } from '../../../src/posture/checks/gateway-guards.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { gatewayNetwork } from '../../../src/posture/readings/gateway/gateway-network.ts';
import { network } from '../../../src/posture/readings/network.ts';
import { checked, toldOf } from '../support/checked.ts';
import { policy, TO_SERVER } from '../support/gateway.ts';
import { seedLocalNetwork } from '../support/local-network.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';
import {
  app,
  arm,
  beginAnew,
  CLOSED,
  front,
  GUARD,
  gateway,
  guarded,
  outcome,
  POLICIES,
  RETURN,
  SETTINGS,
} from './situations/gateway-guards.ts';

after(() => Promise.all([app.stop(), front.close()]));

beforeEach(beginAnew);

let judged: Awaited<ReturnType<typeof checked>>;
before(async () => {
  gateway.clear();
  gateway.backend('mcp-server', CLOSED);
  seedLocalNetwork(arm);
  for (const [at, [, text]] of POLICIES.entries()) gateway.api(`p${at}`, text);
  judged = await checked(app, gatewayGuards, SETTINGS);
});
for (const [at, [situation, , said]] of POLICIES.entries()) {
  test(`${situation}: ${said}`, () => {
    assert.equal(toldOf(judged, `p${at}`), said.replace(/ a$/, ` p${at}`));
  });
}

test('what answers by itself and forwards nothing needs no check', async () => {
  gateway.api('a', policy(`${RETURN}${TO_SERVER}`));
  assert.equal(await outcome(), 'not-applicable');
});

test('check in the global policy, API without <base/>: fail', async () => {
  gateway.setPolicy('', policy(GUARD));
  gateway.api('with', policy(`<base />${TO_SERVER}`));
  gateway.api('none', undefined, { serviceUrl: CLOSED });
  assert.equal(await outcome(), 'pass');
  gateway.api('without', policy(TO_SERVER));
  assert.equal(await outcome(), 'fail: base-missing without');
});

test('hand-made MCP-type API: fail, however it is guarded', async () => {
  gateway.setPolicy('', policy(GUARD));
  gateway.api('a', guarded());
  gateway.api('tools', guarded(), { type: 'mcp', path: 'tools', backendId: 'mcp-server' });
  assert.equal(await outcome(), 'fail: mcp-type-api tools');
});

test('a cloud that does not know the preview: nobody can say which APIs there are', async () => {
  gateway.api('a', guarded());
  arm.previewVersions = false;
  assert.equal(await outcome(), 'unknown: unreadable');
  arm.previewVersions = true;
});

test('a check in a fragment is one, and an operation may leave it out', async () => {
  gateway.fragment('guard', GUARD);
  gateway.api('a', policy(`<include-fragment fragment-id="Guard" />${TO_SERVER}`));
  assert.equal(await outcome(), 'pass');
  gateway.setPolicy('apis/a/operations/post', policy(TO_SERVER));
  assert.equal(await outcome(), 'fail: no-token-check post');
});

test('a product may leave out the service’s check: whether the API is in it nobody reads', async () => {
  gateway.setPolicy('', policy(GUARD));
  gateway.api('a', policy(`<base />${TO_SERVER}`));
  gateway.put('products/starter', { displayName: 'Starter' });
  gateway.setPolicy('products/starter', policy('<rate-limit calls="5" renewal-period="60" /><base />'));
  assert.equal(await outcome(), 'pass');
  gateway.setPolicy('products/starter', policy(''));
  assert.equal(await outcome(), 'unknown: partial');
});

test('an API of which nobody knows what is behind it is no pass', async () => {
  gateway.api('a', guarded());
  gateway.api('echo', policy(''), { path: 'echo', serviceUrl: 'https://echo.example' });
  assert.equal(await outcome(), 'unknown: no-data');
});

test('where no API says that a server is behind it, there may be one behind any', async () => {
  gateway.backend('crm', CLOSED);
  gateway.api('crm', policy(`${GUARD}<set-backend-service backend-id="crm" />`), { path: 'crm' });
  assert.equal(await outcome(), 'unknown: no-data');
});

test('a workspace has APIs that nobody reads: no pass, and it is named', async () => {
  gateway.api('a', guarded());
  gateway.put('workspaces/Pay', { displayName: 'Payments' });
  assert.equal(await outcome(), 'unknown: partial');
  const { gaps } = await checked(app, gatewayGuards, SETTINGS);
  assert.match(gaps.map(({ detail }) => detail).join(), /workspaces, .*: Pay\.$/);
  gateway.api('b', policy(TO_SERVER));
  assert.equal(await outcome(), 'fail: no-token-check b');
});

test('a tier without workspaces has none; why else Azure refuses to list them nobody knows', async () => {
  gateway.api('a', guarded());
  arm.gatewayTier = 'Developer';
  assert.equal(await outcome(), 'pass');
  for (const [status, code] of [
    [400, 'ValidationError'],
    [404, 'ResourceNotFound'],
    [500, 'MethodNotAllowedInPricingTier'],
  ] as const) {
    const effect = { kind: 'answer', status, body: JSON.stringify({ error: { code } }) } as const;
    const lift = app.tenant.faults.add({ vendor: 'arm', path: /\/workspaces\?/, effect });
    assert.match(await outcome(), /^unknown: (unreadable|unavailable)$/, code);
    lift();
  }
});

test('an earlier revision may answer with another policy', async () => {
  gateway.api('a', guarded(), { apiRevision: '3' });
  assert.equal(await outcome(), 'unknown: partial');
});

test('the only offender is on the second page, and ids are written in another case', async () => {
  arm.gatewayPageSize = 2;
  for (const name of ['A', 'b']) gateway.api(name, guarded());
  gateway.api('C', policy('<set-backend-service backend-id="MCP-Server" />'));
  assert.equal(await outcome(), 'fail: no-token-check C');
});

withoutEach(app, [gatewayApis, network, gatewayNetwork], async (action) => {
  gateway.whole(CLOSED);
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

test('throttled to the end: nobody can say', async () => {
  gateway.api('a', guarded());
  for (const path of [
    /apis\/a\/policies/,
    /service\/[^/]+\/workspaces/,
    /networkSecurityGroups/i,
    /snet-mcp-gateway/,
  ]) {
    await throttled(app, path, async () => {
      assert.equal(await outcome(), 'unknown: throttled');
    });
  }
});

test('a list that breaks off behind an offender: fail', async () => {
  arm.gatewayPageSize = 1;
  gateway.api('a', policy(TO_SERVER));
  gateway.api('b', guarded());
  await throttled(app, /\/apis\?.*skip/, async () => {
    assert.equal(await outcome(), 'fail: no-token-check a');
  });
});

test('no word of a policy that may be a secret is in what is filed', async () => {
  gateway.api('a', guarded('<set-header name="X-Key"><value>s3cr3t-of-the-server</value></set-header>'));
  gateway.backend('mcp-server', `${CLOSED}/?code=s3cr3t-of-the-server`);
  assert.doesNotMatch(JSON.stringify(await checked(app, gatewayGuards, SETTINGS)), /s3cr3t/);
});
