import { connect, isIP } from 'node:net';
import { failed, NO_TIME_NAMED, ok, type VendorResult } from '../../result.ts';
import type { ArmSettings } from '../../settings.ts';

type Patience = Pick<ArmSettings, 'REQUEST_TIMEOUT_SECONDS'>;

/** What an address of the gateway answers to somebody without a token. */
interface Answer {
  readonly status: number;
  /** Whether it says where a client learns who issues tokens: RFC 9728, section 5.1. */
  readonly namesMetadata: boolean;
}

/** What came of a connection: `unresolved` where the server’s name is not known here. */
interface Reached {
  readonly reached: 'open' | 'closed' | 'unresolved';
  /** Where its name leads. */
  readonly at: readonly string[];
}

/** Seconds within which a server takes a connection, if it takes any: many are asked in a row. */
const CONNECTS_WITHIN = 10;

/** Harmless where it should get through. */
const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/** Posts a message without a token. Of the answer its status is kept, and whether it names the metadata. */
export async function askWithoutToken(
  { REQUEST_TIMEOUT_SECONDS }: Patience,
  url: string,
): Promise<VendorResult<Answer>> {
  const asked = `The gateway was asked at ${url} without a token and answered`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: PING,
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_SECONDS * 1000),
    });
    // A stream may have no end.
    await response.body?.cancel();
    const { status } = response;
    if (status === 429) {
      return failed({ kind: 'throttled', status, tryAgainAfterMs: NO_TIME_NAMED, message: `${asked} 429.` });
    }
    // Neither lets anybody in nor keeps anybody out: something on the way, or a server that is down.
    if (status >= 500) {
      return failed({ kind: 'unavailable', status, tryAgainAfterMs: NO_TIME_NAMED, message: `${asked} ${status}.` });
    }
    const challenge = response.headers.get('www-authenticate') ?? '';
    return ok({ status, namesMetadata: /\bresource_metadata\s*=/i.test(challenge) });
  } catch (error) {
    const message = `${asked} not at all (${codeOf(error)}).`;
    return failed({ kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message });
  }
}

/** Whether a server takes a connection from here, past the gateway, and at which addresses it is; nothing is sent. */
export function reachServer(
  { REQUEST_TIMEOUT_SECONDS }: Patience,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Reached> {
  return new Promise((resolve) => {
    const at = new Set<string>(isIP(host) === 0 ? [] : [host]);
    const socket = connect({ host, port });
    socket.on('lookup', (_error, address) => {
      if (typeof address === 'string') at.add(address);
    });
    const end = (reached: Reached['reached']): void => {
      socket.destroy();
      resolve({ reached, at: [...at] });
    };
    // A rule of a network that refuses says nothing at all.
    socket.setTimeout(Math.min(REQUEST_TIMEOUT_SECONDS, CONNECTS_WITHIN) * 1000, () => end('closed'));
    socket.once('connect', () => end('open'));
    socket.once('error', (error) => {
      const unknown = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'].includes(codeOf(error));
      end(unknown ? 'unresolved' : 'closed');
    });
  });
}

function codeOf(error: unknown): string {
  const { code, cause, name } = error as { readonly code?: unknown; readonly cause?: unknown; readonly name?: unknown };
  if (typeof code === 'string') return code;
  return cause instanceof Error ? codeOf(cause) : String(name);
}
