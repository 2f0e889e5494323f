import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { serversTagged } from '../../../src/posture/checks/servers-tagged.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { servers } from '../../../src/posture/readings/servers/servers.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { gatewayOf } from '../support/gateway.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';

const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const gateway = gatewayOf(arm);
const { platform } = WORLD.subscriptions;
const RG = `/subscriptions/${platform}/resourceGroups/rg-mcp-servers-prod/providers`;

beforeEach(() => {
  arm.containerGroups.clear();
  arm.programs.clear();
  gateway.clear();
  arm.resourcePageSize = 100;
});

type Tags = Readonly<Record<string, string>>;
const group = (name: string, tags: Tags, image = 'mcr.example/mcp/filesystem:1', ip = '10.40.0.4'): void => {
  arm.containerGroups.add({
    id: `${RG}/Microsoft.ContainerInstance/containerGroups/${name}`,
    subscriptionId: platform,
    name,
    tags,
    properties: {
      containers: [{ name: 'server', properties: { image } }],
      ipAddress: { type: 'Private', ip },
    },
  });
};
const outcome = async (): Promise<string> => told(await checked(app, serversTagged));

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['every server has the tag', () => group('a', { MCPServer: 'true' }), 'pass'],
  ['the key in another case', () => group('a', { mcpSERVER: 'true' }), 'pass'],
  ['another value', () => group('a', { MCPServer: 'yes' }), 'fail: tag-other-value a'],
  [
    'the value in another case is another value to Azure Policy',
    () => group('a', { MCPServer: 'True' }),
    'fail: tag-other-value a',
  ],
  ['an untagged image of a server', () => group('a', {}), 'fail: tag-missing a'],
  ['a container that is no server', () => group('a', {}, 'nginx:1'), 'not-applicable'],
  ['nothing there', () => {}, 'not-applicable'],
];
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('the only offender is on the second page', async () => {
  arm.resourcePageSize = 2;
  for (const name of ['a', 'b']) group(name, { MCPServer: 'true' });
  group('c', {});
  assert.equal(await outcome(), 'fail: tag-missing c');
});

test('a container app and its job are servers as well', async () => {
  const template = { containers: [{ image: 'ghcr.io/modelcontextprotocol/fetch:2' }] };
  for (const type of ['containerApps', 'jobs']) {
    arm.programs.add({
      id: `${RG}/Microsoft.App/${type}/ca-${type}`,
      subscriptionId: platform,
      name: `ca-${type}`,
      properties: { template },
    });
  }
  assert.equal(await outcome(), 'fail: tag-missing ca-containerApps, tag-missing ca-jobs');
});

withoutEach(app, [servers, gatewayApis], async (action) => {
  group('a', { MCPServer: 'true' });
  gateway.whole('http://10.40.0.4:8080');
  assert.equal(await outcome(), `unknown: denied ${action}`);
});

test('throttled to the end: nobody can say', async () => {
  group('a', { MCPServer: 'true' });
  await throttled(app, /containerApps/i, async () => {
    assert.equal(await outcome(), 'unknown: throttled');
  });
});

test('a container of a web app whose image Azure does not tell may be a server', async () => {
  const row = { id: `${RG}/Microsoft.Web/sites/w`, subscriptionId: platform, name: 'w', kind: 'app,linux,container' };
  arm.programs.add({ ...row, properties: { siteConfig: null } });
  assert.equal(await outcome(), 'unknown: unreadable');
  arm.programs.add({ ...row, properties: { siteConfig: { linuxFxVersion: 'DOCKER|nginx:1' } } });
  assert.equal(await outcome(), 'not-applicable');
});

test('the list is cut off after an offender: it fails all the same', async () => {
  arm.resourcePageSize = 1;
  group('a', {});
  group('b', { MCPServer: 'true' });
  await throttled(app, /containerGroups.*skipToken/i, async () => {
    assert.equal(await outcome(), 'fail: tag-missing a');
  });
});

test('found by backend only: fail; where nobody answers, nobody knows the tag', async () => {
  gateway.whole('http://10.40.0.9:8080');
  group('a', { MCPServer: 'true' });
  assert.equal(await outcome(), 'unknown: no-data');
  group('b', {}, 'nginx:1', '10.40.0.9');
  const judged = await checked(app, serversTagged);
  assert.equal(told(judged), 'fail: tag-missing b');
  assert.match(judged.failures[0]?.says ?? '', /^b answers where the gateway forwards tool calls/);
  group('b', { mcpserver: 'true' }, 'nginx:1', '10.40.0.9');
  assert.equal(await outcome(), 'pass');
});
