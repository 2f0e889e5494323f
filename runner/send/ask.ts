import { request as askHttp } from 'node:http';
import { request as askHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

export interface Question {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For https: who makes the connection, and sees nothing of what goes through it. */
  readonly proxy?: string | undefined;
}

export type Ask = (url: URL, question: Question, signal: AbortSignal) => Promise<Answer>;

const MOST_CHARACTERS = 64 * 1_024;

/** One request. It follows no redirect, keeps no connection, and reads no more of an answer than a token needs. */
export const ask: Ask = async (url, { method = 'GET', headers = {}, body, proxy }, signal) => {
  const isHttps = url.protocol === 'https:';
  const through = isHttps && proxy !== undefined ? await tunnel(proxy, url, signal) : undefined;
  const name = isIP(url.hostname) === 0 ? { servername: url.hostname } : {};
  const connection =
    through === undefined
      ? { agent: false as const }
      : { createConnection: () => connect({ socket: through, host: url.hostname, ...name }) };
  return new Promise((resolve, reject) => {
    const open = isHttps ? askHttps : askHttp;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = open(url, { method, headers: { ...headers, ...length }, ...connection, signal }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        if (text.length < MOST_CHARACTERS) text += chunk;
        else answer.destroy();
      });
      answer.on('error', reject);
      answer.on('close', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: text,
          header: (header) => [answer.headers[header] ?? []].flat()[0],
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
};

function tunnel(proxy: string, { hostname, port }: URL, signal: AbortSignal): Promise<Duplex> {
  const to = `${hostname}:${port === '' ? '443' : port}`;
  return new Promise((resolve, reject) => {
    const request = askHttp(proxy, { method: 'CONNECT', path: to, headers: { host: to }, agent: false, signal });
    request.on('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(Object.assign(new Error('The proxy refused.'), { code: `PROXY_${statusCode}` }));
    });
    request.on('error', reject);
    request.end();
  });
}
