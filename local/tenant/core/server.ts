import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalCertificate } from './certificate.ts';
import type { FaultBoard, FaultEffect } from './faults.ts';
import type { Vendor } from './vendor.ts';
import { HOSTS } from './vendor.ts';

/** One request that a vendor saw, for tests and benchmarks. */
export interface CallRecord {
  readonly vendor: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds since the epoch when it arrived. */
  readonly at: number;
}

export interface VendorServer {
  readonly port: number;
  readonly calls: CallRecord[];
  /** Milliseconds that every vendor takes to answer. */
  latencyMs: number;
  /** Calls the listener for every request once its answer is known, before it is sent; the result stops that. */
  onCall(listener: (call: CallRecord) => void): () => void;
  close(): Promise<void>;
}

/** Serves all vendors on one TLS port of loopback, told apart by host name. */
export async function serveVendors(
  vendors: readonly Vendor[],
  tls: LocalCertificate,
  faults: FaultBoard,
  port = 0,
): Promise<VendorServer> {
  const byHost = new Map(
    vendors.flatMap((vendor) => vendor.hosts.map((host) => [HOSTS[host] as string, vendor] as const)),
  );
  const calls: CallRecord[] = [];
  const settings = { latencyMs: 0 };
  const listeners = new Set<(call: CallRecord) => void>();
  const seen = (call: CallRecord): void => {
    calls.push(call);
    for (const listener of listeners) listener(call);
  };
  const server = createHttpsServer({ cert: tls.certificate, key: tls.key }, (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : undefined);
    });
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const host = (incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const vendor = byHost.get(host);
    if (vendor === undefined) {
      outgoing.writeHead(421).end(`no vendor answers as ${host}`);
      return;
    }
    const record = { vendor: vendor.name, method, path, at: Date.now() };
    const body = await buffer(incoming);
    if (settings.latencyMs > 0) await delay(settings.latencyMs);
    const effect = faults.next(vendor.name, method, path);
    if (effect?.kind === 'delay') await delay(effect.ms, undefined, { ref: false });
    if (effect?.kind === 'reset') {
      seen({ ...record, status: 0 });
      incoming.socket.destroy();
      return;
    }
    const answered =
      effect?.kind === 'answer' ? faultAnswer(effect) : await vendor.handle(requestOf(incoming, host, body));
    const response = effect?.kind === 'alter' ? await altered(answered, effect.alter) : answered;
    seen({ ...record, status: response.status });
    await send(response, outgoing, effect?.kind === 'truncate');
  }

  // As long as the vendors' own front ends keep an idle connection; Node's five seconds would look like resets.
  server.keepAliveTimeout = 120_000;
  await listen(server, port);
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    calls,
    get latencyMs() {
      return settings.latencyMs;
    },
    set latencyMs(ms) {
      settings.latencyMs = ms;
    },
    onCall: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => close(server),
  };
}

/** A plain HTTP server on loopback for what needs no TLS: the managed identity endpoint, and pages for a browser. */
export async function servePlain(
  handle: (request: Request) => Promise<Response>,
  port = 0,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createHttpServer((incoming, outgoing) => {
    buffer(incoming)
      .then((body) => handle(requestOf(incoming, 'localhost', body)))
      .then((response) => send(response, outgoing, false))
      .catch(() => outgoing.destroy());
  });
  await listen(server, port);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function requestOf(incoming: IncomingMessage, host: string, body: Buffer): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  const port = incoming.headers.host?.split(':')[1];
  const url = `https://${host}${port === undefined ? '' : `:${port}`}${incoming.url ?? '/'}`;
  return new Request(url, { method, headers, ...(hasBody ? { body: new Uint8Array(body) } : {}) });
}

/** The same answer with another body, where it has one that is JSON. */
async function altered(response: Response, alter: (body: unknown) => unknown): Promise<Response> {
  if (!/json/.test(response.headers.get('content-type') ?? '')) return response;
  const body = JSON.stringify(alter(await response.json()));
  const { status, headers } = response;
  const kept = new Headers(headers);
  kept.delete('content-length');
  return new Response(body, { status, headers: kept });
}

function faultAnswer(effect: Extract<FaultEffect, { kind: 'answer' }>): Response {
  return new Response(effect.body ?? null, { status: effect.status, headers: effect.headers ?? {} });
}

async function send(response: Response, outgoing: ServerResponse, truncate: boolean): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers);
  if (body.length > 0) headers['content-length'] = String(body.length);
  outgoing.writeHead(response.status, headers);
  if (!truncate || body.length < 2) {
    outgoing.end(body);
    return;
  }
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
