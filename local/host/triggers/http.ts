import type { RpcHttpCookie, RpcHttpData, RpcNullableString } from '../core-types.ts';
import type { HostHandler, HostRequest, HostResponse } from '../http-server.ts';
import { headerOf } from '../http-server.ts';
import type { Invoke } from '../invoker.ts';
import type { Logger } from '../log.ts';
import { messageOf } from '../log.ts';
import type { App, RegisteredFunction } from '../registry.ts';
import { functionsOfType } from '../registry.ts';
import { createRouter } from './http-routes.ts';

/** Headers that describe one connection and are Node's business. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'content-length',
]);

/** Serves the app's HTTP functions under the route prefix. `authLevel` is not enforced: there are no keys here. */
export function httpTriggers(app: App, routePrefix: string, invoke: Invoke, log: Logger): HostHandler {
  const route = createRouter(
    functionsOfType(app, 'httpTrigger').map((target) => ({
      template: `${routePrefix}/${(target.trigger.route as string | undefined) ?? target.name}`,
      methods: ((target.trigger.methods as string[] | undefined) ?? []).map((method) => method.toUpperCase()),
      target,
    })),
  );
  return async (request) => {
    const match = route(request.method, request.url.pathname);
    return match === undefined ? undefined : callHttpFunction(match.target, match.params, request, invoke, log);
  };
}

async function callHttpFunction(
  target: RegisteredFunction,
  params: Readonly<Record<string, string>>,
  request: HostRequest,
  invoke: Invoke,
  log: Logger,
): Promise<HostResponse> {
  const outcome = await invoke(target, { trigger: { http: requestOf(request, params) } });
  if (!outcome.ok) {
    log('error', `Function.${target.name}`, messageOf(outcome.error), { stack: stackOf(outcome.error) });
    return { status: 500 };
  }
  const http = outcome.response.returnValue?.http;
  return http === undefined ? { status: 204 } : responseOf(http);
}

/** As the Functions worker asks for it: raw body bytes, nullable maps; repeated query parameters joined by commas. */
function requestOf(request: HostRequest, params: Readonly<Record<string, string>>): RpcHttpData {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, { value: Array.isArray(value) ? value.join(', ') : value }] as const],
  );
  const query = new Map<string, RpcNullableString>();
  for (const name of request.url.searchParams.keys()) {
    query.set(name, { value: request.url.searchParams.getAll(name).join(',') });
  }
  return {
    method: request.method,
    url: request.url.href,
    nullableHeaders: Object.fromEntries(headers),
    nullableQuery: Object.fromEntries(query),
    nullableParams: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, { value }])),
    // Azure's host takes a request without the header for one without a body.
    ...(Number(headerOf(request, 'content-length') ?? 0) === 0 ? {} : { body: { bytes: request.body } }),
  };
}

function responseOf(http: RpcHttpData): HostResponse {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers[name] = value;
  }
  if (http.cookies !== undefined && http.cookies.length > 0) headers['set-cookie'] = http.cookies.map(cookieText);
  const body = http.body?.bytes ?? http.body?.string;
  return { status: Number(http.statusCode ?? 200), headers, ...(body === undefined ? {} : { body }) };
}

function cookieText(cookie: RpcHttpCookie): string {
  const parts = [`${encodeURIComponent(cookie.name ?? '')}=${encodeURIComponent(cookie.value ?? '')}`];
  if (cookie.domain !== undefined) parts.push(`Domain=${cookie.domain.value}`);
  if (cookie.path !== undefined) parts.push(`Path=${cookie.path.value}`);
  const expires = cookie.expires?.value;
  if (expires !== undefined) parts.push(`Expires=${new Date(expires.seconds * 1000).toUTCString()}`);
  if (cookie.maxAge !== undefined) parts.push(`Max-Age=${cookie.maxAge.value}`);
  if (cookie.secure?.value) parts.push('Secure');
  if (cookie.httpOnly?.value) parts.push('HttpOnly');
  if (cookie.sameSite === 'lax') parts.push('SameSite=Lax');
  if (cookie.sameSite === 'strict') parts.push('SameSite=Strict');
  if (cookie.sameSite === 'explicitNone') parts.push('SameSite=None');
  return parts.join('; ');
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
