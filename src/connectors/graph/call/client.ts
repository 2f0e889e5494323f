import {
  AuthenticationHandler,
  type AuthenticationProvider,
  Client,
  type GraphRequest,
  HTTPMessageHandler,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { credentialOf, type IdentityName } from '../../credentials.ts';
import type { VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { readAnswer, unreachable } from './answer.ts';
import type { GraphCall } from './call.ts';

const clients = new Map<string, Client>();

/**
 * The SDK's client with a chain of our own: authentication and the wire. The SDK's RetryHandler sleeps inside the
 * call for up to 180 s per attempt; waiting is the orchestration's, on a durable timer.
 */
function clientOf(settings: GraphSettings, identity: IdentityName): Client {
  const key = `${settings.GRAPH_ENDPOINT} ${identity}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const credential = credentialOf(settings, identity);
  const provider: AuthenticationProvider = {
    getAccessToken: async () => {
      const token = await credential.getToken(`${settings.GRAPH_ENDPOINT}/.default`);
      if (token === null) throw new Error('the managed identity gave no token');
      return token.token;
    },
  };
  const client = Client.initWithMiddleware({
    baseUrl: settings.GRAPH_ENDPOINT,
    customHosts: new Set([new URL(settings.GRAPH_ENDPOINT).hostname]),
    middleware: [new AuthenticationHandler(provider), new HTTPMessageHandler()],
    fetchOptions: { redirect: 'error' },
  });
  clients.set(key, client);
  return client;
}

/** Asks Graph once. Whatever happens on the way is a value; `failure.message` is fit for a report. */
export async function askGraph<T>(settings: GraphSettings, call: GraphCall<T>): Promise<VendorResult<T>> {
  const request = clientOf(settings, call.identity)
    .api(call.path)
    // Raw, because the SDK parses by content type, loses the status of HTML, and the request id of success.
    .responseType(ResponseType.RAW)
    .option('signal', AbortSignal.timeout(settings.REQUEST_TIMEOUT_SECONDS * 1_000))
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
