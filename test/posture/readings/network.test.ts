import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeRead } from '../../../activities/posture/make-read.ts';
import { readNetwork } from '../../../activities/posture/readers/network.ts';
import { MCP_SUBNET } from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { network } from '../../../src/posture/readings/network.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());

const read = async (...APPROVED_SUBNET_IDS: string[]) => {
  const context = { ...app.context, settings: { ...app.context.settings, APPROVED_SUBNET_IDS } };
  const { facts, gaps } = (await makeRead(network, readNetwork, '2026-11-23T04:10:00Z', context)).read;
  return { ...network.shape.parse(facts), gaps };
};

test('a subnet comes with what it is delegated to, and with every rule at its door', async () => {
  const { approved, gaps } = await read(MCP_SUBNET, MCP_SUBNET.toUpperCase());
  assert.deepEqual(gaps, []);
  assert.equal(approved.length, 1);
  const [subnet] = approved;
  assert.deepEqual(
    [subnet?.id, subnet?.state, subnet?.prefixes, subnet?.delegations],
    [MCP_SUBNET.toLowerCase(), 'there', ['10.40.0.0/24'], ['Microsoft.ContainerInstance/containerGroups']],
  );
  assert.deepEqual(
    subnet?.securityGroup?.rules.map(({ priority, access, sources, destinations, ports }) =>
      [priority, access, sources, destinations, ports].flat(),
    ),
    [
      [100, 'Allow', '10.40.1.0/24', '10.40.0.0/24', '8080'],
      [4096, 'Deny', '*', '*', '*'],
      [65000, 'Allow', 'VirtualNetwork', '*', '*'],
      [65500, 'Deny', '*', '*', '*'],
    ],
  );
});

test('a subnet that is not there is a fact, and one that nobody may read a gap', async () => {
  const { approved, gaps } = await read(`${MCP_SUBNET}-old`);
  assert.deepEqual([approved.map(({ state }) => state), gaps], [['gone'], []]);
  const action = 'Microsoft.Network/virtualNetworks/subnets/read';
  app.assessor.azure.delete(action);
  const denied = await read(MCP_SUBNET);
  app.assessor.azure.add(action);
  assert.deepEqual(
    [denied.approved.map(({ state }) => state), denied.gaps[0]?.missingPermission],
    [['unread'], action],
  );
});
