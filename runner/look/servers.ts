import { createHash } from 'node:crypto';
import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';
import { redactSecrets } from '../../src/credentials/redact-secrets.ts';
import { isJson, type Json, looseJson, member, textOf } from '../labels/loose-json.ts';
import type { Client } from './places.ts';

/** An MCP server of a client's configuration; names are not yet made safe to show. */
export interface FoundServer {
  readonly client: Client;
  readonly name: string;
  readonly transport: 'stdio' | 'http';
  readonly host?: string;
  readonly command?: string;
  readonly tokens: readonly string[];
  readonly otherCredential: boolean;
}

const MOST_OF_A_FILE = 100;
const MOST_TOKENS_OF_A_SERVER = 20;

/** Every list of servers that a client knows, of the user and of each project. */
export function serversIn(text: string, client: Client): readonly FoundServer[] {
  const document = looseJson(text);
  const lists = [
    member(document, 'mcpServers'),
    // Visual Studio Code: `mcp.json`, and before it its settings.
    ...(client === 'vs-code' ? [member(document, 'servers'), member(member(document, 'mcp'), 'servers')] : []),
    ...Object.values(member(document, 'projects')).map((project) => member(project, 'mcpServers')),
  ];
  return lists
    .flatMap((list) => Object.entries(list).flatMap(([name, entry]) => serverOf(name, entry, client)))
    .slice(0, MOST_OF_A_FILE);
}

function serverOf(name: string, entry: unknown, client: Client): FoundServer[] {
  if (!isJson(entry)) return [];
  const command = textOf(entry.command);
  const url = textOf(entry.url) ?? textOf(entry.serverUrl) ?? textOf(entry.httpUrl);
  const given = { ...member(entry, 'env'), ...member(entry, 'headers'), ...member(entry, 'http_headers') };
  const tokens = tokensIn(JSON.stringify(entry));
  const common = { client, name, tokens, otherCredential: hasOther(given) };
  if (url !== undefined) {
    const host = hostOf(url);
    return [{ ...common, transport: 'http', ...(host === undefined ? {} : { host }) }];
  }
  return command === undefined
    ? []
    : [{ ...common, transport: 'stdio', command: digestOf([command, ...argumentsOf(entry)]) }];
}

/** Of the text as it stands: the same digests as those of the file. */
function tokensIn(text: string): readonly string[] {
  return [...new Set(detectTokens(text).map(({ sha256 }) => sha256))].slice(0, MOST_TOKENS_OF_A_SERVER);
}

function argumentsOf({ args }: Json): readonly string[] {
  return Array.isArray(args) ? args.filter((each): each is string => typeof each === 'string') : [];
}

/** The same command has the same digest, whoever's token is in it. */
function digestOf(words: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(words.map(redactSecrets)))
    .digest('hex');
}

const SAYS_SO = /token|secret|passw|pwd|credential|authorization|api[-_]?key|access[-_]?key|(?:^|[-_])(?:pat|key)$/i;
/** `${env:NAME}`, `${input:name}` and `$NAME` ask for a value that stands elsewhere. */
const ELSEWHERE = /^(?:(?:bearer|basic|token)\s+)?\$\{?[\w:.-]+\}?$/i;

function hasOther(given: Json): boolean {
  return Object.entries(given).some(
    ([name, value]) =>
      typeof value === 'string' &&
      value !== '' &&
      SAYS_SO.test(name) &&
      !ELSEWHERE.test(value) &&
      detectTokens(`${name}=${value}`).length === 0,
  );
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).host || undefined;
  } catch {
    return undefined;
  }
}
