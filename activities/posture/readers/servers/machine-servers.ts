import { withoutSecretsIn } from '../../../../src/credentials/without-secrets.ts';
import type { KeptMachine } from '../../../../src/machines/kept.ts';
import { credentialGiven } from '../../../../src/machines/machine-servers.ts';
import type { MachineServer } from '../../../../src/posture/readings/servers/machine-servers.ts';
import type { Reader } from '../../reader.ts';

type Server = KeptMachine['report']['servers'][number];

/** What runners told of MCP servers on them, by their newest reports, and of what these name no more. */
export const readMachineServers: Reader = async ({ vendors: { storage } }) => {
  const { machines, unreadable } = await storage.listMachines();
  const detail = `What was kept of ${unreadable.length} machines cannot be read: ${unreadable.slice(0, 3).join(', ')}.`;
  return {
    facts: {
      servers: machines.flatMap((kept) => kept.report.servers.map((server) => withoutSecretsIn(toldOf(kept, server)))),
      gone: machines.flatMap(({ id, goneServers = [] }) =>
        goneServers.map((server) => withoutSecretsIn({ machine: id, ...server })),
      ),
      machines: new Set(machines.map(({ id }) => id)).size,
    },
    failures: [],
    gaps: unreadable.length === 0 ? [] : [{ reason: 'unreadable', detail }],
  };
};

function toldOf({ id, reportedAt, report }: KeptMachine, server: Server): MachineServer {
  const { client, name, transport } = server;
  return { machine: id, client, name, transport, credential: credentialGiven(report, server), said: reportedAt };
}
