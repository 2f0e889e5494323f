import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { GatewayOutcome, GatewayRequest, Token } from '../gateway/simulated-gateway.ts';
import { bodyOf, type LocalServer, serve } from './local-server.ts';

export interface GatewayOverHttp extends LocalServer {
  /** Every request so far that reached the policy of an MCP server, in their order. */
  readonly outcomes: readonly GatewayOutcome[];
}

interface Behind {
  call(request: GatewayRequest): Promise<GatewayOutcome>;
  /** What the bearer of this is, if anything. */
  readonly tokenOf: (bearer: string) => Token | undefined;
  /** The address of each backend, by its name. */
  readonly backends: Readonly<Record<string, string>>;
}

/** Of a connection, and not of a message. */
const HOP = new Set(['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding', 'accept-encoding']);
const METADATA = '/.well-known/oauth-protected-resource';

/**
 * The simulated gateway as a server to which MCP clients connect: each request goes through the policy, what the policy
 * forwards goes to the server behind it, and that server's answer comes back as it streams.
 */
export async function serveGateway(behind: Behind): Promise<GatewayOverHttp> {
  const outcomes: GatewayOutcome[] = [];
  const server = await serve((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '', 'http://gateway');
    const policy = policyOf(pathname);
    const method = request.method as 'POST' | 'GET' | 'DELETE';
    if (policy === undefined || !['POST', 'GET', 'DELETE'].includes(method)) {
      response.writeHead(404).end();
      return;
    }
    const body = method === 'POST' ? await bodyOf(request) : undefined;
    const headers = headersOf(request);
    const token = behind.tokenOf(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
    const outcome = await behind.call({
      policy,
      method,
      headers,
      query: search.slice(1),
      ...(body !== undefined && { body }),
      ...(token !== undefined && { token }),
    });
    if (!policy.startsWith('metadata-')) outcomes.push(outcome);
    if (outcome.forwarded === null) response.writeHead(outcome.status, outcome.headers).end(outcome.body ?? '');
    else await pass(outcome.forwarded, method, response);
  }

  async function pass(
    forwarded: NonNullable<GatewayOutcome['forwarded']>,
    method: string,
    response: ServerResponse,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const backend = behind.backends[forwarded.backend];
    if (backend === undefined) throw new Error(`nothing stands for the backend ${forwarded.backend}`);
    const answered = await fetch(`${backend}${forwarded.path}`, {
      method,
      headers: withoutHops(forwarded.headers),
      body: method === 'POST' ? forwarded.body : null,
      signal: gone.signal,
    });
    response.writeHead(answered.status, withoutHops(Object.fromEntries(answered.headers)));
    response.flushHeaders();
    if (answered.body === null) {
      response.end();
      return;
    }
    const stream = Readable.fromWeb(answered.body as import('node:stream/web').ReadableStream);
    // A client that hangs up ends the stream: no fault.
    stream.on('error', () => response.destroy());
    stream.pipe(response);
    await once(response, 'close');
  }

  return { ...server, outcomes };
}

/** The policy whose operation has this path. */
function policyOf(pathname: string): string | undefined {
  if (pathname === METADATA || pathname === `${METADATA}/`) return 'metadata-root';
  const [, metadata, server] = /^(\/\.well-known\/oauth-protected-resource)?\/mcp\/([a-z0-9-]+)$/.exec(pathname) ?? [];
  return server === undefined ? undefined : metadata === undefined ? server : `metadata-${server}`;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function withoutHops(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));
}
