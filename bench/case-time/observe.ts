/**
 * Loaded into the app's process before everything else (`--import`): writes down when each request to a vendor or to
 * storage began and ended, and how long the event loop had been idle and the process had computed by then. What the
 * time of a case consists of is read from that. Does nothing unless `CASE_TIME_FILE` says where to write.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import type { Moment } from './moment.ts';

const file = process.env.CASE_TIME_FILE;
if (file !== undefined) observe(file);

function observe(writeTo: string): void {
  const { BLOB_ENDPOINT = '', TABLE_ENDPOINT = '' } = process.env;
  const storage = new Set([BLOB_ENDPOINT, TABLE_ENDPOINT].map((url) => new URL(url).host));
  const moments: Moment[] = [];
  /** Requests under way. An end that is told twice, by an answer and by an error, counts once. */
  const open = new WeakMap<object, number>();
  let requests = 0;

  const note = (kind: Moment['kind'], request: number, to: Moment['to']): void => {
    const { user, system } = process.cpuUsage();
    const { idle } = performance.eventLoopUtilization();
    const at = performance.timeOrigin + performance.now();
    moments.push({ at, kind, request, to, idle, cpu: (user + system) / 1_000 });
  };
  /** The local host's own requests, which wait for messages, are none of the app's. */
  const partyOf = (host: string): Moment['to'] => {
    if (storage.has(host)) return 'storage';
    return /(^|\.)localhost(:|$)/.test(host) ? 'vendor' : 'nobody';
  };
  const begin = (request: object, host: string): void => {
    requests += 1;
    open.set(request, requests);
    note('begin', requests, partyOf(host));
  };
  const end = (request: object, host: string): void => {
    const number = open.get(request);
    if (number === undefined) return;
    open.delete(request);
    note('end', number, partyOf(host));
  };

  // https://nodejs.org/api/diagnostics_channel.html#http
  const ofHttp = (message: unknown): ClientRequest => (message as { readonly request: ClientRequest }).request;
  const hostOf = (request: ClientRequest): string => String(request.getHeader('host'));
  subscribe('http.client.request.start', (message) => begin(ofHttp(message), hostOf(ofHttp(message))));
  for (const name of ['http.client.response.finish', 'http.client.request.error'])
    subscribe(name, (message) => end(ofHttp(message), hostOf(ofHttp(message))));

  // https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
  interface Fetched {
    readonly origin: string | URL;
  }
  const ofFetch = (message: unknown): Fetched => (message as { readonly request: Fetched }).request;
  const originOf = ({ origin }: Fetched): string => new URL(origin).host;
  subscribe('undici:request:create', (message) => begin(ofFetch(message), originOf(ofFetch(message))));
  for (const name of ['undici:request:trailers', 'undici:request:error'])
    subscribe(name, (message) => end(ofFetch(message), originOf(ofFetch(message))));

  process.once('exit', () => writeFileSync(writeTo, JSON.stringify(moments)));
}
