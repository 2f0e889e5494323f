import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../../local/tenant/core/certificate.ts';

/** What the app, or the network before it, does with a report. */
export type Conduct = 'takes' | 'waits' | 'hangs' | 'resets' | 'fails' | 'redirects';

export interface Receiver {
  readonly url: string;
  /** PEM of whom clients have to trust. */
  readonly authority: string;
  /** Environment of a job with `id-token: write`. */
  readonly env: Readonly<Record<string, string>>;
  readonly conduct: { now: Conduct };
  /** Every request, whole: method, path, headers and body. */
  readonly requests: string[];
  /** A report has begun to come, of which nothing was read. */
  readonly begun: () => Promise<void>;
  /** Reads what `waits` has held up. */
  readonly read: () => void;
  /** The next report that is taken. */
  readonly next: () => Promise<string>;
  readonly close: () => void;
}

/** GitHub's issuer and the app, on loopback over TLS. */
export async function startReceiver(): Promise<Receiver> {
  const { authority, certificate, key } = await makeCertificate(['localhost']);
  const requests: string[] = [];
  const conduct = { now: 'takes' as Conduct };
  const waiting: ((body: string) => void)[] = [];
  const unread: string[] = [];
  const events = new EventEmitter();
  let begun = 0;
  const server = createServer({ cert: certificate, key }, async (request, response) => {
    if (conduct.now === 'waits' && request.method === 'POST') {
      conduct.now = 'takes';
      begun += 1;
      events.emit('begun');
      await once(events, 'read');
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push([request.method, request.url, JSON.stringify(request.headers), body].join('\n'));
      if (request.url?.startsWith('/oidc') === true) response.end(JSON.stringify({ value: 'a.job.token' }));
      else if (conduct.now === 'fails') response.writeHead(500).end();
      else if (conduct.now === 'resets') request.socket.destroy();
      else if (conduct.now === 'redirects') response.writeHead(307, { location: '/elsewhere' }).end();
      else if (conduct.now === 'takes') {
        response.writeHead(202).end();
        const next = waiting.shift();
        if (next === undefined) unread.push(body);
        else next(body);
      }
    });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    authority,
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/oidc?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job' },
    conduct,
    requests,
    begun: async () => {
      if (begun === 0) await once(events, 'begun');
      begun -= 1;
    },
    read: () => events.emit('read'),
    next: () => {
      const body = unread.shift();
      return body === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(body);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
