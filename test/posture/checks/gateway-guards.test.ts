import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { GATEWAY_SUBNET, MCP_SUBNET, SECURITY_GROUP } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { gatewayGuards } from '../../../src/posture/checks/gateway-guards.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { gatewayNetwork } from '../../../src/posture/readings/gateway/gateway-network.ts';
import { network } from '../../../src/posture/readings/network.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told, toldOf } from '../support/checked.ts';
import { gatewayOf, policy, TO_SERVER, tokenCheck, when } from '../support/gateway.ts';
import { reset, startFront } from '../support/gateway-front.ts';
import { seedLocalNetwork } from '../support/local-network.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';

const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
const front = await startFront();
after(() => Promise.all([app.stop(), front.close()]));
const gateway = gatewayOf(arm);
/** Nothing listens there. */
const CLOSED = 'http://127.0.0.1:1';

beforeEach(() => {
  gateway.clear();
  gateway.backend('mcp-server', CLOSED);
  seedLocalNetwork(arm);
  reset(front);
});

const SETTINGS = { GATEWAY_URL: front.url, GATEWAY_AUDIENCES: [WORLD.gateway.appId] };
const outcome = async (settings: Partial<typeof app.config> = SETTINGS): Promise<string> =>
  told(await checked(app, gatewayGuards, settings));

const GUARD = tokenCheck();
const guarded = (before: string = '', behind: string = ''): string =>
  policy(`<base />${before}${GUARD}${behind}${TO_SERVER}`);
const SEND =
  '<send-request mode="new" response-variable-name="seen"><set-url>https://x.example</set-url></send-request>';
const RETURN = '<return-response><set-status code="403" reason="No" /></return-response>';
const FORWARD = '<forward-request />';
const POST = 'context.Request.Method == "POST"';

/** One API each, with one policy of its own: all are judged at once, `a` stands for its name. */
const POLICIES: readonly (readonly [situation: string, text: string, said: string])[] = [
  ['a check of the token before anything else', guarded(), 'pass'],
  [
    'Entra’s own check',
    policy(
      `<validate-azure-ad-token tenant-id="${WORLD.tenantId.toUpperCase()}"><audiences><audience>api://${WORLD.gateway.appId}</audience></audiences></validate-azure-ad-token>${TO_SERVER}`,
    ),
    'pass',
  ],
  ['no check', policy(TO_SERVER), 'fail: no-token-check a'],
  ['inside <when>', policy(`${when(POST, GUARD)}${TO_SERVER}`), 'unknown: unreadable'],
  ['one in each branch', policy(`${when(POST, GUARD, GUARD)}${TO_SERVER}`), 'unknown: unreadable'],
  ['two checks, one in a branch', guarded(when(POST, tokenCheck({ issuer: 'https://other.example' }))), 'pass'],
  ['a check in a comment', policy(`<!-- ${GUARD} -->${TO_SERVER}`), 'fail: no-token-check a'],
  ['a check in CDATA', policy(`<trace source="a"><![CDATA[${GUARD}]]></trace>${TO_SERVER}`), 'fail: no-token-check a'],
  [
    'a check in a text of C#',
    policy(`<set-variable name="x" value="@("<validate-jwt />" /* ) */)" />${TO_SERVER}`),
    'fail: no-token-check a',
  ],
  ['a comment that begins in a text of C#', guarded('<set-variable name="x" value="@("<!--")" />'), 'pass'],
  ['an expression behind a comment', guarded('<set-body><!-- x -->@("<base />")</set-body>'), 'unknown: unreadable'],
  ['an expression that is not closed', guarded('<set-variable name="x" value="@((1)" />'), 'unknown: unreadable'],
  ['what is no XML', '<policies><inbound>', 'unknown: unreadable'],
  ['an answer before the check', guarded(when(POST, RETURN)), 'pass'],
  ['a question elsewhere before the check', guarded(SEND), 'pass'],
  ['an answer from elsewhere before the check', guarded(`${SEND}${when(POST, RETURN)}`), 'unknown: unreadable'],
  ['a copy of the request before the check', guarded(SEND.replace('"new"', '"copy"')), 'unknown: unreadable'],
  ['an answer from a cache before the check', guarded('<cache-lookup />'), 'unknown: unreadable'],
  ['an answer from a cache behind it', guarded('', '<cache-lookup />'), 'pass'],
  ['forwarding before the check', guarded(FORWARD), 'fail: forwards-before-check a'],
  [
    'another server, which the backend section names',
    guarded().replace(
      '<backend><base /></backend>',
      `<backend><set-backend-service base-url="http://10.9.9.9:8080" />${FORWARD}</backend>`,
    ),
    'unknown: no-data',
  ],
  [
    'a fragment in the backend section that is not there',
    guarded().replace(
      '<backend><base /></backend>',
      `<backend><include-fragment fragment-id="gone" />${FORWARD}</backend>`,
    ),
    'unknown: unreadable',
  ],
  ['forwarding before the check, in a branch', guarded(when(POST, FORWARD)), 'fail: forwards-before-check a'],
  [
    'on-error forwarding',
    policy(`${GUARD}${TO_SERVER}`, { onError: when('context.Response.StatusCode == 401', FORWARD) }),
    'fail: forwards-on-error a',
  ],
  [
    'on-error answers from elsewhere',
    policy(`${GUARD}${TO_SERVER}`, { onError: `${SEND}<set-body>@("x")</set-body>` }),
    'unknown: unreadable',
  ],
  [
    'another tenant’s issuer',
    policy(tokenCheck({ issuer: 'https://sts.windows.net/x/' })),
    'fail: check-other-issuer a',
  ],
  [
    'this tenant’s issuer and a stranger’s keys',
    policy(tokenCheck({ configuration: 'https://login.example/x' })),
    'fail: check-other-issuer a',
  ],
  [
    'keys of no one tenant',
    policy(
      `${tokenCheck({ configuration: 'https://login.microsoftonline.com/common/v2.0/.well-known/x' })}${TO_SERVER}`,
    ),
    'unknown: unreadable',
  ],
  ['another audience', policy(tokenCheck({ audience: 'https://graph.microsoft.com' })), 'fail: check-other-audience a'],
  [
    'tokens without a signature',
    policy(tokenCheck({ attributes: 'header-name="Authorization" require-signed-tokens="false"' })),
    'fail: check-weak a',
  ],
  [
    'tokens that expired a year ago',
    policy(tokenCheck({ attributes: 'header-name="Authorization" clock-skew="31536000"' })),
    'fail: check-weak a',
  ],
  [
    'how long ago, an expression says',
    policy(`${tokenCheck({ attributes: 'header-name="Authorization" clock-skew="@(9000)"' })}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  [
    'keys in the policy',
    policy(tokenCheck({ more: '<issuer-signing-keys><key>e30=</key></issuer-signing-keys>' })),
    'fail: check-weak a',
  ],
  [
    'an issuer by expression',
    policy(`${tokenCheck({ issuer: '@((string)context.Variables["issuer"])' })}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  [
    'a token of the gateway’s own',
    guarded('<authentication-managed-identity resource="api://gateway" />'),
    'fail: token-overwritten a',
  ],
  [
    'a token that is put in where there is none',
    guarded('<set-header name="AUTHORIZATION" exists-action="skip"><value>x</value></set-header>'),
    'fail: token-overwritten a',
  ],
  [
    'a token from elsewhere',
    policy(`${tokenCheck({ attributes: 'token-value="@((string)context.Variables["t"])"' })}${TO_SERVER}`),
    'unknown: unreadable',
  ],
  ['a fragment that is not there', guarded('<include-fragment fragment-id="none" />'), 'unknown: unreadable'],
  ['a named value among policies', guarded('{{secret-policies}}'), 'unknown: unreadable'],
  ['an element that holds policies and is not known', guarded(`<later>${RETURN}</later>`), 'unknown: unreadable'],
];
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

test('no word of a policy that may be a secret is in what is filed', async () => {
  gateway.api('a', guarded('<set-header name="X-Key"><value>s3cr3t-of-the-server</value></set-header>'));
  gateway.backend('mcp-server', `${CLOSED}/?code=s3cr3t-of-the-server`);
  assert.doesNotMatch(JSON.stringify(await checked(app, gatewayGuards, SETTINGS)), /s3cr3t/);
});
