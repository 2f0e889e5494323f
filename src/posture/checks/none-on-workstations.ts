import { type Doubt, defineCheck, type Found } from '../check.ts';
import {
  goneDoubts,
  isPersonal,
  type MachineServer,
  machineServers,
  serverKey,
} from '../readings/servers/machine-servers.ts';
import { type WorkstationServer, workstationServers } from '../readings/servers/workstation-servers.ts';

/** Of the devices in use so many must report to Defender. */
const SEEN_AT_LEAST = 0.95;

/**
 * Point 1, the least certain: Defender tells samples, and of what runs in WSL or in containers perhaps nothing (not
 * verified). What runners say of themselves adds what fails, and lets nothing pass. Source: learn.microsoft.com/graph/api/security-security-runhuntingquery
 */
export const noneOnWorkstations = defineCheck({
  id: 'none-on-workstations',
  point: 1,
  title: 'No MCP server on laptops with reach into the company',
  severity: 'high',
  version: 3,
  modules: [],
  reads: { workstations: workstationServers, runners: machineServers },
  reasons: {
    'reaches-shared-host': 'An MCP server on a workstation has a connection to a host that the firm shares.',
    'personal-on-runner': 'An MCP server on a runner is given a credential that is, or may be, a person’s.',
  },
  judge: ({ workstations: { servers, coverage }, runners }) => {
    const onRunners = [...new Map(runners.servers.filter(isPersonal).map((each) => [serverKey(each), each])).values()];
    const reaching = servers.filter(({ reachedAt }) => reachedAt !== undefined);
    const share = coverage === undefined || coverage.active === 0 ? undefined : coverage.reporting / coverage.active;
    return {
      findings: [...reaching.map(foundOf), ...onRunners.map(foundOn)],
      doubts: [
        ...(servers.length === reaching.length ? [] : [unproven(servers.length - reaching.length)]),
        ...(coverage === undefined || (share !== undefined && share >= SEEN_AT_LEAST) ? [] : [unseen(coverage)]),
        ...goneDoubts(runners),
      ],
      subjects: Math.max(coverage?.active ?? 0, servers.length) + onRunners.length,
      evidence: [],
      shows: {
        servers_not_allowed: servers.length,
        ...(coverage === undefined ? {} : { devices_in_use: coverage.active, of_them_reporting: coverage.reporting }),
        // Whoever reads “pass” has to know what nobody saw.
        runners_reporting: runners.machines,
        not_seen: ['what runs in WSL', 'what runs in containers', 'runners that do not report'],
      },
    };
  },
});

function foundOf({ device, command, first, last, reachedAt = last }: WorkstationServer): Found<'reaches-shared-host'> {
  return {
    reason: 'reaches-shared-host',
    resource: `devices/${device}/commands/${command}`,
    says: `An MCP server on the device ${device} had a connection to a shared host.`,
    evidence: {
      resource: `devices/${device}`,
      call: 'security/runHuntingQuery v1.0: posture/workstation-servers.kql',
      hash: command,
      shows: { first_seen: first, last_seen: last, last_connection: reachedAt },
    },
    remedy: {
      todo: 'Move what it does behind the gateway, and end it on the device; or, where it may run there, add its package or the hash of its command line to ALLOWED_WORKSTATION_SERVERS (docs/operations/posture.md).',
      link: `https://security.microsoft.com/machines/${device}`,
    },
  };
}

function foundOn(server: MachineServer): Found<'personal-on-runner'> {
  const { machine, client, name, credential, said } = server;
  return {
    reason: 'personal-on-runner',
    resource: `machines/${serverKey(server)}`,
    says: `The runner ${machine} says that ${client} starts the MCP server ${name} there with ${credential === 'personal' ? 'a person’s token' : 'a credential whose kind is not known'}.`,
    evidence: {
      resource: `machines/${machine}`,
      call: 'POST /api/machines/reports',
      shows: { client, server: name, credential, said },
    },
    remedy: {
      todo: 'Remove the server from the configuration of the client on that machine, revoke the credential, and move what it does behind the gateway (docs/operations/from-inside-the-runner.md).',
    },
  };
}

function unproven(number: number): Doubt {
  const detail = `Servers that nobody allowed ran on workstations (${number}), and no connection of theirs to a shared host is known: Defender does not tell every connection.`;
  return { reason: 'no-data', resource: 'servers', detail };
}

function unseen({ active, reporting }: { readonly active: number; readonly reporting: number }): Doubt {
  const detail = `Of ${active} devices in use ${reporting} reported to Defender within seven days; 95 of 100 have to.`;
  return { reason: active === 0 ? 'no-data' : 'partial', resource: 'coverage', detail };
}
