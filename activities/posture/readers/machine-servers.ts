import { withoutSecretsIn } from '../../../src/credentials/without-secrets.ts';
import type { KeptMachine } from '../../../src/machines/kept.ts';
import type { MachineServer } from '../../../src/posture/readings/machine-servers.ts';
import type { Reader } from '../reader.ts';

type Server = KeptMachine['report']['servers'][number];

/** What runners told of MCP servers on them, by their newest reports. */
export const readMachineServers: Reader = async ({ vendors: { storage } }) => {
  const { machines, unreadable } = await storage.listMachines();
  const detail = `What was kept of ${unreadable.length} machines cannot be read: ${unreadable.slice(0, 3).join(', ')}.`;
  return {
    facts: {
      servers: machines.flatMap((kept) => kept.report.servers.map((server) => withoutSecretsIn(toldOf(kept, server)))),
      machines: new Set(machines.map(({ id }) => id)).size,
    },
    failures: [],
    gaps: unreadable.length === 0 ? [] : [{ reason: 'unreadable', detail }],
  };
};

function toldOf({ id, reportedAt, report }: KeptMachine, server: Server): MachineServer {
  const { client, name, transport } = server;
  return { machine: id, client, name, transport, credential: credentialOf(report, server), said: reportedAt };
}

/** A digest that is not among the tokens says that there is one, and no more. */
function credentialOf(
  { tokens }: Pick<KeptMachine['report'], 'tokens'>,
  server: Pick<Server, 'tokens' | 'otherCredential'>,
): MachineServer['credential'] {
  const holders = server.tokens.map((digest) => tokens.find(({ sha256 }) => sha256 === digest)?.holder ?? 'unknown');
  if (holders.includes('personal')) return 'personal';
  if (server.otherCredential || holders.includes('unknown')) return 'unknown';
  return holders.length > 0 ? 'service' : 'none';
}
