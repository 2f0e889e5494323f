import * as z from 'zod';
import { count, instant, text } from '../../shapes/primitives.ts';
import { defineReading } from '../reading.ts';

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
export function serverKey({ machine, client, name }: MachineServer): string {
  return `${machine}/${client}/${name}`.toLowerCase();
}
