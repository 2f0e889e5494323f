import type { Context, Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armEmpty, armError, armOk } from './answers.ts';
import { guard } from './roles/guard.ts';
import type { ArmGatewayObject, ArmState } from './state.ts';

const TYPE = 'Microsoft.ApiManagement/service';
const SERVICE = '/subscriptions/:sub/resourcegroups/:rg/providers/microsoft.apimanagement/service/:service';
const RELEASED = '2024-05-01';
/** Knows types of APIs that the released version leaves out of its list, and whose parts it does not find. */
const PREVIEW = '2025-09-01-preview';
const PREVIEW_TYPES = ['mcp', 'a2a'];
const TIERS_WITH_WORKSPACES = ['Premium', 'PremiumV2', 'StandardV2'];
/** Paths are routed in lower case; actions are not. */
const NAMES = new Map(
  ['namedValues', 'policyFragments', 'authorizationProviders', 'accessPolicies'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * The service, and what it has besides its deny list: backends, policies, APIs, products, workspaces, users, subscriptions,
 * and what the credential manager keeps. Lists page by offset, and count what there is in all.
 */
export function gatewayObjectRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  /** What a path names below the service: `apis/x/policies` is a list, `apis/x` one object. */
  const namedBy = (c: Context): { readonly types: string; readonly one: boolean } => {
    const below = new URL(c.req.url).pathname.toLowerCase().split('/').slice(9);
    const types = below.filter((_, at) => at % 2 === 0).map((part) => NAMES.get(part) ?? part);
    return { types: types.join('/'), one: below.length % 2 === 0 };
  };
  const refuse = (c: Context, verb: 'read' | 'write' | 'delete'): Promise<Response | undefined> =>
    guard(core, state, c.req.raw, {
      action: [TYPE, ...(namedBy(c).types === '' ? [] : [namedBy(c).types]), verb].join('/'),
      scope: new URL(c.req.url).pathname,
      subscriptionId: c.req.param('sub') ?? '',
      apiVersions: state.previewVersions ? [RELEASED, PREVIEW] : [RELEASED],
    });
  /** Whether something belongs to an API of a type that the version asked for does not know. */
  const isHidden = (c: Context, id: string): boolean => {
    if (c.req.query('api-version') === PREVIEW) return false;
    const api = /^.*?\/service\/[^/]+\/apis\/[^/]+/i.exec(id)?.[0];
    const type = api === undefined ? undefined : state.gatewayObjects.get(api)?.properties.type;
    return typeof type === 'string' && PREVIEW_TYPES.includes(type.toLowerCase());
  };
  const rowsIn = (c: Context, path: string): ArmGatewayObject[] => {
    const within = (id: string): boolean => id.toLowerCase().replace(/\/[^/]+$/, '') === path.toLowerCase();
    if (!/\/namedvalues$/i.test(path)) return state.gatewayObjects.where(({ id }) => within(id) && !isHidden(c, id));
    return state.namedValues.all().map(({ serviceId, name, value, secret }) => ({
      id: `${serviceId}/namedValues/${name}`,
      name,
      properties: { displayName: name, secret, ...(secret ? {} : { value }) },
    }));
  };

  app.get(SERVICE, async (c) => {
    const refused = await refuse(c, 'read');
    if (refused !== undefined) return refused;
    const id = new URL(c.req.url).pathname;
    return armOk({
      id,
      name: id.split('/').at(-1),
      type: TYPE,
      location: 'West Europe',
      sku: { name: state.gatewayTier, capacity: state.gatewayUnits },
      properties: { provisioningState: 'Succeeded', ...state.gatewayNetwork },
    });
  });

  app.get(`${SERVICE}/*`, async (c) => {
    const refused = await refuse(c, 'read');
    if (refused !== undefined) return refused;
    const url = new URL(c.req.url);
    if (/^workspaces\b/.test(namedBy(c).types) && !TIERS_WITH_WORKSPACES.includes(state.gatewayTier)) {
      return armError(400, 'MethodNotAllowedInPricingTier', 'Method not allowed in this pricing tier');
    }
    if (namedBy(c).one) {
      const row = state.gatewayObjects.get(url.pathname);
      const isThere = row !== undefined && !isHidden(c, row.id);
      return isThere ? armOk(row, { etag: '"AAAAAAAA"' }) : notFound();
    }
    const rows = rowsIn(c, url.pathname);
    const start = Number(url.searchParams.get('$skip') ?? '0');
    const end = start + state.gatewayPageSize;
    url.searchParams.set('$skip', String(end));
    const more = end < rows.length ? { nextLink: `${core.origin('arm')}${url.pathname}${url.search}` } : {};
    const answer = armOk({ value: rows.slice(start, end), count: rows.length, ...more });
    state.betweenPages();
    return answer;
  });

  app.patch(`${SERVICE}/subscriptions/:sid`, async (c) => {
    const refused = (await refuse(c, 'write')) ?? precondition(c);
    if (refused !== undefined) return refused;
    const row = state.gatewayObjects.get(new URL(c.req.url).pathname);
    if (row === undefined) return notFound();
    const { properties = {} } = (await c.req.json()) as { properties?: { state?: unknown } };
    if (typeof properties.state === 'string') row.properties = { ...row.properties, state: properties.state };
    return armOk(row, { etag: '"AAAAAAAB"' });
  });

  app.delete(`${SERVICE}/authorizationproviders/:p/authorizations/:a/accesspolicies/:policy`, async (c) => {
    const refused = (await refuse(c, 'delete')) ?? precondition(c);
    if (refused !== undefined) return refused;
    return armEmpty(state.gatewayObjects.delete(new URL(c.req.url).pathname) ? 200 : 204);
  });
}

function precondition(c: Context): Response | undefined {
  if (c.req.header('if-match') !== undefined) return undefined;
  return armError(400, 'ValidationError', 'The header If-Match is required.');
}

function notFound(): Response {
  return armError(404, 'ResourceNotFound', 'Entity not found.');
}
