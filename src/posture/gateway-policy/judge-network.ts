import type { Doubt, FactsOf, Found, Judged } from '../check.ts';
import { ipRange, isWithin } from '../network/ip-range.ts';
import { type Opening, openings } from '../network/security-rules.ts';
import type { GatewayApi } from '../readings/gateway/gateway-apis.ts';
import type { gatewayNetwork } from '../readings/gateway/gateway-network.ts';
import type { ApprovedSubnet, network } from '../readings/network.ts';
import { serversBehind } from './gateway-links.ts';
import type { Facts } from './judge-probes.ts';

/** Why others than the gateway get to a server through the network. */
export type NetworkFault = 'no-security-group' | 'network-open';

export type NetworkFacts = FactsOf<{ readonly network: typeof network; readonly origin: typeof gatewayNetwork }>;

/** Whether the rules at the door of the servers’ subnets let in nobody but the gateway. */
export function ofNetwork(
  apis: readonly GatewayApi[],
  { gateway, probes }: Facts,
  { network: { approved }, origin }: NetworkFacts,
): Pick<Judged<NetworkFault>, 'findings' | 'doubts'> {
  const callers = origin.subnets.flatMap(({ prefixes }) => prefixes.flatMap((each) => ipRange(each) ?? []));
  const subnets = approved.filter(({ state }) => state === 'there');
  const doorless = subnets.filter(
    ({ securityGroup, rulesUnread }) => securityGroup === undefined && rulesUnread !== true,
  );
  const open = subnets.flatMap(({ id, prefixes, securityGroup }): OpenSubnet[] =>
    securityGroup === undefined
      ? []
      : openings(securityGroup.rules, prefixes, callers).map((opening) => ({
          subnet: id,
          group: securityGroup.id,
          opening,
        })),
  );
  const behind = new Set(apis.flatMap((api) => serversBehind(api, gateway.backends).map(({ id }) => id.toLowerCase())));
  const elsewhere = probes.servers.filter(
    ({ id, at }) => behind.has(id.toLowerCase()) && !at.every((each) => isIn(each, subnets)),
  );
  // Of a subnet that was not read its gap says so.
  const whole = subnets.length > 0 && approved.every(({ state }) => state !== 'unread');
  return {
    findings: [
      ...doorless.map(({ id }) => undefended(id)),
      ...open.filter(({ opening }) => !opening.unclear).map(letsIn),
    ],
    doubts: [...open.filter(({ opening }) => opening.unclear).map(unclear), ...(whole ? elsewhere.map(outside) : [])],
  };
}

function isIn(address: string, subnets: readonly ApprovedSubnet[]): boolean {
  const range = ipRange(address);
  if (range === undefined) return false;
  return subnets.some(({ prefixes }) =>
    prefixes.some((each) => {
      const outer = ipRange(each);
      return outer !== undefined && isWithin(range, outer);
    }),
  );
}

interface OpenSubnet {
  readonly subnet: string;
  readonly group: string;
  readonly opening: Opening;
}

const idOf = ({ group, opening: { rule } }: OpenSubnet): string =>
  `${group}/${rule.priority < 65_000 ? 'securityRules' : 'defaultSecurityRules'}/${rule.name}`;

function letsIn(open: OpenSubnet): Found<NetworkFault> {
  const { subnet, group } = open;
  const { rule, sources } = open.opening;
  return {
    reason: 'network-open',
    resource: idOf(open),
    says: `The rule ${rule.name} lets ${sources.join(', ')} into the servers’ subnet, and not the gateway alone.`,
    evidence: {
      resource: group,
      call: 'networkSecurityGroups 2024-05-01',
      shows: { subnet, rule: rule.name, priority: rule.priority, sources: rule.sources, ports: rule.ports },
    },
    remedy: {
      todo:
        rule.priority < 65_000
          ? 'Take the rule away, or narrow it to the gateway’s subnet, as infra/modules/network has it.'
          : 'Refuse all other inbound traffic at priority 4096, as infra/modules/network does: the platform’s own rule lets in every neighbour.',
      link: `https://portal.azure.com/#@/resource${group}/overview`,
      command: `az network nsg show --ids '${group.replaceAll("'", String.raw`'\''`)}'`,
    },
  };
}

function undefended(subnet: string): Found<NetworkFault> {
  return {
    reason: 'no-security-group',
    resource: subnet,
    says: 'The servers’ subnet has no security group: every neighbour in the network gets in.',
    evidence: { resource: subnet, call: 'subnets 2024-05-01' },
    remedy: {
      todo: 'Deploy infra/modules/network, whose security group lets in the gateway alone.',
      link: `https://portal.azure.com/#@/resource${subnet}/overview`,
    },
  };
}

function unclear(open: OpenSubnet): Doubt {
  const { rule } = open.opening;
  const detail = `Whom the rule ${rule.name} lets in, a group of applications says, whose members are not read.`;
  return { reason: 'unreadable', resource: idOf(open), detail };
}

function outside({
  id,
  name,
  at,
}: {
  readonly id: string;
  readonly name: string;
  readonly at: readonly string[];
}): Doubt {
  const detail = `Server ${name} is at ${at.join(', ')}, in none of the approved subnets: which rules stand before it is not read.`;
  return { reason: 'no-data', resource: id, detail };
}
