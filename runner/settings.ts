import path from 'node:path';
import { isJson, looseJson, textOf } from './labels/loose-json.ts';
import type { Disk } from './look/disk.ts';

/** Where the report goes, and as whom the machine signs in. */
export interface Settings {
  readonly url: string;
  readonly audience: string;
  readonly as: 'managed-identity' | 'github-oidc';
  /** Of a user-assigned identity. */
  readonly clientId?: string;
  /** File with the firm's own authorities in PEM. */
  readonly authorities?: string;
  /** `http://host:port`, for the app and GitHub; what is asked on the machine itself goes past it. */
  readonly proxy?: string;
  readonly sendSeconds: number;
}

/** The app's default (`MACHINES_AUDIENCE`). Of an identity there is none: it is the id of the firm's own app in Entra. */
const JOBS_AUDIENCE = 'mcp-offboarding-machines';
const DEFAULT_SECONDS = 20;
const MOST_SECONDS = 60;
const MOST = 64 * 1_024;

/**
 * `mcp-inventory.json` beside the script, then the lines `MCP_INVENTORY_…` of the runner's `.env`. Never the process's own
 * environment: the job that is about to run could set it, and have a token of the machine sent to itself.
 */
export function readSettings(folder: string, runner: string, disk: Disk): Settings | string {
  const file = textOfFile(disk, path.join(folder, 'mcp-inventory.json'));
  const json = looseJson(file ?? '{}');
  if (!isJson(json)) return 'mcp-inventory.json is no JSON object';
  const lines = fromEnvFile(textOfFile(disk, path.join(runner, '.env')) ?? '');
  const setting = (name: string, variable: string): string | undefined => textOf(json[name]) ?? lines.get(variable);
  const url = setting('url', 'MCP_INVENTORY_URL');
  const as = setting('as', 'MCP_INVENTORY_AS') ?? 'managed-identity';
  if (url === undefined) return 'MCP_INVENTORY_URL is not set';
  if (!isAddress(url, 'https:')) return 'MCP_INVENTORY_URL is no https address';
  if (as !== 'managed-identity' && as !== 'github-oidc')
    return 'MCP_INVENTORY_AS is neither managed-identity nor github-oidc';
  const audience = setting('audience', 'MCP_INVENTORY_AUDIENCE') ?? (as === 'github-oidc' ? JOBS_AUDIENCE : undefined);
  if (audience === undefined) return 'MCP_INVENTORY_AUDIENCE is not set, which a managed identity needs';
  const authorities = setting('authorities', 'MCP_INVENTORY_AUTHORITIES');
  // A pipe in its place would be waited for without end, by the sender as it starts.
  if (authorities !== undefined && !('bytes' in disk.read(authorities, 0)))
    return 'the file that MCP_INVENTORY_AUTHORITIES names cannot be read';
  const proxy = setting('proxy', 'MCP_INVENTORY_PROXY');
  if (proxy !== undefined && !isAddress(proxy, 'http:')) return 'MCP_INVENTORY_PROXY is no http://host:port';
  const clientId = setting('clientId', 'MCP_INVENTORY_CLIENT_ID');
  const seconds = Number(json.sendSeconds ?? lines.get('MCP_INVENTORY_SEND_SECONDS') ?? DEFAULT_SECONDS);
  return {
    url: url.replace(/\/+$/, ''),
    audience,
    as,
    ...(clientId === undefined ? {} : { clientId }),
    ...(authorities === undefined ? {} : { authorities }),
    ...(proxy === undefined ? {} : { proxy }),
    // NaN is neither: a slip of the pen may not keep a process for ever.
    sendSeconds: seconds > 0 && seconds <= MOST_SECONDS ? seconds : DEFAULT_SECONDS,
  };
}

function textOfFile(disk: Disk, file: string): string | undefined {
  const read = disk.read(file, MOST);
  return 'bytes' in read ? read.bytes.toString('utf8') : undefined;
}

function fromEnvFile(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, name = '', value = ''] = /^\s*(MCP_INVENTORY_\w+)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    return name === '' ? [] : [[name, value] as const];
  });
  return new Map(lines);
}

function isAddress(text: string, protocol: 'http:' | 'https:'): boolean {
  return URL.canParse(text) && new URL(text).protocol === protocol;
}
