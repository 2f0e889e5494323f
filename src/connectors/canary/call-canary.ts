import { credentialOf } from '../credentials.ts';
import { failed, NO_TIME_NAMED, ok, type VendorResult } from '../result.ts';
import type { CanarySettings } from '../settings.ts';

/** What the gateway answered to one call. */
export interface CanaryAnswer {
  /** As the call was sent. */
  readonly at: Date;
  readonly status: number;
}

/**
 * Lists a directory that is none, as a client of an MCP server does. The API answers by itself: no server and no document
 * is behind it. infra/modules/gateway
 */
export async function callCanary(
  settings: CanarySettings,
  directory: string,
  now: () => Date,
): Promise<VendorResult<CanaryAnswer>> {
  const { CANARY_URL: url = '', GATEWAY_APP_ID: audience, REQUEST_TIMEOUT_SECONDS: seconds } = settings;
  try {
    // By the client id, which is the audience of the gateway’s tokens, whatever its identifier URI is.
    const token = await credentialOf(settings, 'canary').getToken(`${audience}/.default`);
    if (token === null) return failed({ kind: 'denied', status: 401, message: 'The canary got no token.' });
    const at = now();
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token.token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'list_directory', arguments: { path: directory } },
      }),
      redirect: 'manual',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    await response.body?.cancel();
    return ok({ at, status: response.status });
  } catch (error) {
    // Of what failed the name alone: what a credential says may hold more than anybody needs.
    const why = error instanceof Error ? error.name : 'unknown';
    const message = `The gateway could not be called at ${url} (${why}).`;
    return failed({ kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message });
  }
}
