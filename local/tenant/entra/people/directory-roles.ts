import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphEnv, page, parseFilter, refusalOf, unsupportedQuery } from '../reply.ts';
import type { EntraState } from '../state/state.ts';

/** Roles of the directory, held for good. Source: learn.microsoft.com/graph/api/rbacapplication-list-roleassignments */
export function registerDirectoryRoles(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/roleManagement/directory/roleAssignments', (c) => {
    const refused = refusalOf(core, c, ['RoleManagement.Read.Directory', 'Directory.Read.All']);
    if (refused !== undefined) return refused;
    const filter = parseFilter(c.req.query('$filter') ?? '');
    if (filter?.field !== 'principalId' || filter.operator !== 'eq')
      return unsupportedQuery(c, 'Invalid filter clause.');
    const rows = state.directoryRoles
      .filter(({ principalId }) => principalId === filter.value)
      .map(({ id, principalId, roleDefinitionId, roleName }) => ({
        id,
        principalId,
        roleDefinitionId,
        directoryScopeId: '/',
        roleDefinition: { id: roleDefinitionId, displayName: roleName },
      }));
    return page(core, c, 'roleManagement/directory/roleAssignments', rows, state.switches);
  });
}
