import * as z from 'zod';
import { count, instant, sha256, text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

const ServerSchema = z.strictObject({
  /** As Defender knows it. */
  device: text,
  /** SHA-256 of the command line, which never leaves Defender. */
  command: sha256,
  first: instant,
  last: instant,
  /** When it last had a connection to a host that the firm shares; absent where none is known. */
  reachedAt: z.exactOptional(instant),
});
export type WorkstationServer = z.output<typeof ServerSchema>;

/** MCP servers on workstations, as Defender saw them in thirty days, and how much of the firm it sees. */
export const workstationServers = defineReading({
  id: 'defender/workstation-servers',
  holds: 'MCP servers that ran on workstations, and how many of the devices report to Defender',
  permissions: ['assessor/graph/ThreatHunting.Read.All', 'assessor/graph/Device.Read.All'],
  shape: z.strictObject({
    /** Those that nobody allowed. */
    servers: z.array(ServerSchema),
    /** Devices of Entra that are in use, and those of them that Defender heard of within seven days. */
    coverage: z.exactOptional(z.strictObject({ active: count, reporting: count })),
  }),
  nothing: { servers: [] },
  weekly: true,
});
