import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from './log.ts';
import { messageOf } from './log.ts';

export interface HostRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HostResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

/** Answers a request, or undefined where it is not its own. */
export type HostHandler = (request: HostRequest) => Promise<HostResponse | undefined>;

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets running requests end for `drainMs`, then cuts them. */
  close(drainMs: number): Promise<void>;
}

/** Serves on loopback only; port 0 takes a free one. The first handler that answers wins. */
export async function serveHttp(port: number, handlers: readonly HostHandler[], log: Logger): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => outgoing.destroy());
    incoming.on('end', () => {
      const base = `http://${incoming.headers.host ?? '127.0.0.1'}`;
      const url = URL.parse(incoming.url ?? '/', base);
      const request = { method: incoming.method ?? 'GET', headers: incoming.headers, body: Buffer.concat(chunks) };
      const answered = url === null ? Promise.resolve({ status: 400 }) : answer(handlers, { ...request, url });
      answered
        .catch((error: unknown): HostResponse => {
          log('error', 'Host.Http', `${request.method} ${url?.pathname}: ${messageOf(error)}`);
          return { status: 500 };
        })
        .then(({ status, headers, body }: HostResponse) => {
          outgoing.writeHead(status, { ...headers });
          outgoing.end(body);
        })
        .catch((error: unknown) => {
          log('error', 'Host.Http', `The response could not be sent: ${messageOf(error)}`);
          outgoing.destroy();
        });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return { url: `http://127.0.0.1:${bound}`, port: bound, close: (drainMs) => close(server, drainMs) };
}

export function jsonResponse(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HostResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function textResponse(status: number, body: string): HostResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

/** The first value of a header, which Node gives as text, list or nothing. */
export function headerOf(request: HostRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

async function answer(handlers: readonly HostHandler[], request: HostRequest): Promise<HostResponse> {
  for (const handler of handlers) {
    const response = await handler(request);
    if (response !== undefined) return response;
  }
  return { status: 404 };
}

async function close(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(cut);
}
