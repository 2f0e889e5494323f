import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { type GraphEnv, page, refusalOf, unsupportedQuery } from './reply.ts';
import type { DirectoryAuditRow, EntraState } from './state.ts';

/**
 * `/auditLogs/directoryAudits`: what was changed in the directory, and by which values. Reading takes two permissions.
 * Source: learn.microsoft.com/graph/api/directoryaudit-list
 */
export function registerDirectoryAudits(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/auditLogs/directoryAudits', (c) => {
    const refused = refusalOf(core, c, ['AuditLog.Read.All']) ?? refusalOf(core, c, ['Directory.Read.All']);
    if (refused !== undefined) return refused;
    const [, activity] = /^activityDisplayName eq '([^']*)'$/.exec(c.req.query('$filter') ?? '') ?? [];
    if (activity === undefined) return unsupportedQuery(c, 'Invalid filter clause.');
    const rows = state.directoryAudits.filter(({ activityDisplayName }) => activityDisplayName === activity);
    return page(core, c, 'auditLogs/directoryAudits', rows.map(shown), state.switches);
  });
}

/** Values are JSON lists in a text: `["old@firm.example"]`. */
function shown({
  id,
  activityDateTime,
  activityDisplayName,
  targetId,
  property,
  before,
  after,
}: DirectoryAuditRow): object {
  return {
    id,
    activityDateTime,
    activityDisplayName,
    category: 'UserManagement',
    result: 'success',
    targetResources: [
      {
        id: targetId,
        type: 'User',
        modifiedProperties: [
          { displayName: property, oldValue: JSON.stringify(before), newValue: JSON.stringify(after) },
        ],
      },
    ],
  };
}
