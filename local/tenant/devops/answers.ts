import { randomUUID } from 'node:crypto';
import type { DevOpsState } from './state/state.ts';

const SIGN_IN = '<!DOCTYPE html><html lang="en-US"><head><title>Azure DevOps Services | Sign In</title></head></html>';

/** Headers of every answer; the activity id is what Microsoft's support asks for. */
function headers(state: DevOpsState): Record<string, string> {
  const id = randomUUID();
  const { slowDownSeconds } = state.behaviour;
  return {
    activityid: id,
    'x-vss-e2eid': id,
    ...(slowDownSeconds === undefined
      ? {}
      : {
          'retry-after': String(slowDownSeconds),
          'x-ratelimit-resource': 'Services/ReadWrite',
          'x-ratelimit-delay': String(slowDownSeconds),
          'x-ratelimit-limit': '200',
          'x-ratelimit-remaining': '0',
        }),
  };
}

export function answer(state: DevOpsState, body: unknown, more: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, {
    headers: { ...headers(state), 'content-type': 'application/json; charset=utf-8; api-version=7.1', ...more },
  });
}

export function noContent(state: DevOpsState): Response {
  return new Response(null, { status: 204, headers: headers(state) });
}

export function list(state: DevOpsState, value: readonly unknown[], more?: Readonly<Record<string, string>>): Response {
  return answer(state, { count: value.length, value }, more);
}

/** One page of a list; the token of the next page goes into a header. */
export function page<T>(state: DevOpsState, url: URL, items: readonly T[], shape: (item: T) => unknown): Response {
  const from = Number(url.searchParams.get('continuationToken') ?? 0);
  const { rows, next } = onePage(state, url, items, from);
  return list(state, rows.map(shape), next === undefined ? undefined : { 'x-ms-continuationtoken': String(next) });
}

/** The rows of one page, and where the next one begins. */
export function onePage<T>(
  state: DevOpsState,
  url: URL,
  items: readonly T[],
  from: number,
): { readonly rows: readonly T[]; readonly next: number | undefined } {
  const { behaviour } = state;
  const asked = Number(url.searchParams.get('$top') ?? url.searchParams.get('pageSize') ?? behaviour.pageSize);
  const to = from + Math.min(asked, behaviour.pageSize);
  const empty = behaviour.pages === 'empty-page' && from > 0;
  const rows = empty ? [] : items.slice(from, to);
  const ends = to >= items.length || empty || behaviour.pages === 'token-lost';
  behaviour.betweenPages();
  return { rows, next: ends ? undefined : to };
}

/** Azure DevOps' error body. */
export function problem(state: DevOpsState, status: number, typeKey: string, message: string): Response {
  const { activityid = '' } = headers(state);
  const body = {
    $id: '1',
    innerException: null,
    message,
    typeName: `Microsoft.TeamFoundation.Framework.Server.${typeKey}, Microsoft.TeamFoundation.Framework.Server`,
    typeKey,
    errorCode: 0,
    eventId: 3000,
  };
  return Response.json(body, { status, headers: { activityid } });
}

/** A token that the service does not take gets a page for people, often with a status that sounds like success. */
export function signIn(state: DevOpsState, origin: string): Response {
  if (state.behaviour.signIn === 'redirect') {
    return new Response(null, { status: 302, headers: { location: `${origin}/_signin?realm=dev.azure.com` } });
  }
  return new Response(SIGN_IN, { status: 203, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
