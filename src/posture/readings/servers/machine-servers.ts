import * as z from 'zod';
import { counted, listed } from '../../../cases/words/wording.ts';
import { count, instant, text } from '../../../shapes/primitives.ts';
import type { Doubt } from '../../check.ts';
import { defineReading } from '../../reading.ts';

const ServerSchema = z.strictObject({
  /** Vendor, organisation and name of the machine: `github/northwind/laptop-7`. */
  machine: text,
  /** The program whose configuration starts or calls it, and what that calls it. */
  client: text,
  name: text,
  transport: z.enum(['stdio', 'http']),
  /** With what it runs, by the machine’s word; `unknown`: a credential, and whose kind it is nothing tells. */
  credential: z.enum(['personal', 'service', 'unknown', 'none']),
  said: instant,
});
export type MachineServer = z.output<typeof ServerSchema>;

/** One with what is, or may be, a person's, which its machine named until then. */
const GoneSchema = ServerSchema.pick({ machine: true, client: true, name: true }).extend({ lastNamed: instant });

/**
 * MCP servers that runners say are configured on them. It has no gap while none has told: the inventory is the firm’s to
 * install, and what a machine leaves out proves nothing either way.
 */
export const machineServers = defineReading({
  id: 'store/machine-servers',
  holds: 'MCP servers that self-hosted runners say are configured on them',
  permissions: [],
  shape: z.strictObject({
    servers: z.array(ServerSchema),
    gone: z.exactOptional(z.array(GoneSchema)),
    /** Machines that have told. */
    machines: count,
  }),
  nothing: { servers: [], machines: 0 },
});

/** Whether it runs with what is, or may be, somebody’s own. */
export function isPersonal({ credential }: MachineServer): boolean {
  return credential === 'personal' || credential === 'unknown';
}

/** One server once, also where several senders tell of its machine. */
export function serverKey({ machine, client, name }: Pick<MachineServer, 'machine' | 'client' | 'name'>): string {
  return `${machine}/${client}/${name}`.toLowerCase();
}

/** So many names as a sentence has room for. */
const NAMED = 5;

/** Of servers that runners name no more: whoever may send a report could send one without them. */
export function goneDoubts({ servers, gone = [] }: z.output<typeof machineServers.shape>): Doubt[] {
  const there = new Set(servers.filter(isPersonal).map(serverKey));
  const names = [...new Map(gone.map((each) => [serverKey(each), `${each.name} on ${each.machine}`]))]
    .filter(([key]) => !there.has(key))
    .map(([, name]) => name);
  if (names.length === 0) return [];
  const what = `${counted(names.length, 'MCP server')} with what may be a person’s credential (${listed(names, NAMED)})`;
  const detail = `Runners named ${what} within the last thirty days, and do not any more: their word that one is gone is no proof. Look there.`;
  return [{ reason: 'no-data', resource: 'runners', detail }];
}
