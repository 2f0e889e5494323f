import { readFileSync } from 'node:fs';
import { WORLD } from '../../seeds/world.ts';
import type { ArmState } from '../state.ts';

const { platform } = WORLD.subscriptions;
const GROUP = `/subscriptions/${platform}/resourceGroups/rg-mcp-platform-prod/providers/Microsoft.Network`;

/** The subnet in which the firm’s servers run, and what stands at its door. */
export const MCP_SUBNET = `${GROUP}/virtualNetworks/vnet-mcp-prod/subnets/snet-mcp-servers`;
/** The subnet that the gateway calls servers from. */
export const GATEWAY_SUBNET = `${GROUP}/virtualNetworks/vnet-mcp-prod/subnets/snet-mcp-gateway`;
export const SECURITY_GROUP = `${GROUP}/networkSecurityGroups/nsg-mcp-servers-prod`;

const LEFT_BY_AZURE = { createdBy: WORLD.operator.oid, createdOn: '2026-01-12T09:30:00Z', updatedBy: null };

/** A policy of infra/policies as Azure gives it back once it was deployed. */
export function releasedPolicy(name: string): Record<string, unknown> {
  const file = new URL(`../../../../infra/policies/${name}.json`, import.meta.url);
  const { metadata, ...policy } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return {
    ...policy,
    policyType: 'Custom',
    metadata: { ...(metadata as object), ...LEFT_BY_AZURE },
    version: '1.0.0',
    versions: ['1.0.0'],
  };
}

/** Defines a policy at a scope and assigns it there, as Terraform does; tells the ids of the two. */
export function assignPolicy(
  state: ArmState,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  more: { readonly scope?: string; readonly properties?: Readonly<Record<string, unknown>> } = {},
): { readonly definition: string; readonly assignment: string } {
  const { scope = `/subscriptions/${platform}`, properties = {} } = more;
  const within = `${scope}/providers/Microsoft.Authorization`;
  const definition = `${within}/policyDefinitions/${name}`;
  const assignment = `${within}/policyAssignments/${name}`;
  state.policyObjects.add({ id: definition, properties: releasedPolicy(name) });
  state.policyObjects.add({
    id: assignment,
    properties: {
      policyDefinitionId: definition,
      definitionVersion: '1.*.*',
      scope,
      notScopes: [],
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
      enforcementMode: 'Default',
      metadata: LEFT_BY_AZURE,
      ...properties,
    },
  });
  return { definition, assignment };
}

/**
 * What the checklist finds besides: the platform’s subscription refuses servers without an identity of their own and
 * outside their subnet; nobody thought of the other subscription.
 */
export function seedPosture(state: ArmState): void {
  seedNetwork(state);
  assignPolicy(state, 'mcp-managed-identity', { effect: 'Deny' });
  assignPolicy(state, 'mcp-approved-subnet', { effect: 'Deny', approvedSubnetIds: [MCP_SUBNET] });
  const { assignment } = assignPolicy(state, 'mcp-untagged-image', { effect: 'Audit' });
  state.nonCompliant.set(assignment.toLowerCase(), 1);
}

/** The subnets of the servers and of the gateway, as the module network makes them. */
export function seedNetwork(state: ArmState): void {
  const rule = (name: string, priority: number, direction: string, access: string, more: object) => ({
    name,
    properties: {
      priority,
      direction,
      access,
      protocol: access === 'Allow' ? 'Tcp' : '*',
      sourcePortRange: '*',
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
      destinationPortRanges: [],
      ...more,
    },
  });
  const any = { sourceAddressPrefix: '*', destinationAddressPrefix: '*', destinationPortRange: '*' };
  const tool = { sourceAddressPrefixes: ['10.40.1.0/24'], destinationPortRange: '8080' };
  state.networkObjects.add({
    id: SECURITY_GROUP,
    properties: {
      securityRules: [
        rule('allow-tool-calls', 100, 'Inbound', 'Allow', { ...tool, destinationAddressPrefix: '10.40.0.0/24' }),
        rule('deny-all-inbound', 4096, 'Inbound', 'Deny', any),
      ],
      defaultSecurityRules: [
        rule('AllowVnetInBound', 65000, 'Inbound', 'Allow', { ...any, sourceAddressPrefix: 'VirtualNetwork' }),
        rule('DenyAllInBound', 65500, 'Inbound', 'Deny', any),
      ],
    },
  });
  state.networkObjects.add({
    id: MCP_SUBNET,
    properties: {
      addressPrefix: '10.40.0.0/24',
      networkSecurityGroup: { id: SECURITY_GROUP },
      delegations: [
        {
          name: 'container-groups',
          properties: {
            serviceName: 'Microsoft.ContainerInstance/containerGroups',
            actions: ['Microsoft.Network/virtualNetworks/subnets/action'],
          },
        },
      ],
      defaultOutboundAccess: false,
    },
  });
  state.gatewayNetwork = {
    virtualNetworkType: 'External',
    virtualNetworkConfiguration: { subnetResourceId: GATEWAY_SUBNET },
  };
  state.networkObjects.add({ id: GATEWAY_SUBNET, properties: { addressPrefix: '10.40.1.0/24', delegations: [] } });
}
