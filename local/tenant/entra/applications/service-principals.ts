import { createHash, randomUUID } from 'node:crypto';
import type { AppRoleAssignment, ServicePrincipal } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../../core/vendor.ts';
import {
  advancedRefusal,
  entity,
  type GraphEnv,
  graphError,
  isAdvanced,
  notFound,
  page,
  parseAlternatives,
  parseFilter,
  refusalOf,
  unsupportedQuery,
} from '../reply.ts';
import { caseSensitive, type EntraState } from '../state/state.ts';
import type { AssignmentRow, ServicePrincipalRow } from '../state/state-applications.ts';
import { scopeOf } from './applications.ts';
import { credentialsOf, EXPAND_OWNERS, expandedOwners, registerOwnersAndSecrets } from './owners.ts';

const READ = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const WRITE_ASSIGNMENT = ['AppRoleAssignment.ReadWrite.All'];
const NewAssignment = z.object({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() });

/**
 * Ids of assignments begin with the principal's id; the rest looks random (observed in the reference's samples). Here
 * it is the same for the same assignment.
 */
export function assignmentRow(row: Omit<AssignmentRow, 'id'>): AssignmentRow {
  const principal = Buffer.from(row.principalId.replaceAll('-', ''), 'hex');
  const rest = createHash('sha256').update(`${row.resourceId} ${row.appRoleId}`).digest().subarray(0, 16);
  return { id: Buffer.concat([principal, rest]).toString('base64url'), ...row };
}

/** Service principals and the app roles that were assigned on them. */
export function registerServicePrincipals(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  const find = (key: string): ServicePrincipalRow | undefined => {
    const appId = /^appId=(.+)$/.exec(key)?.[1]?.toLowerCase();
    return appId === undefined
      ? state.servicePrincipals.get(key)
      : state.servicePrincipals.where((row) => row.appId.toLowerCase() === appId)[0];
  };

  app.get('/servicePrincipals', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const filter = c.req.query('$filter');
    const one = parseFilter(filter ?? '');
    const wanted = one?.operator === 'eq' ? { field: one.field, values: [one.value] } : parseAlternatives(filter ?? '');
    const field = (['id', 'appId'] as const).find((name) => name === wanted?.field);
    if (filter !== undefined && field === undefined) {
      return unsupportedQuery(c, 'Unsupported or invalid query filter clause specified.');
    }
    const rows = state.servicePrincipals.where(
      (row) => field === undefined || wanted?.values.includes(row[field]) === true,
    );
    const expanded = c.req.query('$expand') === EXPAND_OWNERS;
    const shown = rows.map((row) => ({
      ...principalOf(state, core, row),
      ...(expanded ? expandedOwners(state, row) : {}),
    }));
    return page(core, c, 'servicePrincipals', shown, state.switches);
  });

  registerOwnersAndSecrets(app, core, state, 'servicePrincipals', find);

  app.get('/servicePrincipals/:id', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const row = find(c.req.param('id'));
    return row === undefined
      ? notFound(c, c.req.param('id'))
      : entity(core, c, 'servicePrincipals', principalOf(state, core, row));
  });

  app.get('/servicePrincipals/:id/appRoleAssignedTo', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const resource = find(c.req.param('id'));
    if (resource === undefined) return notFound(c, c.req.param('id'));
    const refusedQuery = advancedRefusal(c, state.switches);
    if (refusedQuery !== undefined) return refusedQuery;
    const { hideRolesOfSoftDeleted: hides, leftOut } = state.switches;
    const out = leftOut[isAdvanced(c) ? 'advanced' : 'resource'];
    const rows: AppRoleAssignment[] = state.assignments.where(
      ({ resourceId, principalId }) =>
        resourceId === resource.id &&
        !out.has(principalId) &&
        !(hides && state.deletedUsers.get(principalId) !== undefined),
    );
    return page(core, c, 'appRoleAssignments', rows, state.switches);
  });

  app.get('/servicePrincipals/:id/appRoleAssignedTo/:assignment', (c) => {
    const refused = refusalOf(core, c, READ);
    if (refused !== undefined) return refused;
    const row = assignmentOf(find(c.req.param('id')), c.req.param('assignment'));
    return row === undefined
      ? notFound(c, c.req.param('assignment'))
      : entity(core, c, 'appRoleAssignments', row satisfies AppRoleAssignment);
  });

  app.post('/servicePrincipals/:id/appRoleAssignedTo', async (c) => {
    const refused = refusalOf(core, c, WRITE_ASSIGNMENT);
    if (refused !== undefined) return refused;
    const resource = find(c.req.param('id'));
    if (resource === undefined) return notFound(c, c.req.param('id'));
    const body = NewAssignment.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success || body.data.resourceId !== resource.id)
      return graphError(c, 400, 'Request_BadRequest', 'Invalid value specified for a property.');
    const { principalId, appRoleId } = body.data;
    const holder = principalIn(principalId);
    if (holder === undefined) return notFound(c, principalId);
    const known = state.assignments.where((row) => row.resourceId === resource.id && row.principalId === principalId);
    if (known.some((row) => row.appRoleId === appRoleId)) {
      const message = 'Permission being assigned already exists on the object';
      return graphError(c, 400, 'Request_BadRequest', message);
    }
    const row = state.assignments.add({
      ...assignmentRow({
        ...{ appRoleId, principalId, ...holder, resourceId: resource.id, resourceDisplayName: resource.displayName },
        createdDateTime: new Date().toISOString(),
      }),
      // Another one than any before.
      id: Buffer.from(`${principalId.slice(0, 8)} ${randomUUID()}`).toString('base64url'),
    });
    c.status(201);
    return entity(core, c, 'appRoleAssignments', row satisfies AppRoleAssignment);
  });

  function principalIn(id: string): Pick<AssignmentRow, 'principalType' | 'principalDisplayName'> | undefined {
    const kinds = [
      ['User', state.users.get(id)],
      ['Group', state.groups.get(id)],
      ['ServicePrincipal', state.servicePrincipals.get(id)],
    ] as const;
    for (const [principalType, row] of kinds)
      if (row !== undefined) return { principalType, principalDisplayName: row.displayName ?? id };
    return undefined;
  }

  app.delete('/servicePrincipals/:id/appRoleAssignedTo/:assignment', (c) => {
    const refused = refusalOf(core, c, WRITE_ASSIGNMENT);
    if (refused !== undefined) return refused;
    const row = assignmentOf(find(c.req.param('id')), c.req.param('assignment'));
    if (row === undefined) return notFound(c, c.req.param('assignment'));
    state.assignments.delete(caseSensitive(row.id));
    return c.body(null, 204);
  });

  function assignmentOf(resource: ServicePrincipalRow | undefined, id: string): AssignmentRow | undefined {
    const row = state.assignments.get(caseSensitive(id));
    return row?.resourceId === resource?.id ? row : undefined;
  }
}

function principalOf(state: EntraState, core: TenantCore, row: ServicePrincipalRow): ServicePrincipal {
  const { id, appId, displayName, appRoleAssignmentRequired, appRoles, servicePrincipalType = 'Application' } = row;
  const registration = state.applications.where((each) => each.appId.toLowerCase() === appId.toLowerCase())[0];
  return {
    id,
    appId,
    displayName,
    accountEnabled: true,
    appRoleAssignmentRequired,
    appRoles,
    servicePrincipalType,
    appOwnerOrganizationId: row.appOwnerOrganizationId === undefined ? core.tenantId : row.appOwnerOrganizationId,
    servicePrincipalNames: [...(row.servicePrincipalNames ?? [appId, ...(registration?.identifierUris ?? [])])],
    oauth2PermissionScopes: (row.scopes ?? registration?.scopes ?? []).map(scopeOf),
    ...credentialsOf(row),
  };
}
