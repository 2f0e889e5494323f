import { randomUUID } from 'node:crypto';
import type { Application, FederatedIdentityCredential, PermissionScope } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../../core/vendor.ts';
import {
  entity,
  type GraphContext,
  type GraphEnv,
  graphError,
  notFound,
  page,
  parseFilter,
  refusalOf,
  unsupportedQuery,
} from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { ApplicationRow, FederatedCredentialRow, ScopeRow } from '../state/state-applications.ts';
import { credentialsOf, EXPAND_OWNERS, expandedOwners, registerOwnersAndSecrets } from './owners.ts';

const READ = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const WRITE = ['Application.ReadWrite.All'];

/** A subject or an expression, never both. */
const NewCredential = z
  .object({
    name: z.string().min(1),
    issuer: z.url(),
    audiences: z.array(z.string()).min(1),
    description: z.string().nullable().default(null),
    subject: z.string().nullable().default(null),
    claimsMatchingExpression: z
      .object({ value: z.string(), languageVersion: z.literal(1) })
      .nullable()
      .default(null),
  })
  .refine(({ subject, claimsMatchingExpression }) => (subject === null) !== (claimsMatchingExpression === null));

/** App registrations and the federated credentials under them. */
export function registerApplications(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  const find = (key: string): ApplicationRow | undefined => {
    const appId = /^appId=(.+)$/.exec(key)?.[1]?.toLowerCase();
    return appId === undefined
      ? state.applications.get(key)
      : state.applications.where((row) => row.appId.toLowerCase() === appId)[0];
  };

  app.get('/applications', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const expand = c.req.query('$expand') === 'federatedIdentityCredentials';
    const rows = state.applications.all().map((row) => {
      if (c.req.query('$expand') === EXPAND_OWNERS) return { ...applicationOf(row), ...expandedOwners(state, row) };
      const credentials = state.federatedCredentials.where(({ applicationId }) => applicationId === row.id);
      const federatedIdentityCredentials = credentials.map((credential) => credentialOf(c, credential));
      return expand ? { ...applicationOf(row), federatedIdentityCredentials } : applicationOf(row);
    });
    return page(core, c, 'applications', rows, state.switches);
  });

  app.get('/applications/:id', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const row = find(c.req.param('id'));
    return row === undefined ? notFound(c, c.req.param('id')) : entity(core, c, 'applications', applicationOf(row));
  });

  registerOwnersAndSecrets(app, core, state, 'applications', find);

  const path = '/applications/:id/federatedIdentityCredentials';
  app.get(path, (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const parent = find(c.req.param('id'));
    if (parent === undefined) return notFound(c, c.req.param('id'));
    const filter = c.req.query('$filter');
    const parsed = filter === undefined ? undefined : parseFilter(filter);
    const field = (['subject', 'name'] as const).find((name) => name === parsed?.field);
    if (filter !== undefined && (field === undefined || parsed?.operator !== 'eq')) {
      return unsupportedQuery(c, 'Unsupported or invalid query filter clause specified.');
    }
    const rows = state.federatedCredentials.where(
      (row) => row.applicationId === parent.id && (field === undefined || row[field] === parsed?.value),
    );
    return page(
      core,
      c,
      'federatedIdentityCredentials',
      rows.map((row) => credentialOf(c, row)),
      state.switches,
    );
  });

  app.get(`${path}/:credential`, (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const row = findCredential(find(c.req.param('id')), c.req.param('credential'));
    return row === undefined
      ? notFound(c, c.req.param('credential'))
      : entity(core, c, 'federatedIdentityCredentials', credentialOf(c, row));
  });

  app.post(path, async (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const parent = find(c.req.param('id'));
    if (parent === undefined) return notFound(c, c.req.param('id'));
    const body = NewCredential.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return graphError(c, 400, 'Request_BadRequest', 'Invalid value specified for a property.');
    if (findCredential(parent, body.data.name) !== undefined)
      return graphError(c, 409, 'Request_MultipleObjectsWithSameKeyValue', 'A credential of this name exists.');
    const row = state.federatedCredentials.add({ id: randomUUID(), applicationId: parent.id, ...body.data });
    c.status(201);
    return entity(core, c, 'federatedIdentityCredentials', credentialOf(c, row));
  });

  app.delete(`${path}/:credential`, (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const row = findCredential(find(c.req.param('id')), c.req.param('credential'));
    if (row === undefined) return notFound(c, c.req.param('credential'));
    state.federatedCredentials.delete(`${row.applicationId}/${row.id}`);
    return c.body(null, 204);
  });

  function findCredential(parent: ApplicationRow | undefined, key: string): FederatedCredentialRow | undefined {
    return state.federatedCredentials.where(
      (row) => row.applicationId === parent?.id && (row.id === key || row.name === key),
    )[0];
  }
}

export function applicationOf(row: ApplicationRow): Application {
  const { id, appId, displayName, tags, scopes, appRoles = [], identifierUris = [], preAuthorized } = row;
  return {
    id,
    appId,
    displayName,
    tags: [...tags],
    identifierUris: [...identifierUris],
    appRoles: [...appRoles],
    ...credentialsOf(row),
    ...(row.deletedDateTime === undefined ? {} : { deletedDateTime: row.deletedDateTime }),
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: scopes.map(scopeOf),
      preAuthorizedApplications: preAuthorized.map((client) => ({
        appId: client.appId,
        delegatedPermissionIds: [...client.delegatedPermissionIds],
      })),
    },
  };
}

export function scopeOf({ id, value, type = 'User', isEnabled = true }: ScopeRow): PermissionScope {
  return { id, value, type, isEnabled };
}

/** v1.0 knows no expression: a flexible credential shows there without a subject and without what replaces it. */
function credentialOf(
  c: GraphContext,
  row: FederatedCredentialRow,
): Omit<FederatedIdentityCredential, 'subject'> & Pick<FederatedCredentialRow, 'subject'> {
  const { id, name, issuer, audiences, description, subject, claimsMatchingExpression } = row;
  const known = { id, name, issuer, audiences: [...audiences], description, subject };
  return c.req.param('version') === 'beta' ? ({ ...known, claimsMatchingExpression } as typeof known) : known;
}
