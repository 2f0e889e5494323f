import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofNetwork } from '../../../src/posture/gateway-policy/judge-network.ts';
import type { ApprovedSubnet } from '../../../src/posture/readings/network.ts';
import { api } from '../support/made-gateway.ts';

type Rule = NonNullable<ApprovedSubnet['securityGroup']>['rules'][number];
const rule = (priority: number, access: string, ...sources: string[]): Rule => ({
  ...{ name: `r${priority}`, priority, direction: 'Inbound', access, protocol: '*', sources },
  ...{ destinations: ['*'], ports: ['8080'], sourcePorts: ['*'] },
});
const subnet = (rules: readonly Rule[], more: Partial<ApprovedSubnet> = {}): ApprovedSubnet => ({
  ...{ id: '/subnets/mcp', state: 'there', prefixes: ['10.40.0.0/24', 'fd00::/64'], delegations: [] },
  ...{ securityGroup: { id: "/nsg/it's", rules: [...rules] }, ...more },
});
const { securityGroup: _, ...bare } = subnet([]);
const server = (at: readonly string[], id = '/backends/Files') => ({
  ...{ id, name: 'Files', address: 'files:8080', reached: 'closed' as const, at: [...at] },
});
const of = (
  approved: readonly ApprovedSubnet[],
  servers: readonly ReturnType<typeof server>[] = [],
  callers: readonly string[] = ['10.40.1.0/24'],
) =>
  ofNetwork(
    [api({ targets: ['files'] })],
    {
      gateway: { apis: [], backends: [{ id: '/backends/Files', name: 'files', origin: 'http://files:8080' }] },
      probes: { apis: [], servers: [...servers] },
    },
    { network: { approved: [...approved] }, origin: { subnets: [{ id: 'g', prefixes: [...callers] }] } },
  );

test('a rule that lets others in is told with whom it lets in, and what to do about it', () => {
  const [own, platform] = of([
    subnet([rule(100, 'Allow', '10.40.1.4', '10.50.0.0/16'), rule(65_000, 'Allow', 'VirtualNetwork')]),
  ]).findings;
  const link = "https://portal.azure.com/#@/resource/nsg/it's/overview";
  const command = String.raw`az network nsg show --ids '/nsg/it'\''s'`;
  assert.deepEqual(own, {
    ...{ reason: 'network-open', resource: "/nsg/it's/securityRules/r100" },
    says: 'The rule r100 lets 10.50.0.0/16 into the servers’ subnet, and not the gateway alone.',
    evidence: {
      ...{ resource: "/nsg/it's", call: 'networkSecurityGroups 2024-05-01' },
      shows: {
        subnet: '/subnets/mcp',
        rule: 'r100',
        priority: 100,
        sources: ['10.40.1.4', '10.50.0.0/16'],
        ports: ['8080'],
      },
    },
    remedy: {
      ...{ link, command },
      todo: 'Take the rule away, or narrow it to the gateway’s subnet, as infra/modules/network has it.',
    },
  });
  assert.equal(platform?.resource, "/nsg/it's/defaultSecurityRules/r65000");
  assert.match(platform?.remedy.todo ?? '', /^Refuse all other inbound traffic at priority 4096/);
});

test('a subnet without a security group is told, unless the group was not read, or the subnet is gone', () => {
  const finding = {
    ...{ reason: 'no-security-group', resource: '/subnets/mcp' },
    says: 'The servers’ subnet has no security group: every neighbour in the network gets in.',
    evidence: { resource: '/subnets/mcp', call: 'subnets 2024-05-01' },
    remedy: {
      todo: 'Deploy infra/modules/network, whose security group lets in the gateway alone.',
      link: 'https://portal.azure.com/#@/resource/subnets/mcp/overview',
    },
  };
  assert.deepEqual(of([bare]), { findings: [finding], doubts: [] });
  for (const quiet of [[{ ...bare, rulesUnread: true as const }], [{ ...bare, state: 'gone' as const }], [subnet([])]])
    assert.deepEqual(of(quiet), { findings: [], doubts: [] });
});

test('whom a group of applications lets in is a doubt, and no finding', () => {
  assert.deepEqual(of([subnet([rule(90, 'Allow', '/asg/x')])]), {
    findings: [],
    doubts: [
      {
        ...{ reason: 'unreadable', resource: "/nsg/it's/securityRules/r90" },
        detail: 'Whom the rule r90 lets in, a group of applications says, whose members are not read.',
      },
    ],
  });
});

test('a server outside the approved subnets is told once all of them were read', () => {
  const two = [subnet([], { id: '/subnets/a', prefixes: ['10.30.0.0/24'] }), subnet([])];
  const situations: readonly (readonly [
    string,
    readonly ApprovedSubnet[],
    readonly string[],
    at: string | undefined,
  ])[] = [
    ['in the second of two', two, ['10.40.0.4'], undefined],
    ['of IPv6 in it', two, ['fd00::4'], undefined],
    ['in none', two, ['10.41.0.4'], '10.41.0.4'],
    ['one of its addresses in none', two, ['10.40.0.4', '10.41.0.4'], '10.40.0.4, 10.41.0.4'],
    ['at what is no address', two, ['somewhere'], 'somewhere'],
    ['at no address that is known', two, [], undefined],
    ['while one was not read', [...two, { ...bare, state: 'unread' }], ['10.41.0.4'], undefined],
    ['while no subnet is left', [{ ...bare, state: 'gone' }], ['10.41.0.4'], undefined],
    ['where a prefix is no range', [subnet([], { prefixes: ['?'] })], ['10.41.0.4'], '10.41.0.4'],
  ];
  for (const [what, approved, at, said] of situations) {
    const detail = `Server Files is at ${said}, in none of the approved subnets: which rules stand before it is not read.`;
    const doubts = said === undefined ? [] : [{ reason: 'no-data', resource: '/BACKENDS/FILES', detail }];
    assert.deepEqual(of(approved, [server(at, '/BACKENDS/FILES')]).doubts, doubts, what);
  }
  assert.deepEqual(of(two, [server(['10.41.0.4'], '/backends/another')]).doubts, [], 'no API leads there');
});

test('what is no range of the gateway’s own subnet lets nobody in', () => {
  const lets = (callers: readonly string[]) =>
    of([subnet([rule(100, 'Allow', '10.40.1.4')])], [], callers).findings.length;
  assert.deepEqual([lets(['?', '10.40.1.0/24']), lets(['10.60.0.0/24'])], [0, 1]);
});
