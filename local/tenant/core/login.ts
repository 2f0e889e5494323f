import { Hono } from 'hono';
import { WORLD } from '../seeds/world.ts';
import type { Principal } from './principals.ts';
import type { TenantCore, Vendor } from './vendor.ts';

/** `https://login.microsoftonline.com`: what verifiers of the tenant's tokens read. */
export function makeLogin(core: TenantCore): Vendor {
  const app = new Hono();
  app.get('/:tenant/v2.0/.well-known/openid-configuration', (c) => {
    if (c.req.param('tenant') !== core.tenantId) return c.json({ error: 'invalid_tenant' }, 400);
    return c.json({
      issuer: `${core.origin('login')}/${core.tenantId}/v2.0`,
      jwks_uri: `${core.origin('login')}/${core.tenantId}/discovery/v2.0/keys`,
    });
  });
  app.get('/:tenant/discovery/v2.0/keys', async (c) => c.json(await core.tokens.jwks()));
  return { name: 'login', hosts: ['login'], handle: (request) => app.fetch(request), snapshot: () => ({}) };
}

/**
 * The App Service managed identity endpoint (api-version 2019-08-01), as `ManagedIdentityCredential` calls it:
 * GET ?resource=&client_id= with the X-IDENTITY-HEADER secret.
 */
export async function serveManagedIdentity(core: TenantCore, header: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (request.headers.get('x-identity-header') !== header)
    return Response.json({ statusCode: 401, message: 'bad identity header' }, { status: 401 });
  const resource = (url.searchParams.get('resource') ?? '').replace(/\/$/, '');
  const clientId = url.searchParams.get('client_id') ?? '';
  const who = core.principals.find((principal) => principal.clientId === clientId);
  if (who === undefined || resource === '') {
    return Response.json(
      { statusCode: 400, message: `no managed identity ${clientId} for ${resource}` },
      { status: 400 },
    );
  }
  const storage = resource === 'https://storage.azure.com';
  const access_token = await core.tokens.issue({
    audience: resource,
    oid: who.oid,
    clientId: who.clientId,
    roles: rolesFor(core, who, resource),
    ...(storage ? { version: 1 as const } : {}),
  });
  const expires = Math.floor(core.now().getTime() / 1000) + 3_600;
  return Response.json({
    access_token,
    expires_on: String(expires),
    resource,
    token_type: 'Bearer',
    client_id: clientId,
  });
}

/** A token has the roles on what it is for: of Graph its permissions, of the gateway's application its app roles. */
function rolesFor(core: TenantCore, { graph, gateway }: Principal, resource: string): string[] {
  if (resource === core.origin('graph')) return [...graph];
  return resource === WORLD.gateway.appId ? [...gateway] : [];
}
