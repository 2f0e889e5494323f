import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { before, describe, test } from 'node:test';
import { resourcesIn } from '../support/plan-of.ts';
import { planOfModule } from '../support/plan-of-module.ts';
import { type ContainerGroup, containerGroup, containerGroupOfPlan } from '../support/policy/container-group.ts';
import { evaluatePolicy, type Verdict } from '../support/policy/evaluate-policy.ts';
import type { JsonObject } from '../support/policy/json.ts';
import { type PlannedPolicy, policiesOf } from '../support/policy/policies-of-plan.ts';

const modules = resolve(import.meta.dirname, '../../../infra/modules');

const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const subnet = (network: string, name: string): string =>
  `${subscription}/resourceGroups/rg-${network}/providers/Microsoft.Network/virtualNetworks/vnet-${network}/subnets/${name}`;
const approved = subnet('mcp-dev', 'snet-mcp-servers');
const alsoApproved = subnet('mcp-test', 'snet-mcp-servers');
const developers = subnet('developers', 'snet-workstations');

const variables = { subscription_id: subscription.slice(15), approved_subnet_ids: [approved, alsoApproved] };

/** What the platform's own module deploys; each case changes one thing about it. */
const server = {
  tags: { MCPServer: 'true' },
  identity: 'UserAssigned',
  subnetIds: [approved],
  images: ['contosomcp.azurecr.io/mcp-filesystem:1.2'],
} as const satisfies ContainerGroup;

let policies: ReadonlyMap<string, PlannedPolicy>;
before(async () => {
  policies = policiesOf(await planOfModule(join(modules, 'policy'), { variables }));
});

function verdicts(resource: JsonObject): Readonly<Record<string, Verdict>> {
  return Object.fromEntries([...policies].map(([key, policy]) => [key, evaluatePolicy(policy, resource)]));
}

const untouched = {
  approved_subnet: 'allowed',
  managed_identity: 'allowed',
  other_compute: 'allowed',
  plain_credentials: 'allowed',
  tag_value: 'allowed',
  untagged_image: 'allowed',
} as const;

function expectOn(group: ContainerGroup, expected: Partial<Record<keyof typeof untouched, Verdict>>): void {
  assert.deepEqual(verdicts(containerGroup(group)), { ...untouched, ...expected });
}

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

describe('the tag decides which groups are servers, by being there', () => {
  const bare: ContainerGroup = { images: ['contosomcp.azurecr.io/nginx:1.27'] };
  const judged = { managed_identity: 'denied', approved_subnet: 'denied' } as const;

  for (const tags of [
    { MCPServer: 'true' },
    { MCPServer: 'True' },
    { mcpserver: 'TRUE' },
    { MCPServer: 'false' },
    { MCPServer: 'FALSE' },
  ]) {
    test(`${JSON.stringify(tags)} is a server`, () => expectOn({ ...bare, tags }, judged));
  }

  for (const value of ['yes', '', '1', 'truee', ' true', 'true,false', 'n/a']) {
    test(`${JSON.stringify(value)} is a server too, and is reported as neither true nor false`, () => {
      expectOn({ ...bare, tags: { MCPServer: value } }, { ...judged, tag_value: 'audited' });
    });
  }

  for (const tags of [{}, { MCPServers: 'true' }, { role: 'MCPServer' }]) {
    test(`${JSON.stringify(tags)} is no server`, () => expectOn({ ...bare, tags }, {}));
  }
});

describe('a group that dropped the tag is found by its image', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const cases: readonly (readonly [image: string, expected: Verdict])[] = [
    ['contosomcp.azurecr.io/mcp-filesystem:1.2', 'audited'],
    ['contosomcp.azurecr.io/MCP-filesystem:1.2', 'audited'],
    ['contosomcp.azurecr.io/platform/mcp-github', 'audited'],
    ['contosomcp.azurecr.io/mcp-tools/filesystem:1.2', 'audited'],
    ['localhost:5000/mcp-filesystem:1.2', 'audited'],
    [`acme/mcp-x@${digest}`, 'audited'],
    ['mcp-filesystem:1.2', 'audited'],
    ['mcp-filesystem', 'audited'],
    ['mcp-acme/filesystem:1.2', 'audited'],
    ['mcp/github:latest', 'audited'],
    ['docker.io/mcp/github', 'audited'],
    ['ghcr.io/github/github-mcp-server:1.0', 'audited'],
    ['contosomcp.azurecr.io/filesystem-mcp:1.2', 'audited'],
    [`contosomcp.azurecr.io/filesystem-mcp@${digest}`, 'audited'],
    ['contosomcp.azurecr.io/filesystem-mcp', 'audited'],
    ['contosomcp.azurecr.io/acme-mcp/filesystem:1', 'audited'],
    ['contosomcp.azurecr.io/amcp-x', 'allowed'],
    ['contosomcp.azurecr.io/tools/amcp-x:1', 'allowed'],
    ['contosomcp.azurecr.io/mcp:1', 'audited'],
    ['contosomcp.azurecr.io/mcp_x', 'audited'],
    ['contosomcp.azurecr.io/mcpserver:1', 'audited'],
    [`contosomcp.azurecr.io/MCP@${digest}`, 'audited'],
    ['contosomcp.azurecr.io/nginx:mcp-1', 'allowed'],
    ['mcp-registry.azurecr.io/nginx:1.27', 'allowed'],
    ['mcp-registry:5000/nginx', 'allowed'],
    ['nginx', 'allowed'],
  ];
  for (const [image, expected] of cases) {
    test(`${image} is ${expected}`, () => {
      expectOn({ subnetIds: [developers], images: [image] }, { untagged_image: expected });
    });
  }

  test('a server hidden as the second container is found', () => {
    expectOn({ images: ['nginx', 'acme/mcp-x:1'] }, { untagged_image: 'audited' });
  });

  test('a tag that is not true is as good as none', () => {
    expectOn({ ...server, tags: { MCPServer: 'false' } }, { untagged_image: 'audited' });
    expectOn({ ...server, tags: { MCPServer: 'yes' } }, { untagged_image: 'audited', tag_value: 'audited' });
  });

  test('a container whose image comes from a profile does not fail the rule, which would deny it', () => {
    expectOn({ images: [undefined] }, {});
    expectOn({ images: [undefined, 'acme/mcp-x:1'] }, { untagged_image: 'audited' });
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
