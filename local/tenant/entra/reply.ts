import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { VerifiedToken } from '../core/tokens.ts';
import { callerOf, type TenantCore } from '../core/vendor.ts';
import type { EntraSwitches } from './state/state.ts';

/** What the middleware knows about a request. */
export type GraphEnv = {
  Variables: { token: VerifiedToken; requestId: string };
};
export type GraphContext = Context<GraphEnv>;

/** Graph's error body (learn.microsoft.com/graph/errors). */
export function graphError(
  c: GraphContext,
  status: 400 | 401 | 403 | 404 | 409 | 410,
  code: string,
  message: string,
): Response {
  const requestId = c.get('requestId') ?? randomUUID();
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': c.req.header('client-request-id') ?? requestId,
  };
  return c.json({ error: { code, message, innerError } }, status);
}

export function notFound(c: GraphContext, id: string): Response {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return graphError(c, 404, 'Request_ResourceNotFound', message);
}

export function unsupportedQuery(c: GraphContext, message: string): Response {
  return graphError(c, 400, 'Request_UnsupportedQuery', message);
}

/**
 * Undefined where the caller may: an administrator, or an application that holds one of the permissions both in
 * its token and, so that tests can take one away from a token that is still cached, in the tenant.
 */
export function refusalOf(core: TenantCore, c: GraphContext, anyOf: readonly string[]): Response | undefined {
  const token = c.get('token');
  if (token.scopes.includes('Directory.AccessAsUser.All')) return undefined;
  const granted = callerOf(core, token.clientId)?.graph;
  if (anyOf.some((permission) => token.roles.includes(permission) && granted?.has(permission) !== false))
    return undefined;
  return graphError(c, 403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** One object, cut to `$select`. */
export function entity(core: TenantCore, c: GraphContext, set: string, row: object): Response {
  const context = `${core.origin('graph')}/${c.req.param('version')}/$metadata#${set}/$entity`;
  return c.json({ '@odata.context': context, ...selected(row, c.req.query('$select')) });
}

/** Whether a list is asked as an advanced query: with the header and with the count, which belong together. */
export function isAdvanced(c: GraphContext): boolean {
  return c.req.header('consistencylevel')?.toLowerCase() === 'eventual' && c.req.query('$count') === 'true';
}

/** What Graph refuses of an advanced query where a test says so. */
export function advancedRefusal(c: GraphContext, { refuses }: EntraSwitches): Response | undefined {
  return refuses.has('advanced') && isAdvanced(c) ? unsupportedQuery(c, 'Unsupported query.') : undefined;
}

/** One page of a list, with a link to the next one; of an advanced query the first page has the count. */
export function page(
  core: TenantCore,
  c: GraphContext,
  set: string,
  rows: readonly object[],
  switches: EntraSwitches,
): Response {
  const url = new URL(c.req.url);
  const start = Number(url.searchParams.get('$skiptoken') ?? 0);
  const size = Math.min(Number(url.searchParams.get('$top') ?? switches.pageSize), switches.largestPage);
  const shown = switches.pages === 'empty-page' && start > 0 ? [] : rows.slice(start, start + size);
  const value = shown.map((row) => selected(row, c.req.query('$select')));
  const context = {
    '@odata.context': `${core.origin('graph')}/${c.req.param('version')}/$metadata#${set}`,
    ...(isAdvanced(c) && start === 0 ? { '@odata.count': rows.length } : {}),
  };
  const last = start + size >= rows.length || shown.length === 0 || switches.pages === 'link-lost';
  switches.betweenPages();
  if (last) return c.json({ ...context, value });
  url.searchParams.set('$skiptoken', String(start + size));
  const next = `${core.origin('graph')}${url.pathname}${url.search}`;
  return c.json({ ...context, '@odata.nextLink': next, value });
}

function selected(row: object, select: string | undefined): Record<string, unknown> {
  const all = Object.entries(row);
  if (select === undefined) return Object.fromEntries(all);
  const wanted = new Set(select.split(','));
  // What was expanded stays, whatever is selected.
  const stays = (name: string): boolean =>
    ['manager', 'federatedIdentityCredentials', 'owners', 'roleDefinition'].includes(name);
  return Object.fromEntries(all.filter(([name]) => wanted.has(name) || name.startsWith('@') || stays(name)));
}

/** `field eq 'text'`, `field eq guid`, `field le instant`: one condition, which is all that these lists take. */
export function parseFilter(
  filter: string,
): { readonly field: string; readonly operator: 'eq' | 'le' | 'ge'; readonly value: string } | undefined {
  const match = /^\s*(\w+) (eq|le|ge) (?:'((?:[^']|'')*)'|([\w:.-]+))\s*$/.exec(filter);
  const [, field, operator, quoted, bare] = match ?? [];
  const value = quoted?.replaceAll("''", "'") ?? bare;
  if (field === undefined || value === undefined) return undefined;
  if (operator !== 'eq' && operator !== 'le' && operator !== 'ge') return undefined;
  return { field, operator, value };
}

/** `field in ('a','b')`, at most 15 of them. */
export function parseAlternatives(
  filter: string,
): { readonly field: string; readonly values: readonly string[] } | undefined {
  const [, field, list] = /^\s*(\w+) in \(((?:'[^']*',?)+)\)\s*$/.exec(filter) ?? [];
  const values = list?.split(',').map((text) => text.slice(1, -1).replaceAll("''", "'").toLowerCase());
  return field === undefined || values === undefined || values.length > 15 ? undefined : { field, values };
}

/** `proxyAddresses/any(p:p eq 'smtp:a@b') or proxyAddresses/any(…)`: whether one of several texts is among a property's. */
export function parseAny(filter: string): { readonly field: string; readonly values: readonly string[] } | undefined {
  const parts = filter.split(/ or /).map((part) => /^\s*(\w+)\/any\((\w+):\2 eq '((?:[^']|'')*)'\)\s*$/.exec(part));
  const fields = new Set(parts.map((part) => part?.[1]));
  const [field] = fields;
  if (fields.size !== 1 || field === undefined) return undefined;
  return { field, values: parts.flatMap((part) => part?.[3]?.replaceAll("''", "'").toLowerCase() ?? []) };
}
