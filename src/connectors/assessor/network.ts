import * as z from 'zod';
import { readResource } from '../arm/read-resource.ts';
import { failed, ok, type VendorResult } from '../result.ts';
import type { ArmSettings } from '../settings.ts';

const texts = z.array(z.string()).nullish();
const ids = z.array(z.object({ id: z.string() })).nullish();
const Rule = z.object({
  name: z.string(),
  properties: z.object({
    priority: z.number(),
    direction: z.string(),
    access: z.string(),
    protocol: z.string(),
    sourceAddressPrefix: z.string().nullish(),
    sourceAddressPrefixes: texts,
    sourceApplicationSecurityGroups: ids,
    destinationAddressPrefix: z.string().nullish(),
    destinationAddressPrefixes: texts,
    destinationApplicationSecurityGroups: ids,
    destinationPortRange: z.string().nullish(),
    destinationPortRanges: texts,
    sourcePortRange: z.string().nullish(),
    sourcePortRanges: texts,
  }),
});
const SecurityGroup = z.object({
  id: z.string(),
  properties: z.object({ securityRules: z.array(Rule).nullish(), defaultSecurityRules: z.array(Rule).nullish() }),
});
const Subnet = z.object({
  id: z.string(),
  properties: z.object({
    addressPrefix: z.string().nullish(),
    addressPrefixes: texts,
    delegations: z.array(z.object({ properties: z.object({ serviceName: z.string() }) })).nullish(),
    networkSecurityGroup: z.object({ id: z.string() }).nullish(),
  }),
});

/** A rule of a security group; the platform's own, from 65000 on, among them. */
export interface FoundRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: string;
  readonly access: string;
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly ports: readonly string[];
  readonly sourcePorts: readonly string[];
}

/** A subnet as Azure tells of it. */
export interface FoundSubnet {
  readonly prefixes: readonly string[];
  /** Services that it is delegated to. */
  readonly delegations: readonly string[];
  readonly securityGroup?: string;
}

const API_VERSION = '2024-05-01';

/** One subnet. Source: learn.microsoft.com/rest/api/virtualnetwork/subnets/get */
export async function readSubnet(settings: ArmSettings, id: string): Promise<VendorResult<FoundSubnet>> {
  const answer = await readResource(settings, {
    what: `read the subnet ${id}`,
    action: 'Microsoft.Network/virtualNetworks/subnets/read',
    identity: 'assessor',
    path: id,
    apiVersion: API_VERSION,
    shape: Subnet,
  });
  if (!answer.ok) return failed(answer.failure);
  const { addressPrefix, addressPrefixes, delegations, networkSecurityGroup } = answer.value.properties;
  return ok({
    prefixes: both(addressPrefix, addressPrefixes),
    delegations: (delegations ?? []).map(({ properties }) => properties.serviceName),
    ...(networkSecurityGroup == null ? {} : { securityGroup: networkSecurityGroup.id }),
  });
}

/** The rules of a security group. Source: learn.microsoft.com/rest/api/virtualnetwork/network-security-groups/get */
export async function readSecurityRules(
  settings: ArmSettings,
  id: string,
): Promise<VendorResult<readonly FoundRule[]>> {
  const answer = await readResource(settings, {
    what: `read the security group ${id}`,
    action: 'Microsoft.Network/networkSecurityGroups/read',
    identity: 'assessor',
    path: id,
    apiVersion: API_VERSION,
    shape: SecurityGroup,
  });
  if (!answer.ok) return failed(answer.failure);
  const { securityRules, defaultSecurityRules } = answer.value.properties;
  return ok([...(securityRules ?? []), ...(defaultSecurityRules ?? [])].map(ruleOf));
}

function ruleOf({ name, properties: rule }: z.output<typeof Rule>): FoundRule {
  const { priority, direction, access, protocol } = rule;
  return {
    name,
    priority,
    direction,
    access,
    protocol,
    sources: [
      ...both(rule.sourceAddressPrefix, rule.sourceAddressPrefixes),
      ...(rule.sourceApplicationSecurityGroups ?? []).map(({ id }) => id),
    ],
    destinations: [
      ...both(rule.destinationAddressPrefix, rule.destinationAddressPrefixes),
      ...(rule.destinationApplicationSecurityGroups ?? []).map(({ id }) => id),
    ],
    ports: both(rule.destinationPortRange, rule.destinationPortRanges),
    sourcePorts: both(rule.sourcePortRange, rule.sourcePortRanges),
  };
}

/** Azure fills one of the two, and may leave the other empty. */
function both(one: string | null | undefined, several: readonly string[] | null | undefined): string[] {
  return [one ?? '', ...(several ?? [])].filter((each) => each !== '');
}
