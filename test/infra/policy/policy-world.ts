import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { before } from 'node:test';
import { planOfModule } from '../support/plan-of-module.ts';
import { type ContainerGroup, containerGroup } from '../support/policy/container-group.ts';
import { evaluatePolicy, type Verdict } from '../support/policy/evaluate-policy.ts';
import type { JsonObject } from '../support/policy/json.ts';
import { type PlannedPolicy, policiesOf } from '../support/policy/policies-of-plan.ts';

export const modules = resolve(import.meta.dirname, '../../../infra/modules');

export const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001';
const subnet = (network: string, name: string): string =>
  `${subscription}/resourceGroups/rg-${network}/providers/Microsoft.Network/virtualNetworks/vnet-${network}/subnets/${name}`;
export const approved = subnet('mcp-dev', 'snet-mcp-servers');
export const alsoApproved = subnet('mcp-test', 'snet-mcp-servers');
export const developers = subnet('developers', 'snet-workstations');

export const variables = { subscription_id: subscription.slice(15), approved_subnet_ids: [approved, alsoApproved] };

/** What the platform's own module deploys; each case changes one thing about it. */
export const server = {
  tags: { MCPServer: 'true' },
  identity: 'UserAssigned',
  subnetIds: [approved],
  images: ['contosomcp.azurecr.io/mcp-filesystem:1.2'],
} as const satisfies ContainerGroup;

export let policies: ReadonlyMap<string, PlannedPolicy>;
before(async () => {
  policies = policiesOf(await planOfModule(join(modules, 'policy'), { variables }));
});

export function verdicts(resource: JsonObject): Readonly<Record<string, Verdict>> {
  return Object.fromEntries([...policies].map(([key, policy]) => [key, evaluatePolicy(policy, resource)]));
}

export const untouched = {
  approved_subnet: 'allowed',
  managed_identity: 'allowed',
  other_compute: 'allowed',
  plain_credentials: 'allowed',
  tag_value: 'allowed',
  untagged_image: 'allowed',
} as const;

export function expectOn(group: ContainerGroup, expected: Partial<Record<keyof typeof untouched, Verdict>>): void {
  assert.deepEqual(verdicts(containerGroup(group)), { ...untouched, ...expected });
}
