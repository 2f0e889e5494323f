import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { applicationOf } from '../applications/applications.ts';
import { EXPAND_OWNERS, expandedOwners, READ_APPLICATIONS } from '../applications/owners.ts';
import { entity, type GraphEnv, graphError, notFound, page, refusalOf, unsupportedQuery } from '../reply.ts';
import { caseSensitive, type EntraState } from '../state/state.ts';
import { bare, leaveDateRefusal, USER_DELETE, USER_READ } from './users.ts';

/** `/directory/deletedItems`: what a soft delete keeps for 30 days. */
export function registerDeletedItems(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/directory/deletedItems/microsoft.graph.user', (c) => {
    const refused = refusalOf(core, c, USER_READ) ?? leaveDateRefusal(core, c);
    return refused ?? page(core, c, 'users', state.deletedUsers.all().map(bare), state.switches);
  });

  app.get('/directory/deletedItems/microsoft.graph.application', (c) => {
    const refused = refusalOf(core, c, READ_APPLICATIONS);
    if (refused !== undefined) return refused;
    const expanded = c.req.query('$expand') === EXPAND_OWNERS;
    if (expanded && !state.switches.ownersOfDeletedApplications) return unsupportedQuery(c, 'Unsupported $expand.');
    const rows = state.deletedApplications
      .all()
      .map((row) => ({ ...applicationOf(row), ...(expanded ? expandedOwners(state, row) : {}) }));
    return page(core, c, 'applications', rows, state.switches);
  });

  app.get('/directory/deletedItems/:id/microsoft.graph.user', (c) => {
    const refused = refusalOf(core, c, USER_READ) ?? leaveDateRefusal(core, c);
    if (refused !== undefined) return refused;
    if (!state.switches.castOnDeletedItem) {
      return graphError(c, 400, 'BadRequest', "Resource not found for the segment 'microsoft.graph.user'.");
    }
    const user = state.deletedUsers.get(c.req.param('id'));
    return user === undefined ? notFound(c, c.req.param('id')) : entity(core, c, 'users', bare(user));
  });

  app.get('/directory/deletedItems/:id', (c) => {
    const refused = refusalOf(core, c, USER_READ);
    if (refused !== undefined) return refused;
    const user = state.deletedUsers.get(c.req.param('id'));
    if (user === undefined) return notFound(c, c.req.param('id'));
    const { id, displayName, userPrincipalName, mail, deletedDateTime } = user;
    const defaults = { id, displayName, userPrincipalName, mail, deletedDateTime };
    return entity(core, c, 'directoryObjects', { '@odata.type': '#microsoft.graph.user', ...defaults });
  });

  app.post('/directory/deletedItems/:id/restore', (c) => {
    const refused = refusalOf(core, c, USER_DELETE);
    if (refused !== undefined) return refused;
    const user = state.deletedUsers.get(c.req.param('id'));
    if (user === undefined) return notFound(c, c.req.param('id'));
    state.deletedUsers.delete(user.id);
    const restored = state.users.add({
      ...user,
      userPrincipalName: user.userPrincipalName.slice(user.id.replaceAll('-', '').length),
      deletedDateTime: null,
    });
    core.events.publish({ changeType: 'updated', userId: user.id });
    return entity(core, c, 'directoryObjects', { '@odata.type': '#microsoft.graph.user', ...bare(restored) });
  });

  app.delete('/directory/deletedItems/:id', (c) => {
    const refused = refusalOf(core, c, USER_DELETE);
    if (refused !== undefined) return refused;
    const { id } = c.req.param();
    if (!state.deletedUsers.delete(id)) return notFound(c, id);
    for (const grant of state.grants.where(({ principalId }) => principalId === id))
      state.grants.delete(caseSensitive(grant.id));
    for (const row of state.assignments.where(({ principalId }) => principalId === id)) {
      state.assignments.delete(caseSensitive(row.id));
    }
    core.events.publish({ changeType: 'deleted', userId: id });
    return c.body(null, 204);
  });
}
