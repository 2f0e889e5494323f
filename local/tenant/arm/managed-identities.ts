import { setTimeout as delay } from 'node:timers/promises';
import type { Context, Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armEmpty, armError, armOk, resourceNotFound } from './answers.ts';
import { guard, heldBy } from './roles/guard.ts';
import type { ArmState } from './state.ts';
import type { ArmCredential, ArmIdentity } from './state-identities.ts';

const GENERAL = ['2018-11-30', '2023-01-31', '2024-11-30'];
const PREVIEW = ['2025-01-31-preview', '2025-05-31-preview'];
const ACTION = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const IDENTITIES = '/subscriptions/:sub/providers/microsoft.managedidentity/userassignedidentities';
const IDENTITY =
  '/subscriptions/:sub/resourcegroups/:rg/providers/microsoft.managedidentity/userassignedidentities/:id';

/** User-assigned identities and their federated credentials, as the resource provider Microsoft.ManagedIdentity. */
export function managedIdentityRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  const versions = (): string[] => (state.previewVersions ? [...GENERAL, ...PREVIEW] : GENERAL);
  const askedOf = (c: Context) => ({
    scope: new URL(c.req.url).pathname,
    subscriptionId: c.req.param('sub') ?? '',
    apiVersions: versions(),
  });
  const refuse = (c: Context, action: string): Promise<Response | undefined> =>
    guard(core, state, c.req.raw, { ...askedOf(c), action: `${ACTION}/${action}` });
  const identityOf = (c: Context): ArmIdentity | undefined => {
    const { sub, rg, id } = c.req.param() as Record<string, string>;
    return state.identities.where(
      (row) => row.subscriptionId === sub && row.resourceGroup.toLowerCase() === rg && row.name.toLowerCase() === id,
    )[0];
  };

  const onePage = <T>(
    url: URL,
    start: number,
    all: readonly T[],
    body: (row: T) => unknown,
    size = state.pageSize,
  ): Response => {
    const end = start + size;
    const empty = state.pages === 'empty-page' && start > 0;
    const value = empty ? [] : all.slice(start, end).map(body);
    const last = end >= all.length || empty;
    state.betweenPages();
    url.searchParams.set('$skiptoken', String(end));
    return armOk(last ? { value } : { value, nextLink: `${core.origin('arm')}${url.pathname}${url.search}` });
  };

  app.get(IDENTITIES, async (c) => {
    const refused = await guard(core, state, c.req.raw, { ...askedOf(c), action: undefined });
    if (refused !== undefined) return refused;
    const url = new URL(c.req.url);
    const start = Number(url.searchParams.get('$skiptoken') ?? '0');
    // A list of a subscription leaves out what its reader may not read, and says nothing of it.
    const held = await heldBy(core, c.req.raw);
    const all = state.identities.where(
      ({ subscriptionId, resourceGroup }) =>
        subscriptionId === c.req.param('sub') &&
        (held.has(`${ACTION}/read`) ||
          held.has(`${ACTION}/read@subscriptions`) ||
          held.has(`${ACTION}/read@${resourceGroup.toLowerCase()}`)),
    );
    return onePage(url, start, all, (row) => identityBody(row, core.tenantId));
  });

  app.get(`${IDENTITY}/federatedidentitycredentials`, async (c) => {
    const refused = await refuse(c, 'federatedIdentityCredentials/read');
    if (refused !== undefined) return refused;
    const identity = identityOf(c);
    if (identity === undefined) return parentNotFound(c);
    const preview = isPreview(c);
    // Declared by the specification: `$top`, and `$skiptoken` in a link that the vendor makes up.
    const url = new URL(c.req.url);
    const start = Number(url.searchParams.get('$skiptoken') ?? '0');
    const size = Math.min(Number(url.searchParams.get('$top') ?? Number.POSITIVE_INFINITY), state.credentialPageSize);
    return onePage(url, start, identity.credentials.all(), (row) => credentialBody(identity, row, preview), size);
  });

  app.get(`${IDENTITY}/federatedidentitycredentials/:fic`, async (c) => {
    const refused = await refuse(c, 'federatedIdentityCredentials/read');
    if (refused !== undefined) return refused;
    const identity = identityOf(c);
    if (identity === undefined) return parentNotFound(c);
    const row = identity.credentials.get(c.req.param('fic'));
    if (row === undefined) return resourceNotFound(new URL(c.req.url).pathname);
    return armOk(credentialBody(identity, row, isPreview(c)));
  });

  app.put(`${IDENTITY}/federatedidentitycredentials/:fic`, async (c) => {
    const refused = await refuse(c, 'federatedIdentityCredentials/write');
    if (refused !== undefined) return refused;
    const identity = identityOf(c);
    if (identity === undefined) return parentNotFound(c);
    const { properties } = (await c.req.json()) as { properties?: Partial<ArmCredential> };
    const { issuer, subject, audiences } = properties ?? {};
    if (issuer === undefined || subject === undefined || audiences === undefined)
      return armError(400, 'BadRequest', 'Issuer, subject and audiences are required.');
    if (identity.writing) return writtenAtOnce(identity);
    identity.writing = true;
    await delay(state.writeMs);
    identity.writing = false;
    // Paths are routed in lower case; a name keeps its own.
    const name = decodeURIComponent(new URL(c.req.raw.url).pathname.split('/').at(-1) ?? '');
    const row = identity.credentials.add({ name, issuer, subject, audiences });
    return armOk(credentialBody(identity, row, isPreview(c)));
  });

  app.delete(`${IDENTITY}/federatedidentitycredentials/:fic`, async (c) => {
    const refused = await refuse(c, 'federatedIdentityCredentials/delete');
    if (refused !== undefined) return refused;
    const identity = identityOf(c);
    if (identity === undefined) return parentNotFound(c);
    if (identity.locked) {
      const message = `The scope '${identity.id}' cannot perform delete operation because following scope(s) are locked: '${identity.id}'. Please remove the lock and try again.`;
      return armError(409, 'ScopeLocked', message);
    }
    if (identity.writing) return writtenAtOnce(identity);
    identity.writing = true;
    await delay(state.writeMs);
    identity.writing = false;
    return armEmpty(identity.credentials.delete(c.req.param('fic')) ? 200 : 204);
  });
}

function writtenAtOnce({ id }: ArmIdentity): Response {
  const code = 'ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity';
  const message = `Too many Federated Identity Credentials are written concurrently for the managed identity '${id}'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported.`;
  return armError(409, code, message);
}

const isPreview = (c: Context): boolean => c.req.query('api-version')?.endsWith('-preview') === true;

function identityBody(row: ArmIdentity, tenantId: string): unknown {
  return {
    id: row.id,
    name: row.name,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    location: row.location,
    tags: row.tags,
    properties: { tenantId, principalId: row.principalId, clientId: row.clientId },
  };
}

/** A general api-version answers for a flexible credential as well, without what it trusts. */
function credentialBody(identity: ArmIdentity, row: ArmCredential, preview: boolean): unknown {
  const flexible =
    preview && row.expression !== undefined
      ? { claimsMatchingExpression: { value: row.expression, languageVersion: 1 } }
      : {};
  return {
    id: `${identity.id}/federatedIdentityCredentials/${row.name}`,
    name: row.name,
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
    properties: {
      issuer: row.issuer,
      ...(row.subject === undefined ? {} : { subject: row.subject }),
      audiences: row.audiences,
      ...flexible,
    },
  };
}

function parentNotFound(c: Context): Response {
  const id = new URL(c.req.url).pathname.replace(/\/federatedidentitycredentials.*$/i, '');
  return armError(
    404,
    'ParentResourceNotFound',
    `Failed to perform operation: the parent resource '${id}' could not be found.`,
  );
}
