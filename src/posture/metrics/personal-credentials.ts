import { counted } from '../../cases/words/wording.ts';
import type { Doubt } from '../check.ts';
import { mcpAddresses } from '../gateway-policy/mcp-addresses.ts';
import { defineMetric } from '../metric.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { pipelineTokens } from '../readings/pipelines/pipeline-tokens.ts';
import { workflowSecrets } from '../readings/pipelines/workflow-secrets.ts';
import {
  goneDoubts,
  isPersonal as isPersonalOn,
  machineServers,
  serverKey,
} from '../readings/servers/machine-servers.ts';
import { type ServerHost, servers } from '../readings/servers/servers.ts';
import { workstationServers } from '../readings/servers/workstation-servers.ts';
import { candidates, nobodysAddresses, unknownImage } from '../servers.ts';

/**
 * MCP servers that run by what is somebody’s own: in Azure without an identity of their own or with a personal token, in
 * pipelines that find a personal token, on workstations, and on runners as far as these tell.
 */
export const personalCredentials = defineMetric({
  id: 'servers-with-personal-credentials',
  title: 'Servers that run with personal credentials',
  unit: 'servers',
  reads: {
    servers,
    gateway: gatewayApis,
    pipelines: pipelineTokens,
    secrets: workflowSecrets,
    workstations: workstationServers,
    runners: machineServers,
  },
  withGaps: 'at-least',
  reckon: ({ servers: { hosts, complete }, gateway, pipelines, secrets, workstations, runners }) => {
    const { addresses, untold } = mcpAddresses(gateway);
    const found = candidates(hosts, addresses).map(({ host }) => host);
    const inAzure = found.filter((host) => host.kind !== 'aks' && isPersonal(host)).map(({ id }) => id);
    const inPipelines = pipelines.places.map(({ organisation, repository, token }) =>
      [organisation, repository, token].join('/'),
    );
    const onDevices = workstations.servers
      .filter(({ reachedAt }) => reachedAt !== undefined)
      .map(({ device, command }) => `${device}/${command}`);
    const onRunners = runners.servers.filter(isPersonalOn).map(serverKey);
    const [azure, pipeline, device, runner] = [inAzure, inPipelines, onDevices, onRunners].map(
      (each) => new Set(each.map((id) => id.toLowerCase())).size,
    ) as [number, number, number, number];
    // Which runners there are is not known here: without a report the number is what it was, and says what it leaves out.
    const told = runners.machines === 0 ? 'not counted on runners, of which none reports' : `${runner} on runners`;
    return {
      value: azure + pipeline + device + runner,
      arithmetic: `${azure} in Azure, ${pipeline} in pipelines, ${device} on workstations, ${told}`,
      terms: {
        in_azure: azure,
        in_pipelines: pipeline,
        on_workstations: device,
        on_runners: runner,
        runners_reporting: runners.machines,
        servers_in_azure: found.length,
      },
      doubts: [
        ...hosts.filter(({ kind }) => kind === 'aks' || kind === 'web-app').flatMap(untoldOf),
        ...hosts.flatMap(unknownImage),
        ...(complete ? nobodysAddresses(hosts, addresses).map(elsewhere) : []),
        ...untold,
        ...secretsOf(secrets.names),
        ...goneDoubts(runners),
      ],
    };
  },
});

function isPersonal({ identity, tokens }: ServerHost): boolean {
  return !/UserAssigned/i.test(identity) || tokens.some(({ holder }) => holder === 'personal');
}

function untoldOf({ id, kind, tags }: ServerHost): Doubt[] {
  if (kind === 'web-app' && tags.mcpserver === undefined) return [];
  const detail =
    kind === 'aks'
      ? 'What runs in a Kubernetes cluster only its own API tells, which is not read.'
      : 'The settings of a web app tell secrets, and are not read: whether a personal token stands in them is unknown.';
  return [{ reason: 'unreadable', resource: id, detail }];
}

function elsewhere(address: string): Doubt {
  const detail = `The gateway forwards to ${address}; with which credentials what answers there runs, is not known.`;
  return { reason: 'no-data', resource: address, detail };
}

/** A personal token may stand in any of them. Source: docs.github.com/rest/actions/secrets */
function secretsOf(names: number): Doubt[] {
  if (names === 0) return [];
  const detail = `What the ${counted(names, 'secret')} of GitHub Actions hold, GitHub tells nobody: a personal token there is not counted.`;
  return [{ reason: 'no-data', resource: 'github', detail }];
}
