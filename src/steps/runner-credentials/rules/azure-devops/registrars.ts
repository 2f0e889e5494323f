import type { AuditEntry } from '../../../../connectors/azure-devops/audit-log.ts';
import type { DevOpsAccount } from '../../../../people/leaver.ts';
import type { MachineSign } from '../machine-owner.ts';

/** Who did what to something, by the audit log. A name of who acted is never compared: only the id is. */
export interface Registrars {
  /** The sign that the leaver registered an agent; none where somebody else did since, or the log does not say. */
  ofAgent(agent: {
    readonly name: string;
    readonly pool: string;
    readonly createdOn?: string | null | undefined;
  }): MachineSign[];
  /** Whether the leaver entered what a connection holds, as far as the log goes back: the instant. */
  ofConnection(connection: { readonly id: string; readonly name: string }): string | undefined;
}

export const NO_REGISTRARS: Registrars = { ofAgent: () => [], ofConnection: () => undefined };

/** Source of the actions: learn.microsoft.com/azure/devops/organizations/audit/auditing-events */
const AGENT_ADDED = 'library.agentadded';
const CONNECTION_WRITTEN = new Set([
  'library.serviceconnectioncreated',
  'library.serviceconnectionmodified',
  'library.serviceconnectioncreatedformultipleprojects',
]);

/** So far apart may an agent’s own date and its event be: two clocks of one service. */
const SAME_MS = 10 * 60_000;

/** Reads the log for what registered agents, and wrote connections. Of several events about one thing the last counts. */
export function registrarsOf(entries: readonly AuditEntry[], accounts: readonly DevOpsAccount[]): Registrars {
  const keys = new Map<string | undefined, DevOpsAccount>(
    accounts.flatMap((each) => (each.storageKey ? [[each.storageKey.toLowerCase(), each]] : [])),
  );
  const theirs = (entry: AuditEntry): DevOpsAccount | undefined => keys.get(entry.actorUserId?.toLowerCase());
  const added = entries.filter(({ actionId }) => actionId.toLowerCase() === AGENT_ADDED);
  const written = entries.filter(({ actionId }) => CONNECTION_WRITTEN.has(actionId.toLowerCase()));
  return {
    ofAgent: ({ name, pool, createdOn }) => {
      const same = added.filter(
        ({ data }) =>
          told(data, 'AgentName')?.toLowerCase() === name.toLowerCase() &&
          told(data, 'AgentPoolName')?.toLowerCase() === pool.toLowerCase(),
      );
      const last = latest(same);
      if (last === undefined) return [];
      const account = theirs(last);
      // A name is given again: an agent that is older than the event is another one of that name.
      const apart = createdOn == null ? 0 : Math.abs(Date.parse(createdOn) - Date.parse(last.timestamp));
      if (account === undefined || apart > SAME_MS) return [];
      const day = last.timestamp.slice(0, 10);
      // An account that only may be the leaver's is one by its name, and adds nothing to the name of the machine.
      return account.confidence === 'weak'
        ? [{ kind: 'name', strength: 'weak', why: `an account that may be the leaver’s registered it on ${day}` }]
        : [{ kind: 'registrar', strength: 'medium', why: `the leaver’s account registered it on ${day}` }];
    },
    ofConnection: ({ id, name }) => {
      const last = latest(
        written.filter(({ data }) => {
          const connection = told(data, 'ConnectionId');
          return connection == null
            ? told(data, 'ConnectionName') === name
            : connection.toLowerCase() === id.toLowerCase();
        }),
      );
      return last !== undefined && theirs(last) !== undefined ? last.timestamp : undefined;
    },
  };
}

function latest(entries: readonly AuditEntry[]): AuditEntry | undefined {
  return entries.toSorted((one, other) => Date.parse(other.timestamp) - Date.parse(one.timestamp))[0];
}

/** Keys of an event are written in one way or another. */
function told(data: AuditEntry['data'], key: string): string | null | undefined {
  const found = Object.entries(data).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1];
}
