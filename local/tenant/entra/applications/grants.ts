import type { OAuth2PermissionGrant } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import { grantIdOf } from '../../../../src/steps/consent/rules/grant-id.ts';
import type { TenantCore } from '../../core/vendor.ts';
import {
  advancedRefusal,
  entity,
  type GraphContext,
  type GraphEnv,
  graphError,
  isAdvanced,
  notFound,
  page,
  parseFilter,
  refusalOf,
  unsupportedQuery,
} from '../reply.ts';
import { caseSensitive, type EntraState } from '../state/state.ts';
import type { GrantRow } from '../state/state-applications.ts';

const WRITE = ['DelegatedPermissionGrant.ReadWrite.All'];
const READ = ['Directory.Read.All', 'Directory.ReadWrite.All', 'DelegatedPermissionGrant.Read.All', ...WRITE];
const FILTERS = ['clientId', 'consentType', 'principalId', 'resourceId'] as const;

const NewGrant = z.object({
  clientId: z.guid(),
  consentType: z.enum(['Principal', 'AllPrincipals']),
  principalId: z.guid().nullable().default(null),
  resourceId: z.guid(),
  scope: z.string(),
});

/** Delegated consent. The id follows from client, resource and principal. */
export function grantRow(grant: Omit<GrantRow, 'id'>): GrantRow {
  const { clientId, resourceId, principalId } = grant;
  return { id: grantIdOf({ clientId, resourceId, ...(principalId === null ? {} : { principalId }) }), ...grant };
}

export function registerGrants(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  const { leftOut, refuses } = state.switches;
  const shown = (rows: readonly GrantRow[]): readonly OAuth2PermissionGrant[] =>
    rows.filter(
      ({ principalId }) =>
        !(state.switches.hideGrantsOfSoftDeleted && state.deletedUsers.get(principalId ?? '') !== undefined),
    );
  const list = (c: GraphContext, rows: readonly GrantRow[]): Response =>
    page(core, c, 'oauth2PermissionGrants', shown(rows), state.switches);

  app.get('/oauth2PermissionGrants', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const filter = c.req.query('$filter');
    if (filter === undefined) return list(c, state.grants.all());
    const parsed = parseFilter(filter);
    const field = FILTERS.find((name) => name === parsed?.field);
    if (parsed?.operator !== 'eq' || field === undefined || (field === 'principalId' && refuses.has(field))) {
      return unsupportedQuery(c, 'Unsupported or invalid query filter clause specified.');
    }
    const refusedQuery = advancedRefusal(c, state.switches);
    if (refusedQuery !== undefined) return refusedQuery;
    const side = field === 'principalId' ? 'person' : isAdvanced(c) ? 'advanced' : 'resource';
    return list(
      c,
      state.grants.where(
        (grant) =>
          grant[field]?.toLowerCase() === parsed.value.toLowerCase() && !leftOut[side].has(grant.principalId ?? ''),
      ),
    );
  });

  app.get('/oauth2PermissionGrants/:id', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const grant = state.grants.get(caseSensitive(c.req.param('id')));
    return grant === undefined
      ? notFound(c, c.req.param('id'))
      : entity(core, c, 'oauth2PermissionGrants', grant satisfies OAuth2PermissionGrant);
  });

  app.post('/oauth2PermissionGrants', async (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const body = NewGrant.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return graphError(c, 400, 'Request_BadRequest', 'Invalid value specified for a property.');
    const row = grantRow(body.data);
    if (row.principalId !== null && state.users.get(row.principalId) === undefined) return notFound(c, row.principalId);
    if (state.grants.get(caseSensitive(row.id)) !== undefined)
      return graphError(c, 409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.');
    const grant = state.grants.add(row);
    c.status(201);
    return entity(core, c, 'oauth2PermissionGrants', grant);
  });

  app.patch('/oauth2PermissionGrants/:id', async (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    const grant = state.grants.get(caseSensitive(c.req.param('id')));
    if (grant === undefined) return notFound(c, c.req.param('id'));
    const body = z.object({ scope: z.string().max(3_850) }).safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return graphError(c, 400, 'Request_BadRequest', 'Invalid value specified for a property.');
    grant.scope = body.data.scope;
    return c.body(null, 204);
  });

  app.delete('/oauth2PermissionGrants/:id', (c) => {
    const refused = refusalOf(core, c, WRITE);
    if (refused !== undefined) return refused;
    return state.grants.delete(caseSensitive(c.req.param('id'))) ? c.body(null, 204) : notFound(c, c.req.param('id'));
  });

  app.get('/users/:id/oauth2PermissionGrants', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const { id } = c.req.param();
    if (state.users.get(id) === undefined) return notFound(c, id);
    return list(
      c,
      state.grants.where((grant) => grant.principalId === id),
    );
  });

  for (const owner of ['users', 'servicePrincipals'] as const) {
    app.on(['DELETE', 'PATCH'], `/${owner}/:id/oauth2PermissionGrants/:grant`, (c) => {
      const message = 'Write requests are only supported on contained entities or navigation properties with bindings.';
      return graphError(c, 400, 'BadRequest', message);
    });
  }
}
