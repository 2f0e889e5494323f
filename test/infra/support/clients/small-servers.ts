import type { IncomingHttpHeaders } from 'node:http';
import { bodyOf, type LocalServer, serve } from './local-server.ts';

export interface SmallServer extends LocalServer {
  /** What reached it, in the order of arrival. */
  readonly seen: readonly { readonly method: string; readonly headers: IncomingHttpHeaders }[];
}

interface Message {
  readonly id?: string | number;
  readonly method: string;
  readonly params?: {
    readonly name?: string;
    readonly protocolVersion?: string;
    readonly _meta?: Readonly<Record<string, unknown>>;
  };
}

interface Answer {
  readonly status: number;
  readonly result?: object;
  readonly error?: { readonly code: number; readonly message: string };
  readonly session?: string;
}

const TOOLS = ['list_issues', 'create_issue'].map((name) => ({ name, inputSchema: { type: 'object' } }));
const SELF = { name: 'small', version: '1' };
const NEWEST = '2026-07-28';

/** A server of the revisions with a handshake and a session, which answers with events. */
export const earlierServer = (): Promise<SmallServer> =>
  small('text/event-stream', (message, headers) => {
    if (message.method === 'initialize') {
      const protocolVersion = message.params?.protocolVersion;
      return {
        status: 200,
        session: 's-1',
        result: { protocolVersion, capabilities: { tools: {} }, serverInfo: SELF },
      };
    }
    if (headers['mcp-session-id'] !== 's-1') {
      return { status: 400, error: { code: -32000, message: 'Bad Request: Server not initialized' } };
    }
    if (message.method === 'tools/list') return { status: 200, result: { tools: TOOLS } };
    return called(message) ?? { status: 200, error: { code: -32601, message: 'Method not found' } };
  });

/** A server of 2026-07-28: no handshake, no session; each request says its revision in the body and in headers. */
export const newestServer = (): Promise<SmallServer> =>
  small('application/json', (message, headers) => {
    const version = message.params?._meta?.['io.modelcontextprotocol/protocolVersion'];
    if (version === undefined || message.method === 'initialize') {
      return { status: 404, error: { code: -32601, message: 'Method not found' } };
    }
    if (headers['mcp-protocol-version'] !== version || headers['mcp-method'] !== message.method) {
      return { status: 400, error: { code: -32020, message: 'HeaderMismatch' } };
    }
    const cached = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
    const self = { _meta: { 'io.modelcontextprotocol/serverInfo': SELF } };
    if (message.method === 'server/discover') {
      const discovered = { supportedVersions: [NEWEST], capabilities: { tools: {} }, ...self };
      return { status: 200, result: { ...cached, ...discovered } };
    }
    if (message.method === 'tools/list') return { status: 200, result: { ...cached, tools: TOOLS } };
    return called(message) ?? { status: 404, error: { code: -32601, message: 'Method not found' } };
  });

function called(message: Message): Answer | undefined {
  if (message.method !== 'tools/call') return undefined;
  const text = `${message.params?.name} was called`;
  return { status: 200, result: { resultType: 'complete', content: [{ type: 'text', text }] } };
}

async function small(
  type: 'text/event-stream' | 'application/json',
  answer: (message: Message, headers: IncomingHttpHeaders) => Answer,
): Promise<SmallServer> {
  const seen: { method: string; headers: IncomingHttpHeaders }[] = [];
  const server = await serve(async (request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    const message = JSON.parse(await bodyOf(request)) as Message;
    seen.push({ method: message.method, headers: request.headers });
    if (message.id === undefined) {
      response.writeHead(202).end();
      return;
    }
    const { status, session, ...outcome } = answer(message, request.headers);
    const text = JSON.stringify({ jsonrpc: '2.0', id: message.id, ...outcome });
    const streams = type === 'text/event-stream' && status === 200;
    response.writeHead(status, {
      'content-type': streams ? type : 'application/json',
      ...(session !== undefined && { 'mcp-session-id': session }),
    });
    response.end(streams ? `event: message\ndata: ${text}\n\n` : text);
  });
  return { ...server, seen };
}
