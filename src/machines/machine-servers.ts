import type { GoneServer } from './kept.ts';
import type { MachineReport } from './report.ts';

type Server = MachineReport['servers'][number];

/** With what a server on a machine runs, by the machine's word; `unknown`: a credential, and whose kind it is nothing tells. */
export type ServerCredential = 'personal' | 'service' | 'unknown' | 'none';

/** So many servers that are gone are remembered; where there are more, those that were named first are not. */
const MOST_GONE = 100;

/** What a server is given. A digest that is not among the tokens says that there is one, and no more. */
export function credentialGiven(
  { tokens }: Pick<MachineReport, 'tokens'>,
  server: Pick<Server, 'tokens' | 'otherCredential'>,
): ServerCredential {
  const holders = server.tokens.map((digest) => tokens.find(({ sha256 }) => sha256 === digest)?.holder ?? 'unknown');
  if (holders.includes('personal')) return 'personal';
  if (server.otherCredential || holders.includes('unknown')) return 'unknown';
  return holders.length > 0 ? 'service' : 'none';
}

/**
 * Servers that another report gave what is, or may be, somebody's own, and that the newest does not: the machine's word
 * that one is gone, or was given nothing, is no proof.
 */
export function goneServers(
  before: readonly GoneServer[] = [],
  newest: MachineReport,
  other: { readonly report: MachineReport; readonly named: string },
  from: Date,
): readonly GoneServer[] {
  const byKey = new Map(before.map((each) => [keyOf(each), each]));
  for (const { client, name } of ownIn(other.report)) {
    const key = keyOf({ client, name });
    byKey.set(key, { client, name, lastNamed: later(other.named, byKey.get(key)?.lastNamed) });
  }
  for (const server of ownIn(newest)) byKey.delete(keyOf(server));
  return [...byKey.values()]
    .filter(({ lastNamed }) => Date.parse(lastNamed) >= from.getTime())
    .sort((a, b) => Date.parse(b.lastNamed) - Date.parse(a.lastNamed))
    .slice(0, MOST_GONE);
}

/** The later of two instants, of which one may be missing. */
export function later(a: string, b: string | undefined): string {
  return b === undefined || Date.parse(a) > Date.parse(b) ? a : b;
}

function ownIn(report: MachineReport): readonly Server[] {
  return report.servers.filter((server) => ['personal', 'unknown'].includes(credentialGiven(report, server)));
}

function keyOf({ client, name }: Pick<Server, 'client' | 'name'>): string {
  return `${client}/${name}`.toLowerCase();
}
