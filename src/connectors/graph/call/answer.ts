import { parseJson, UNREADABLE } from '../../parse-json.ts';
import { plainName } from '../../plain-name.ts';
import { failed, NO_TIME_NAMED, ok, retryAfterMs, type VendorFailure, type VendorResult } from '../../result.ts';
import type { GraphCall } from './call.ts';

/** Turns what came over the wire into a result. Never repeats a body: it may hold anything. */
export async function readAnswer<T>(call: GraphCall<T>, response: Response): Promise<VendorResult<T>> {
  // Reading may fail in the middle of a body; the caller treats that like a connection that broke.
  const text = await response.text();
  const json = parseJson(text);
  const requestId = response.headers.get('request-id') ?? undefined;
  if (!response.ok) return failed(failureOf(call, response, errorCode(json)));
  const unusable =
    json === UNREADABLE ? 'a body that is not JSON' : text === '' && response.status !== 204 && 'no body';
  if (unusable) return failed(unavailable(call, `${response.status} with ${unusable}`, response));
  const parsed = call.shape.safeParse(json);
  if (parsed.success) return ok(parsed.data, requestId);
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  return failed(unavailable(call, `${response.status} with an unexpected body (at “${where}”)`, response));
}

/** No usable answer at all: no token, no connection, a reset, a time-out, a body that broke off. */
export function unreachable<T>(call: Pick<GraphCall<T>, 'what'>, error: unknown): VendorResult<T> {
  const named = error as { readonly code?: unknown; readonly name?: unknown };
  const name = plainName(named.code, named.name) ?? 'unknown error';
  const message = `Graph was asked to ${call.what}, and no answer came (${name}).`;
  return failed({ kind: 'unavailable', tryAgainAfterMs: NO_TIME_NAMED, message });
}

export function unavailable(call: Pick<GraphCall<unknown>, 'what'>, got: string, response?: Response): VendorFailure {
  return {
    kind: 'unavailable',
    ...(response === undefined ? {} : { status: response.status }),
    tryAgainAfterMs: waitOf(response) ?? NO_TIME_NAMED,
    message: `Graph was asked to ${call.what} and answered ${got}.`,
  };
}

function failureOf(call: GraphCall<unknown>, response: Response, code: string | undefined): VendorFailure {
  const { status } = response;
  const message = `Graph was asked to ${call.what} and answered ${status}${code === undefined ? '' : ` (${code})`}.`;
  if (status === 401 || status === 403) {
    // Whatever else refuses (a policy, a token that is not taken) is no missing permission.
    if (code !== 'Authorization_RequestDenied') {
      return { kind: 'denied', status, message: `${message} It does not say that a permission is missing.` };
    }
    return {
      kind: 'denied',
      status,
      missingPermission: call.permission,
      message: `${message} It needs the application permission ${call.permission}.`,
    };
  }
  if (status === 429) return { kind: 'throttled', status, tryAgainAfterMs: waitOf(response) ?? NO_TIME_NAMED, message };
  // Only Graph's own words can say that something is gone or wrong; a proxy's page cannot.
  if (code === undefined || status >= 500 || status === 408) {
    return { kind: 'unavailable', status, tryAgainAfterMs: waitOf(response) ?? NO_TIME_NAMED, message };
  }
  if (status === 404 || status === 410) {
    if (/NotFound/i.test(code)) return { kind: 'not-found', status, message };
    return { kind: 'unavailable', status, tryAgainAfterMs: NO_TIME_NAMED, message };
  }
  if (status === 409 || status === 412 || status === 423) {
    return { kind: 'conflict', status, retryable: status !== 423, message };
  }
  return { kind: 'refused', status, message };
}

function waitOf(response: Response | undefined): number | undefined {
  return retryAfterMs(response?.headers.get('retry-after'), Date.now());
}

function errorCode(json: unknown): string | undefined {
  const error = (json as { readonly error?: { readonly code?: unknown } } | null | undefined)?.error;
  return typeof error?.code === 'string' && /^[\w.]{1,80}$/.test(error.code) ? error.code : undefined;
}
