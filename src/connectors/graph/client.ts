import {
  AuthenticationHandler,
  type AuthenticationProvider,
  Client,
  type GraphRequest,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import type * as z from 'zod';
import type { Config } from '../../config.ts';
import { credentialOf, type IdentityName } from '../credentials.ts';
import type { VendorResult } from '../result.ts';
import { readAnswer, unreachable } from './answer.ts';

/** One question to Graph, with what its failure must say. */
export interface GraphCall<T> {
  readonly identity: IdentityName;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version and with the query: `/users/{id}?$select=id`; or a whole `@odata.nextLink`. */
  readonly path: string;
  /** Default `v1.0`. */
  readonly version?: 'v1.0' | 'beta';
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is asked of which resource, to complete “Graph was asked to …”: `read user 3c9d…`. */
  readonly what: string;
  /** The least application permission that the call needs, for coverage. */
  readonly permission: string;
  /** What the answer's body must look like; undefined stands for an empty body. */
  readonly shape: z.ZodType<T>;
}

const clients = new Map<string, Client>();

/**
 * The SDK's client with a chain of our own: authentication and the wire. The SDK's RetryHandler sleeps inside the
 * call for up to 180 s per attempt; waiting is the orchestration's, on a durable timer.
 */
function clientOf(config: Config, identity: IdentityName): Client {
  const key = `${config.GRAPH_ENDPOINT} ${identity}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const credential = credentialOf(config, identity);
  const provider: AuthenticationProvider = {
    getAccessToken: async () => {
      const token = await credential.getToken(`${config.GRAPH_ENDPOINT}/.default`);
      if (token === null) throw new Error('the managed identity gave no token');
      return token.token;
    },
  };
  const client = Client.initWithMiddleware({
    baseUrl: config.GRAPH_ENDPOINT,
    customHosts: new Set([new URL(config.GRAPH_ENDPOINT).hostname]),
    middleware: [new AuthenticationHandler(provider), new HTTPMessageHandler()],
    fetchOptions: { redirect: 'error' },
  });
  clients.set(key, client);
  return client;
}

/** Asks Graph once. Whatever happens on the way is a value; `failure.message` is fit for a report. */
export async function askGraph<T>(config: Config, call: GraphCall<T>): Promise<VendorResult<T>> {
  const request = clientOf(config, call.identity)
    .api(call.path)
    // Raw, because the SDK parses by content type, loses the status of HTML, and the request id of success.
    .responseType(ResponseType.RAW)
    .option('signal', AbortSignal.timeout(config.REQUEST_TIMEOUT_SECONDS * 1_000))
    .headers({ ...call.headers });
  if (call.version !== undefined) request.version(call.version);
  try {
    return await readAnswer(call, await send(request, call));
  } catch (error) {
    return unreachable(call, error);
  }
}

async function send(request: GraphRequest, { method = 'GET', body }: GraphCall<unknown>): Promise<Response> {
  switch (method) {
    case 'GET':
      return (await request.get()) as Response;
    case 'DELETE':
      return (await request.delete()) as Response;
    case 'PATCH':
      return (await request.patch(body ?? {})) as Response;
    case 'POST':
      return (await request.post(body ?? '')) as Response;
    default:
      return method satisfies never;
  }
}
