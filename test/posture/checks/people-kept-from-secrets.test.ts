import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm } from '../../../local/tenant/arm/vendor.ts';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { peopleKeptFromSecrets } from '../../../src/posture/checks/people-kept-from-secrets.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { gatewayOf, policy as modelPolicy, TO_SERVER, tokenCheck, when } from '../support/gateway.ts';
import {
  application,
  assign,
  DEPLOYED,
  deployGatewayApps,
  policy,
  publishSecrets,
  SECRETS,
  scope,
} from '../support/gateway-firm.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { arm, entra, SITUATIONS, secretsRole } from './situations/people-kept-from-secrets.ts';

const app = await startApp({ vendors: (core) => [makeGraph(core, entra), makeArm(core, arm)] });
const gateway = gatewayOf(arm);
after(() => app.stop());
/** The server of secrets as the module gateway makes it, but for whom tokens have to be. */
const vault = (...audiences: string[]): void =>
  gateway.api('vault', modelPolicy(audiences.map((audience) => tokenCheck({ audience })).join('') + TO_SERVER));
beforeEach(() => {
  deployGatewayApps(entra);
  gateway.clear();
  vault(SECRETS.appId);
});

const outcome = async (settings: object = DEPLOYED): Promise<string> =>
  told(await checked(app, peopleKeptFromSecrets, settings));

for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('a person is assigned', async () => {
  assign(entra, WORLD.operator.oid, SECRETS.principalId, 'mcp.tools.secrets', 'User');
  const { status, failures } = await checked(app, peopleKeptFromSecrets, DEPLOYED);
  assert.deepEqual([status, failures.map(({ reason }) => reason)], ['fail', ['person-assigned']]);
  assert.match(failures[0]?.remedy.command ?? '', /^az rest --method DELETE --url https:\/\/graph/);
});

test('server `vault` on the normal app: fail', async () => {
  const APPLICATION_ONLY_SERVERS = [{ server: 'vault', appId: WORLD.gateway.appId }];
  assert.equal(await outcome({ ...DEPLOYED, APPLICATION_ONLY_SERVERS }), 'fail: server-on-normal-app vault');
});

test('the right in a third application', async () => {
  const appId = seededGuid('third');
  application(entra, {
    appId,
    principalId: seededGuid('third principal'),
    displayName: 'third',
    appRoles: [secretsRole],
  });
  assert.equal(await outcome(), `fail: secrets-elsewhere ${appId}`);
});

test('without a server of secrets, whatever carries the right has to be closed all the same', async () => {
  assert.equal(await outcome({}), 'pass');
  entra.conditionalAccess.clear();
  assert.equal(await outcome({}), 'fail: policy-missing conditionalAccess');
});

test('the value is nowhere and no server is marked: not applicable', async () => {
  publishSecrets(entra, []);
  assert.equal(await outcome({}), 'not-applicable');
});

const { conditionalAccess, gatewayApps } = peopleKeptFromSecrets.reads;
withoutEach(app, [conditionalAccess, gatewayApps], async (name) => {
  assert.equal(await outcome(), `unknown: denied ${name}`);
});

test('the only offender, and the right policy, are on a second page', async () => {
  entra.switches.largestPage = 2;
  entra.conditionalAccess.clear();
  for (const id of ['a', 'b']) entra.conditionalAccess.add(policy({ id, state: 'disabled' }));
  entra.conditionalAccess.add(policy());
  assert.equal(await outcome(), 'pass');
  publishSecrets(entra, [secretsRole], [scope('read')]);
  assert.equal(await outcome(), 'fail: delegated-scope read');
});

test('Conditional Access throttles a second page: nobody can say whether the right policy is on it', async () => {
  Object.assign(entra.switches, { largestPage: 1, conditionalAccessPaced: true });
  entra.conditionalAccess.clear();
  for (const id of ['a', 'b']) entra.conditionalAccess.add(policy({ id, state: 'disabled' }));
  assert.equal(await outcome(), 'unknown: throttled');
  publishSecrets(entra, [secretsRole], [scope('read')]);
  assert.equal(await outcome(), 'fail: delegated-scope read');
  entra.switches.conditionalAccessPaced = false;
});

test('throttled to the end: nobody can say', async () => {
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /conditionalAccess/,
    effect: { kind: 'answer', status: 429, body: '{"error":{"code":"TooManyRequests"}}' },
  });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('the list of applications breaks off after an offender: it fails', async () => {
  publishSecrets(entra, [secretsRole], [scope('read')]);
  entra.switches.largestPage = 2;
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /servicePrincipals\?.*skiptoken/,
    effect: { kind: 'answer', status: 500, body: '{}' },
  });
  assert.equal(await outcome(), 'fail: delegated-scope read');
  lift();
});

const AT_GATEWAY: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  [
    'server `vault` takes tokens of the gateway’s application',
    () => vault(WORLD.gateway.appId),
    'fail: server-on-normal-app vault',
  ],
  ['by its other name', () => vault('API://mcp-gateway'), 'fail: server-on-normal-app vault'],
  ['checks nothing', () => vault(), 'fail: server-on-normal-app vault'],
  ['checks twice, once for the secrets application', () => vault(WORLD.gateway.appId, SECRETS.appId), 'pass'],
  ['takes tokens of somebody else', () => vault('https://graph.microsoft.com'), 'unknown: unreadable'],
  [
    'checks in a branch',
    () => gateway.api('vault', modelPolicy(when('true', tokenCheck({ audience: SECRETS.appId })) + TO_SERVER)),
    'unknown: unreadable',
  ],
  [
    'is at another API as well, which takes tokens that people have',
    () => gateway.api('mine', modelPolicy(tokenCheck() + TO_SERVER)),
    'unknown: unreadable',
  ],
  [
    'is at another API as well, which takes the same tokens',
    () => gateway.api('mine', modelPolicy(tokenCheck({ audience: SECRETS.appId }) + TO_SERVER)),
    'pass',
  ],
  [
    'has beside it a server of another address',
    () => {
      gateway.backend('files', 'http://10.40.0.9:8080');
      gateway.api('mine', modelPolicy(`${tokenCheck()}<set-backend-service backend-id="files" />`));
    },
    'pass',
  ],
  ['is at an API of the type MCP', () => gateway.api('vault', undefined, { type: 'mcp' }), 'unknown: unreadable'],
  ['is at no API of its name', () => gateway.api('vault', undefined, { path: 'mcp/other' }), 'unknown: no-data'],
];
for (const [situation, make, said] of AT_GATEWAY) {
  test(`a server of secrets that ${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

withoutEach(app, [gatewayApis], async (action) => {
  gateway.whole('http://10.40.0.4:8080');
  gateway.fragment('guard', tokenCheck({ audience: SECRETS.appId }));
  gateway.api('vault', modelPolicy(`<base /><include-fragment fragment-id="guard" />${TO_SERVER}`));
  assert.equal(await outcome(), `unknown: denied ${action}`);
});
