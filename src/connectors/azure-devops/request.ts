import { setTimeout as delay } from 'node:timers/promises';
import type { IdentityName } from '../credentials.ts';
import { failed, type VendorFailure, type VendorResult } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { type DevOpsAnswer, type Question, readAnswer, unreachable } from './answer.ts';
import { type DevOpsClient, devOpsClient } from './client.ts';
import { type Pace, paceOf } from './slow-down.ts';

/** One call. The organisation's segment comes first in every path. */
export interface DevOpsRequest<T> extends Question<T> {
  readonly identity: IdentityName;
  /** Default `service`, which is dev.azure.com. */
  readonly host?: DevOpsHost;
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly organisation: string;
  /** Segments below the organisation; each is encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  /** `7.1`, or a preview of it. */
  readonly version: string;
  readonly body?: unknown;
}

/**
 * The service's hosts: dev.azure.com, and below it vssps (who there is), vsrm (classic releases), vsaex (entitlements)
 * and auditservice. Source: learn.microsoft.com/azure/devops/organizations/security/allow-list-ip-url
 */
export type DevOpsHost = 'service' | 'identities' | 'releases' | 'entitlements' | 'audit';

const SUBDOMAINS = { releases: 'vsrm', entitlements: 'vsaex', audit: 'auditservice' } as const;

function originOf(settings: DevOpsSettings, host: DevOpsHost): string {
  if (host === 'service') return settings.DEVOPS_ENDPOINT;
  if (host === 'identities') return settings.DEVOPS_GRAPH_ENDPOINT;
  return settings.DEVOPS_ENDPOINT.replace('://', `://${SUBDOMAINS[host]}.`);
}

/** Makes one call and says what came of it; never throws. */
export async function ask<T>(
  settings: DevOpsSettings,
  request: DevOpsRequest<T>,
): Promise<VendorResult<DevOpsAnswer<T>>> {
  const pace = paceFor(settings, request.organisation);
  const left = await pace.turn();
  if (left > 0) return failed(mustWait(request, left));
  try {
    const origin = originOf(settings, request.host ?? 'service');
    const client = await devOpsClient(settings, request.identity, origin);
    const exchange = send(client, origin + pathOf(request), request).then(async (response) =>
      readAnswer(request, response.message, await response.readBody()),
    );
    const answer = await within(settings.REQUEST_TIMEOUT_SECONDS * 1_000, exchange);
    if (answer.ok) pace.heard(answer.value.slowDownMs);
    return answer;
  } catch (error) {
    return failed(unreachable(request, error));
  }
}

const paces = new Map<string, Pace>();

/** What the service counts together, as far as this process knows: the calls of one identity to an organisation. */
function paceFor({ DEVOPS_ENDPOINT: endpoint }: DevOpsSettings, organisation: string): Pace {
  const key = `${endpoint} ${organisation.toLowerCase()}`;
  const pace = paces.get(key) ?? paceOf();
  paces.set(key, pace);
  return pace;
}

function mustWait(
  { what, organisation }: Pick<DevOpsRequest<unknown>, 'what' | 'organisation'>,
  left: number,
): VendorFailure {
  const message = `Azure DevOps was not asked to ${what}: ${organisation} is over its share of the service, which asks for a pause. What was not read by the last attempt is to be asked for at a quieter time.`;
  return { kind: 'throttled', status: 200, tryAgainAfterMs: left, message };
}

function send(client: DevOpsClient, url: string, { method = 'GET', body }: DevOpsRequest<unknown>) {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  switch (method) {
    case 'GET':
      return client.get(url, { accept: headers.accept });
    case 'POST':
      return client.post(url, JSON.stringify(body), headers);
    case 'PATCH':
      return client.patch(url, JSON.stringify(body), headers);
    case 'PUT':
      return client.put(url, JSON.stringify(body), headers);
    case 'DELETE':
      return client.del(url, { accept: headers.accept });
    default:
      return method satisfies never;
  }
}

function pathOf({ organisation, path, query, version }: DevOpsRequest<unknown>): string {
  const parameters = new URLSearchParams({ ...query, 'api-version': version });
  return `/${[organisation, ...path].map(encodeURIComponent).join('/')}?${parameters}`;
}

/** The SDK's time-out counts silence on the socket; a body that trickles in would never end. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = delay(ms, undefined, { signal: stop.signal, ref: false }).then(() => {
    throw Object.assign(new Error('no complete answer in time'), { code: 'ETIMEDOUT' });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
    late.catch(() => {});
    work.catch(() => {});
  }
}
