import * as z from 'zod';
import { TOKEN_TYPES } from '../credentials/detector/token-hit.ts';
import { count, instant, sha256 } from '../shapes/primitives.ts';
import { MOST_PLACES, MOST_SERVERS, MOST_TOKENS } from './limits.ts';

/**
 * What a machine says of itself: the inventory of `runner/` sends it, and the API takes it. A hostile machine can send
 * anything, an empty report above all: what is in it may add findings, and nothing that is missing from it says anything.
 */

/** Names and paths as they are shown: bounded, without control characters, and never with what looks like a credential. */
const shown = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
const name = shown(200);
const path = shown(500);

export const MACHINE_VENDORS = ['github', 'azure-devops'] as const;
export type MachineVendor = (typeof MACHINE_VENDORS)[number];

/** Where on a machine something stands. */
export const MACHINE_PLACES = [
  'process-environment',
  /** `.env` and `.path` of the runner or agent, and what its service unit sets. */
  'runner-environment',
  /** The runner's own folder, `_work` and `_temp` with what checkout leaves in `.git/config`. */
  'runner-work',
  'git',
  'npm',
  'docker',
  'azure-cli',
  'github-cli',
  'ssh',
  'cloud',
  'claude-code',
  /** Configurations of MCP clients: Claude Desktop, Cursor, VS Code and their like. */
  'mcp-client',
] as const;
export type MachinePlace = (typeof MACHINE_PLACES)[number];

/** Of the claims of a token what tells whose it is. None of them is a secret. */
const Claims = z.strictObject({
  oid: z.exactOptional(name),
  iss: z.exactOptional(name),
  tid: z.exactOptional(name),
  upn: z.exactOptional(name),
  exp: z.exactOptional(z.number()),
});

const Token = z.strictObject({
  place: z.enum(MACHINE_PLACES),
  /** The file; absent for the environment of a process. `~` for the home of the account that the job runs as. */
  path: z.exactOptional(path),
  /** The variable, key or section that holds it. */
  name: z.exactOptional(name),
  /** Whom the tool beside it calls signed in: the user of `hosts.yml`, of a git credential, of `azureProfile.json`. */
  account: z.exactOptional(name),
  /** When the file was last written. */
  modifiedAt: z.exactOptional(instant),
  type: z.enum(TOKEN_TYPES),
  holder: z.enum(['personal', 'service', 'unknown']),
  checksum: z.enum(['valid', 'wrong', 'none']),
  sha256,
  lastFour: z.string().max(4),
  encoded: z.exactOptional(z.enum(['base64', 'escaped'])),
  claims: z.exactOptional(Claims),
});

const Place = z.strictObject({
  place: z.enum(MACHINE_PLACES),
  path,
  /** `unreadable`: there, and refused; `too-large`: its first part was read; `left-out`: time or number ran out. */
  state: z.enum(['read', 'unreadable', 'too-large', 'left-out']),
  modifiedAt: z.exactOptional(instant),
});

/** An MCP server that a client on the machine starts or calls. */
const Server = z.strictObject({
  client: z.enum(['claude-code', 'claude-desktop', 'cursor', 'vs-code', 'other']),
  path,
  name,
  transport: z.enum(['stdio', 'http']),
  /** Of `http`: the host alone. */
  host: z.exactOptional(name),
  /** Of `stdio`: hex SHA-256 of command and arguments with everything that looks like a credential left out. */
  command: z.exactOptional(sha256),
  /** Digests of the tokens that stand in its environment, arguments or headers; each is among `tokens`. */
  tokens: z.array(sha256).max(20),
  /** It is given a credential that the detector does not know: a variable or header whose name says so. */
  otherCredential: z.boolean(),
});

export const MachineReportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  vendor: z.enum(MACHINE_VENDORS),
  /** One job: run, attempt, job and machine. A report of the same job is taken once. */
  job: shown(300),
  machine: z.strictObject({
    /** Name of the runner or agent, and its number where its own files tell. */
    name,
    number: z.exactOptional(z.int().min(0)),
    /** Where it is registered: `https://github.com/northwind`, `https://dev.azure.com/northwind`. */
    registeredAt: shown(300),
    pool: z.exactOptional(name),
    host: name,
    /** The account that the job runs as. */
    user: name,
    os: z.enum(['linux', 'windows', 'macos']),
    ephemeral: z.exactOptional(z.boolean()),
    /** When the listener started: what is changed in `.env` counts from the next start only. */
    startedAt: z.exactOptional(instant),
  }),
  takenAt: instant,
  tookMs: count,
  /** Version of the inventory. */
  version: shown(40),
  tokens: z.array(Token).max(MOST_TOKENS),
  places: z.array(Place).max(MOST_PLACES),
  servers: z.array(Server).max(MOST_SERVERS),
  leftOut: z.strictObject({ tokens: count, places: count, servers: count }),
});
export type MachineReport = z.output<typeof MachineReportSchema>;
