import path from 'node:path';
import type { Disk } from './disk.ts';
import { isJson, looseJson, textOf } from './labels/loose-json.ts';

/** Where the report goes, and as whom the machine signs in. */
export interface Settings {
  readonly url: string;
  readonly audience: string;
  readonly as: 'managed-identity' | 'github-oidc';
  /** Of a user-assigned identity. */
  readonly clientId?: string;
  readonly sendSeconds: number;
}

const DEFAULT_AUDIENCE = 'api://mcp-offboarding';
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
  if (!isHttps(url)) return 'MCP_INVENTORY_URL is no https address';
  if (as !== 'managed-identity' && as !== 'github-oidc')
    return 'MCP_INVENTORY_AS is neither managed-identity nor github-oidc';
  const clientId = setting('clientId', 'MCP_INVENTORY_CLIENT_ID');
  const seconds = Number(json.sendSeconds ?? lines.get('MCP_INVENTORY_SEND_SECONDS') ?? DEFAULT_SECONDS);
  return {
    url: url.replace(/\/+$/, ''),
    audience: setting('audience', 'MCP_INVENTORY_AUDIENCE') ?? DEFAULT_AUDIENCE,
    as,
    ...(clientId === undefined ? {} : { clientId }),
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

function isHttps(url: string): boolean {
  try {
    return new URL(url).protocol === 'https:';
  } catch {
    return false;
  }
}
