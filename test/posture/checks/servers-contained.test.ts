import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { MCP_SUBNET, seedNetwork } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm } from '../../../local/tenant/arm/vendor.ts';
import { judgeServers, serversContained } from '../../../src/posture/checks/servers-contained.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { network } from '../../../src/posture/readings/network.ts';
import { type ServerHost, servers } from '../../../src/posture/readings/servers/servers.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { gatewayOf, policy, TO_SERVER } from '../support/gateway.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';
import {
  arm,
  containerApp,
  delegated,
  FOREIGN,
  group,
  platform,
  program,
  RG,
  SITUATIONS,
  TOKEN,
  variable,
} from './situations/servers-contained.ts';

const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const gateway = gatewayOf(arm);

beforeEach(() => {
  for (const kind of ['containerGroups', 'programs', 'networkObjects'] as const) arm[kind].clear();
  seedNetwork(arm);
  gateway.clear();
  arm.resourcePageSize = 100;
});

const outcome = async (APPROVED_SUBNET_IDS = [MCP_SUBNET]): Promise<string> =>
  told(await checked(app, serversContained, { APPROVED_SUBNET_IDS }));

for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('a container app in an approved subnet of its own kind passes, a web app never does', async () => {
  containerApp({ infrastructureSubnetId: FOREIGN, internal: true });
  delegated('Microsoft.App/environments');
  assert.equal(await outcome([MCP_SUBNET, FOREIGN]), 'pass');
  arm.programs.clear();
  program('Microsoft.Web/sites', 'w', { publicNetworkAccess: 'Disabled', virtualNetworkSubnetId: FOREIGN });
  delegated('Microsoft.Web/serverFarms');
  assert.equal(await outcome([MCP_SUBNET, FOREIGN]), 'unknown: unreadable');
});

test('the environment of a container app is not read, or is nowhere: nobody can say in which network it is', async () => {
  containerApp({ infrastructureSubnetId: MCP_SUBNET, internal: true });
  await throttled(app, /managedEnvironments/i, async () => {
    assert.equal(await outcome(), 'unknown: throttled');
  });
  arm.programs.delete(`${RG}/Microsoft.App/managedEnvironments/cae`);
  assert.equal(await outcome(), 'unknown: unreadable');
});

test('the firm names no subnet: nobody can say where servers belong, and what is public fails', async () => {
  group('a');
  assert.equal(await outcome([]), 'unknown: not-configured');
  group('b', { address: { type: 'Public', ip: '20.1.2.3' } });
  assert.equal(await outcome([]), 'fail: public b');
});

test('all that is wrong with a server stands in one entry, and no value of a variable', async () => {
  group('a', { identity: undefined, subnets: [FOREIGN], container: variable(TOKEN) });
  const said = await checked(app, serversContained);
  const [only] = said.failures;
  assert.equal(said.failures.length, 1);
  assert.match(only?.says ?? '', /identity None .*; it has a token in plain sight .*; it is in the subnet/);
  assert.doesNotMatch(JSON.stringify(said), new RegExp(TOKEN));
});

test('how many secure variables nobody can read is told', async () => {
  group('a', {
    container: {
      environmentVariables: [
        { name: 'KEY', value: null },
        { name: 'ROOT', value: '/data' },
      ],
    },
  });
  const { shows } = await checked(app, serversContained);
  assert.deepEqual(shows, { servers: 1, clusters: 0, secure_variables_not_readable: 1 });
});

test('the only offender is on the second page', async () => {
  arm.resourcePageSize = 2;
  for (const name of ['a', 'b']) group(name);
  group('c', { identity: undefined });
  assert.equal(await outcome(), 'fail: no-own-identity c');
});

test('the list is cut off after an offender: it fails all the same', async () => {
  arm.resourcePageSize = 1;
  group('a', { identity: undefined });
  group('b');
  await throttled(app, /containerGroups.*skipToken/i, async () => {
    assert.equal(await outcome(), 'fail: no-own-identity a');
  });
});

for (const path of [/containerGroups/i, /managedEnvironments/i, /subnets/i, /networkSecurityGroups/i]) {
  test(`throttled to the end at ${path.source}: nobody can say`, async () => {
    group('a');
    await throttled(app, path, async () => {
      assert.equal(await outcome(), 'unknown: throttled');
    });
  });
}

withoutEach(app, [servers, network, gatewayApis], async (action) => {
  group('a');
  gateway.whole('http://10.40.0.4:8080');
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

const host = (kind: ServerHost['kind'], addresses: string[]): ServerHost => ({
  kind,
  id: `${RG}/x/${kind}`,
  name: kind,
  tags: {},
  identity: 'UserAssigned',
  images: [],
  subnets: [MCP_SUBNET.toLowerCase()],
  addresses,
  isPublic: false,
  tokens: [],
  secureVariables: [],
});
const behind = (hosts: readonly ServerHost[], address: string, complete = true) => {
  const { findings, doubts } = judgeServers({ hosts: [...hosts], complete }, [], { addresses: [address], untold: [] });
  return [...findings, ...doubts].map(({ reason }) => reason);
};

test('what the gateway forwards to is somebody’s, or fails; a name may lead anywhere', () => {
  assert.deepEqual(behind([host('container-group', ['10.40.0.4'])], '10.40.0.4'), []);
  assert.deepEqual(behind([host('container-group', ['10.40.0.4'])], '10.40.0.9'), ['backend-of-nobody']);
  assert.deepEqual(behind([host('container-group', ['10.40.0.4'])], 'files.mcp.internal'), ['unreadable']);
  assert.deepEqual(behind([host('aks', [])], '10.40.0.9'), ['unreadable', 'unreadable']);
  // That the list is not whole is a gap of the reading.
  assert.deepEqual(behind([], '10.40.0.9', false), []);
});

test('a container of a web app whose image Azure does not tell may be a server', async () => {
  const row = { id: `${RG}/Microsoft.Web/sites/w`, subscriptionId: platform, name: 'w', kind: 'app,linux,container' };
  arm.programs.add({ ...row, properties: { siteConfig: null } });
  assert.equal(await outcome(), 'unknown: unreadable');
  arm.programs.add({ ...row, properties: { siteConfig: { linuxFxVersion: 'DOCKER|nginx:1' } } });
  assert.equal(await outcome(), 'not-applicable');
});

test('what only the gateway takes for a server is one: by the address behind an API that leads to MCP servers', async () => {
  group('a', { tags: {}, identity: undefined });
  assert.equal(await outcome(), 'not-applicable');
  gateway.whole('http://10.40.0.4:8080');
  assert.equal(await outcome(), 'fail: no-own-identity a');
  gateway.backend('mcp-server', 'http://10.40.0.77:8080');
  assert.equal(await outcome(), 'fail: backend-of-nobody 10.40.0.77');
  gateway.put('backends/mcp-server', { type: 'Pool', pool: { services: [] } });
  assert.equal(await outcome(), 'unknown: unreadable');
  gateway.setPolicy('apis/a', policy(TO_SERVER, { onError: '<include-fragment fragment-id="none" />' }));
  assert.equal(await outcome(), 'unknown: unreadable');
});
