import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import {
  assignPolicy,
  MCP_SUBNET,
  releasedPolicy,
  seedNetwork,
} from '../../../local/tenant/arm/seeds/case-study-posture.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { policySubnet } from '../../../src/posture/checks/policy-subnet.ts';
import { network } from '../../../src/posture/readings/network.ts';
import { policies } from '../../../src/posture/readings/policies.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { throttled } from '../support/throttled.ts';

const arm = seedArm(seedContext());
const app = await startApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const { platform } = WORLD.subscriptions;
const SUB = `/subscriptions/${platform}`;
const POLICY = 'mcp-approved-subnet';
const AUTHORIZATION = 'providers/Microsoft.Authorization';
const ABOVE = '/providers/Microsoft.Management/managementGroups/mg-platform';
const ROGUE = MCP_SUBNET.replace('snet-mcp-servers', 'snet-developers');

beforeEach(() => {
  arm.policyObjects.clear();
  arm.networkObjects.clear();
  seedNetwork(arm);
  arm.policyPageSize = 100;
});

const outcome = async (APPROVED_SUBNET_IDS: string[] = [MCP_SUBNET]): Promise<string> => {
  const settings = { SUBSCRIPTION_IDS: [platform], APPROVED_SUBNET_IDS };
  return told(await checked(app, policySubnet, settings)).replaceAll(platform, 'platform');
};
const assign = (approvedSubnetIds: unknown = [MCP_SUBNET], effect = 'Deny', properties = {}) =>
  assignPolicy(arm, POLICY, { effect, approvedSubnetIds }, { properties });
const exempt = (expiresOn: string | null, name = 'servers'): void => {
  const policyAssignmentId = `${SUB}/${AUTHORIZATION}/policyAssignments/${POLICY}`;
  arm.policyObjects.add({
    id: `${SUB}/resourceGroups/rg-sandbox/${AUTHORIZATION}/policyExemptions/${name}`,
    properties: { policyAssignmentId, exemptionCategory: 'Mitigated', expiresOn },
  });
};
const initiative = (approvedSubnetIds: unknown): void => {
  const definition = `${ABOVE}/${AUTHORIZATION}/policyDefinitions/${POLICY}`;
  const set = `${ABOVE}/${AUTHORIZATION}/policySetDefinitions/mcp`;
  arm.policyObjects.add({ id: definition, properties: releasedPolicy(POLICY) });
  const passed = { approvedSubnetIds: { value: approvedSubnetIds } };
  arm.policyObjects.add({
    id: set,
    properties: {
      policyType: 'Custom',
      parameters: { subnets: { type: 'Array' } },
      policyDefinitions: [{ policyDefinitionReferenceId: '1', policyDefinitionId: definition, parameters: passed }],
    },
  });
  arm.policyObjects.add({
    id: `${ABOVE}/${AUTHORIZATION}/policyAssignments/mcp`,
    properties: { policyDefinitionId: set, scope: ABOVE, parameters: { Subnets: { value: [MCP_SUBNET] } } },
  });
};

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['the approved subnets are the real ones', assign, 'pass'],
  ['the id in another case', () => assign([MCP_SUBNET.toUpperCase()]), 'pass'],
  ['nothing is assigned', () => {}, 'fail: missing platform'],
  ['Audit', () => assign([MCP_SUBNET], 'Audit'), 'fail: audited platform'],
  [
    'override to Audit',
    () => assign([MCP_SUBNET], 'Deny', { overrides: [{ kind: 'policyEffect', value: 'Audit' }] }),
    'fail: overridden platform',
  ],
  [
    'not enforced',
    () => assign([MCP_SUBNET], 'Deny', { enforcementMode: 'DoNotEnforce' }),
    'fail: not-enforced platform',
  ],
  ['Enroll', () => assign([MCP_SUBNET], 'Deny', { enforcementMode: 'Enroll' }), 'fail: enrolled-only platform'],
  [
    'narrowed',
    () => assign([MCP_SUBNET], 'Deny', { notScopes: [`${SUB}/resourceGroups/x`] }),
    'fail: narrowed platform',
  ],
  ['exemption in a resource group', () => [assign(), exempt(null)], 'fail: exempted platform'],
  ['expired one', () => [assign(), exempt('2024-01-01T00:00:00Z')], 'pass'],
  ['one subnet too many', () => assign([MCP_SUBNET, ROGUE]), 'fail: other-subnets platform'],
  ['another subnet', () => assign([ROGUE]), 'fail: other-subnets platform'],
  [
    'the subnet is gone: whoever makes one of its name has it approved',
    () => [assign(), arm.networkObjects.delete(MCP_SUBNET)],
    'fail: other-subnets platform',
  ],
  [
    'one assignment too wide, one that is right: assignments add up',
    () => [assign([MCP_SUBNET, ROGUE]), initiative([MCP_SUBNET])],
    'pass',
  ],
  ['Deny initiative above', () => initiative("[parameters('subnets')]"), 'pass'],
  [
    'an initiative that computes its subnets',
    () => initiative("[concat(parameters('subnets'))]"),
    'unknown: unreadable',
  ],
  ['an expression among the subnets', () => initiative(["[parameters('subnets')[0]]"]), 'unknown: unreadable'],
];
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('the firm names no subnet: nobody can say', async () => {
  assign();
  assert.equal(await outcome([]), 'unknown: not-configured');
});

test('the policy approves one subnet of two', async () => {
  assign();
  arm.networkObjects.add({ id: ROGUE, properties: { addressPrefixes: ['10.40.9.0/24'] } });
  assert.equal(await outcome([MCP_SUBNET, ROGUE]), 'fail: other-subnets platform');
});

test('the only exemption is on the second page', async () => {
  arm.policyPageSize = 1;
  assign();
  exempt('2024-01-01T00:00:00Z', 'old');
  exempt(null);
  assert.equal(await outcome(), 'fail: exempted platform');
});

test('exemptions are cut off after one that counts: it fails all the same', async () => {
  arm.policyPageSize = 1;
  assign();
  for (const name of ['one', 'two']) exempt(null, name);
  await throttled(app, /policyExemptions.*skipToken/i, async () => {
    assert.equal(await outcome(), 'fail: exempted platform');
  });
});

for (const path of [/policyAssignments/i, /policyExemptions/i, /subnets/i, /networkSecurityGroups/i]) {
  test(`throttled to the end at ${path.source}: nobody can say`, async () => {
    assign();
    await throttled(app, path, async () => {
      assert.equal(await outcome(), 'unknown: throttled');
    });
  });
}

withoutEach(app, [policies, network], async (action) => {
  assign();
  assert.equal(await outcome(), `unknown: denied ${action}`);
});
