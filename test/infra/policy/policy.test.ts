// With `hidden-servers.ts` in one process: each would plan the module for itself.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { resourcesIn } from '../support/plan-of.ts';
import { planOfModule } from '../support/plan-of-module.ts';
import { type ContainerGroup, containerGroup, containerGroupOfPlan } from '../support/policy/container-group.ts';
import { evaluatePolicy, type Verdict } from '../support/policy/evaluate-policy.ts';
import type { JsonObject } from '../support/policy/json.ts';
import { type PlannedPolicy, policiesOf } from '../support/policy/policies-of-plan.ts';
import {
  alsoApproved,
  approved,
  developers,
  expectOn,
  modules,
  policies,
  server,
  subscription,
  untouched,
  variables,
  verdicts,
} from './policy-world.ts';
import './hidden-servers.ts';

test('a tagged group with a user-assigned identity in an approved subnet is deployed', () => {
  expectOn(server, {});
});

test('what module mcp-server deploys passes every policy', async () => {
  const plan = await planOfModule(join(modules, 'mcp-server'), {
    variables: {
      environment: 'dev',
      location: 'westeurope',
      resource_group_name: 'rg-mcp-dev',
      server_type: 'filesystem',
      image: server.images[0],
      registry_id: `${subscription}/resourceGroups/rg-shared/providers/Microsoft.ContainerRegistry/registries/contosomcp`,
      registry_login_server: 'contosomcp.azurecr.io',
      subnet_id: approved,
      log_endpoint: 'https://logs.example.com',
      allowed_orgs: ['contoso'],
      tags: { mcpserver: 'false', team: 'payments' },
    },
  });
  const groups = resourcesIn(plan.planned_values).filter(({ type }) => type === 'azurerm_container_group');
  assert.equal(groups.length, 1);
  for (const { values } of groups) {
    const request = containerGroupOfPlan(values as JsonObject);
    assert.deepEqual(request.tags, { MCPServer: 'true', team: 'payments' });
    assert.deepEqual(request.identity, { type: 'UserAssigned' });
    assert.match(JSON.stringify(request.properties), /mcp-filesystem:1\.2.*MCP_SERVER_NAME.*snet-mcp-servers/);
    assert.deepEqual(verdicts(request), untouched);
  }
});

describe('a server runs as a user-assigned identity', () => {
  const cases: readonly (readonly [identity: string | undefined, expected: Verdict])[] = [
    [undefined, 'denied'],
    ['None', 'denied'],
    ['SystemAssigned', 'denied'],
    ['UserAssigned', 'allowed'],
    ['userassigned', 'allowed'],
    ['SystemAssigned, UserAssigned', 'allowed'],
    ['SystemAssigned,UserAssigned', 'allowed'],
  ];
  for (const [identity, expected] of cases) {
    test(`identity ${identity ?? 'left out'} is ${expected}`, () => {
      expectOn({ ...server, identity }, { managed_identity: expected });
    });
  }
});

describe('a server runs in approved subnets and in no other', () => {
  const cases: readonly (readonly [title: string, group: ContainerGroup, expected: Verdict])[] = [
    ['another environment’s approved subnet', { subnetIds: [alsoApproved] }, 'allowed'],
    ['an approved subnet written in another case', { subnetIds: [approved.toUpperCase()] }, 'allowed'],
    ['two approved subnets', { subnetIds: [approved, alsoApproved] }, 'allowed'],
    ['a developer subnet', { subnetIds: [developers] }, 'denied'],
    ['an approved and a developer subnet', { subnetIds: [approved, developers] }, 'denied'],
    ['a developer and an approved subnet', { subnetIds: [developers, approved] }, 'denied'],
    ['a subnet whose name continues an approved one', { subnetIds: [`${approved}-2`] }, 'denied'],
    ['no subnets in the request', { subnetIds: undefined }, 'denied'],
    ['an empty list of subnets', { subnetIds: [] }, 'denied'],
    [
      'a network profile, the old way into a subnet',
      { subnetIds: undefined, properties: { networkProfile: { id: `${subscription}/networkProfiles/old` } } },
      'denied',
    ],
  ];
  for (const [title, change, expected] of cases) {
    test(`${title}: ${expected}`, () => expectOn({ ...server, ...change }, { approved_subnet: expected }));
  }

  test('the shorter rule, subnetIds[*].id notIn, would let a bridge between two subnets pass', () => {
    const policy = policies.get('approved_subnet');
    assert.ok(policy);
    const shorter: PlannedPolicy = {
      ...policy,
      definition: {
        ...policy.definition,
        policyRule: {
          if: {
            field: 'Microsoft.ContainerInstance/containerGroups/subnetIds[*].id',
            notIn: "[parameters('approvedSubnetIds')]",
          },
          // biome-ignore lint/suspicious/noThenProperty: the policy language calls it "then"
          then: { effect: 'deny' },
        },
      },
    };
    const bridge = containerGroup({ ...server, subnetIds: [approved, developers] });
    assert.equal(evaluatePolicy(shorter, bridge), 'allowed');
    assert.equal(evaluatePolicy(policy, bridge), 'denied');
  });
});

describe('the three violations that were blocked', () => {
  test('a group that works with a developer’s personal token instead of an identity', () => {
    const environmentVariables = [{ name: 'GITHUB_TOKEN', secureValue: 'a personal token' }];
    const containers = [{ name: 'github', properties: { image: server.images[0], environmentVariables } }];
    expectOn({ ...server, identity: undefined, properties: { containers } }, { managed_identity: 'denied' });
  });

  test('a group in the developers’ subnet, one hop from their workstations', () => {
    expectOn({ ...server, subnetIds: [developers] }, { approved_subnet: 'denied' });
  });

  test('a group with a public address and no subnet', () => {
    const properties = { ipAddress: { type: 'Public', ports: [{ port: 3000, protocol: 'TCP' }] } };
    expectOn({ ...server, subnetIds: undefined, properties }, { approved_subnet: 'denied' });
  });

  test('each refusal tells the developer what to do', () => {
    assert.match(policies.get('managed_identity')?.message ?? '', /UserAssigned/);
    assert.match(policies.get('approved_subnet')?.message ?? '', /subnetIds.*mcp_subnet_id/);
    assert.match(policies.get('untagged_image')?.message ?? '', /MCPServer = true/);
  });
});

test('a resource group with the tag is nobody’s business', () => {
  const type = 'Microsoft.Resources/subscriptions/resourceGroups';
  assert.deepEqual(verdicts({ type, name: 'rg', tags: { MCPServer: 'yes' }, properties: {} }), untouched);
});

test('a first month in audit denies nothing and reports the same violations', async () => {
  const plan = await planOfModule(join(modules, 'policy'), {
    variables: { ...variables, effect: 'Audit', untagged_effect: 'Disabled', tag_value_effect: 'Disabled' },
  });
  const inAudit = policiesOf(plan);
  const verdictsOf = (resource: JsonObject): Readonly<Record<string, Verdict>> =>
    Object.fromEntries([...inAudit].map(([key, policy]) => [key, evaluatePolicy(policy, resource)]));
  const violation = containerGroup({ ...server, tags: { MCPServer: 'yes' }, identity: 'None', subnetIds: [] });
  assert.deepEqual(verdictsOf(violation), { ...untouched, approved_subnet: 'audited', managed_identity: 'audited' });
  assert.deepEqual(verdictsOf(containerGroup({ images: server.images })), untouched);
});
