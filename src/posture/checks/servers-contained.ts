import * as z from 'zod';
import { type Doubt, defineCheck, type FactsOf, type Found, type Judged } from '../check.ts';
import { type McpAddresses, mcpAddresses } from '../gateway-policy/mcp-addresses.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { type ApprovedSubnet, network } from '../readings/network.ts';
import { type ServerHost, servers } from '../readings/servers/servers.ts';
import { candidates, nobodysAddresses, unknownImage } from '../servers.ts';

const REASONS = {
  'no-own-identity': 'It runs without a user-assigned identity: what it may do is somebody’s, or nobody granted it.',
  'plain-credential': 'A token stands in its plain variables, where everybody reads it who may read the resource.',
  public: 'It can be reached from the internet.',
  'no-subnet': 'It is in no subnet that Azure names.',
  'other-subnet': 'It is in a subnet that is not approved.',
  'not-delegated': 'Its subnet is not kept for such servers: anything else can be put beside it.',
  'backend-of-nobody': 'The gateway forwards to an address at which nothing in the subscriptions answers.',
} as const;
type Reason = keyof typeof REASONS;

const Address = z.union([z.ipv4(), z.ipv6()]);

/** Point 2. Source: the case study’s checklist; learn.microsoft.com/azure/container-instances/container-instances-vnet */
export const serversContained = defineCheck({
  id: 'servers-contained',
  point: 2,
  title: 'Servers run in the MCP subnet under their own identity',
  severity: 'critical',
  version: 1,
  modules: ['network', 'mcp-server'],
  reads: { servers, network, gateway: gatewayApis },
  reasons: REASONS,
  judge: (facts) => judgeServers(facts.servers, facts.network.approved, mcpAddresses(facts.gateway)),
});

/** Judges the servers among the hosts, those too that nothing but the gateway takes for one. */
export function judgeServers(
  { hosts, complete }: FactsOf<{ servers: typeof servers }>['servers'],
  approved: readonly ApprovedSubnet[],
  { addresses: backendAddresses, untold }: McpAddresses,
): Judged<Reason> {
  const found = candidates(hosts, backendAddresses);
  const clusters = hosts.filter(({ kind }) => kind === 'aks');
  const judged = found.filter(({ host }) => host.kind !== 'aks');
  const strays = nobodysAddresses(hosts, backendAddresses);
  // A name may lead to any address, and what answers in a cluster is not known. Of half a list its gap says so already.
  const known = complete ? strays : [];
  const sure = (address: string): boolean => clusters.length === 0 && Address.safeParse(address).success;
  return {
    findings: [...judged.flatMap(({ host }) => findingsOf(host, approved)), ...known.filter(sure).map(strayBackend)],
    doubts: [
      ...clusters.map(inCluster),
      ...hosts.flatMap(unknownImage),
      ...judged.flatMap(({ host }) => doubtsOf(host, complete)),
      ...known.filter((address) => !sure(address)).map(unknownBackend),
      ...untold,
    ],
    subjects: judged.length + clusters.length + strays.length,
    evidence: judged.map(({ host }) => evidenceOf(host)),
    shows: {
      servers: judged.length,
      clusters: clusters.length,
      secure_variables_not_readable: judged.reduce((sum, { host }) => sum + host.secureVariables.length, 0),
    },
  };
}

function evidenceOf(host: ServerHost): Found['evidence'] {
  const { id, kind, identity, subnets, isPublic, tokens, secureVariables } = host;
  return {
    resource: id,
    call: kind,
    shows: {
      identity,
      subnets,
      ...(isPublic === undefined ? {} : { public: isPublic }),
      tokens: tokens.map(({ variable, type, lastFour }) => `${variable}: ${type} …${lastFour}`),
      secure_variables_not_readable: secureVariables.length,
    },
  };
}

type Fault = { readonly reason: Reason; readonly says: string; readonly todo: string };

/** One entry a server: the most severe reason, and all that is wrong with it in words. */
function findingsOf(host: ServerHost, approved: readonly ApprovedSubnet[]): Found<Reason>[] {
  const faults = [...ownFaults(host), ...subnetFaults(host, approved)];
  const [first] = faults;
  if (first === undefined) return [];
  return [
    {
      reason: first.reason,
      resource: host.id,
      says: `${host.name} ${faults.map(({ says }) => says).join('; it ')}.`,
      evidence: evidenceOf(host),
      remedy: {
        todo: `Deploy it anew with the module mcp-server: ${[...new Set(faults.map(({ todo }) => todo))].join('; ')}.`,
        link: `https://portal.azure.com/#@/resource${host.id}/overview`,
        command: `az resource show --ids '${host.id.replaceAll("'", String.raw`'\''`)}'`,
      },
    },
  ];
}

function ownFaults({ identity, tokens, isPublic }: ServerHost): Fault[] {
  const faults: Fault[] = [];
  if (!/UserAssigned/i.test(identity)) {
    const says = `has the identity ${identity} and no user-assigned one`;
    faults.push({ reason: 'no-own-identity', says, todo: 'give it a user-assigned identity' });
  }
  if (tokens.length > 0) {
    const says = `has a token in plain sight (${tokens.map(({ variable, type }) => `${variable}: ${type}`).join(', ')})`;
    faults.push({
      reason: 'plain-credential',
      says,
      todo: 'take the token out of it, and replace it: it has been read',
    });
  }
  if (isPublic === true) {
    faults.push({ reason: 'public', says: 'can be reached from the internet', todo: 'take its public address away' });
  }
  return faults;
}

const PLACE = 'put it into the approved subnet alone';

function subnetFaults({ kind, subnets, networkUnread }: ServerHost, approved: readonly ApprovedSubnet[]): Fault[] {
  if (networkUnread === true) return [];
  if (subnets.length === 0) return [{ reason: 'no-subnet', says: 'is in no subnet that Azure names', todo: PLACE }];
  // Where no setting names the approved ones, the reading has a gap and nothing passes.
  if (approved.length === 0) return [];
  return subnets.flatMap((id): Fault[] => {
    const subnet = approved.find((each) => each.id === id);
    if (subnet === undefined) return [{ reason: 'other-subnet', says: `is in the subnet ${id}`, todo: PLACE }];
    if (subnet.state !== 'there' || isFor(kind, subnet)) return [];
    const says = `is in the subnet ${id}, which is not delegated to ${SERVICES[kind]}`;
    return [{ reason: 'not-delegated', says, todo: `delegate the subnet to ${SERVICES[kind]}` }];
  });
}

/** What a subnet is delegated to that takes servers of a kind in, and nothing else. */
const SERVICES: Readonly<Record<ServerHost['kind'], string>> = {
  'container-group': 'Microsoft.ContainerInstance/containerGroups',
  'container-app': 'Microsoft.App/environments',
  'container-app-job': 'Microsoft.App/environments',
  'web-app': 'Microsoft.Web/serverFarms',
  aks: 'Microsoft.ContainerService/managedClusters',
};

function isFor(kind: ServerHost['kind'], { delegations }: ApprovedSubnet): boolean {
  return delegations.some((each) => each.toLowerCase() === SERVICES[kind].toLowerCase());
}

/** What Azure does not tell of a server. */
function doubtsOf({ id, kind, isPublic, networkUnread }: ServerHost, complete: boolean): Doubt[] {
  const unread = (detail: string): Doubt => ({ reason: 'unreadable', resource: id, detail });
  return [
    ...(kind === 'web-app'
      ? [unread('The settings of a web app tell secrets, and are not read: whether a token stands in them is unknown.')]
      : []),
    // Where a list is not whole, its gap says so already.
    ...(networkUnread === true && complete
      ? [unread('Its environment is not among those of the subscription: in which network it is, is unknown.')]
      : []),
    ...(isPublic === undefined && networkUnread !== true
      ? [unread('Whether it can be reached from the internet, Azure does not say.')]
      : []),
  ];
}

function inCluster({ id }: ServerHost): Doubt {
  const detail = 'What runs in a Kubernetes cluster only its own API tells, which is not read: servers may run in it.';
  return { reason: 'unreadable', resource: id, detail };
}

function unknownBackend(address: string): Doubt {
  const detail = `The gateway forwards to ${address}; which server answers there, Azure does not tell.`;
  return { reason: 'unreadable', resource: address, detail };
}

function strayBackend(address: string): Found<Reason> {
  return {
    reason: 'backend-of-nobody',
    resource: address,
    says: `The gateway forwards to ${address}, and nothing in the subscriptions answers there.`,
    evidence: { resource: address, call: 'backends' },
    remedy: {
      todo: 'Take the backend out of the gateway, or name the subscription of its server in SUBSCRIPTION_IDS.',
    },
  };
}
