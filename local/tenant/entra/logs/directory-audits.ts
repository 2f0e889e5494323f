import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphEnv, page, refusalOf, unsupportedQuery } from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { DirectoryAuditRow } from '../state/state-logs.ts';

/**
 * `/auditLogs/directoryAudits`: what was changed in the directory, and by which values. Reading takes two permissions.
 * Source: learn.microsoft.com/graph/api/directoryaudit-list
 */
export function registerDirectoryAudits(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/auditLogs/directoryAudits', (c) => {
    const refused = refusalOf(core, c, ['AuditLog.Read.All']) ?? refusalOf(core, c, ['Directory.Read.All']);
    if (refused !== undefined) return refused;
    const filter = c.req.query('$filter') ?? '';
    const [, activity] = /^activityDisplayName eq '([^']*)'$/.exec(filter) ?? [];
    const [, start] = /^startswith\(activityDisplayName, ?'([^']*)'\)$/.exec(filter) ?? [];
    const [, person] = /^initiatedBy\/user\/id eq '([^']*)'$/.exec(filter) ?? [];
    const [, until] = /^activityDateTime le (\S+)$/.exec(filter) ?? [];
    if (activity === undefined && start === undefined && person === undefined && until === undefined) {
      return unsupportedQuery(c, 'Invalid filter clause.');
    }
    const rows = state.directoryAudits.filter(
      ({ activityDisplayName: name, initiatedBy, activityDateTime: at }) =>
        (until === undefined || Date.parse(at) <= Date.parse(until)) &&
        (activity === undefined || name === activity) &&
        (start === undefined || name.startsWith(start)) &&
        (person === undefined || initiatedBy === person),
    );
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
  initiatedBy,
  targetType,
}: DirectoryAuditRow): object {
  return {
    id,
    activityDateTime,
    activityDisplayName,
    category: targetType === undefined ? 'UserManagement' : 'ApplicationManagement',
    result: 'success',
    initiatedBy: initiatedBy === undefined ? { app: { displayName: 'Provisioning' } } : { user: { id: initiatedBy } },
    targetResources: [
      {
        id: targetId,
        type: targetType ?? 'User',
        modifiedProperties: [
          {
            displayName: property,
            oldValue: before === 'not-told' ? null : JSON.stringify(before),
            newValue: JSON.stringify(after),
          },
        ],
      },
    ],
  };
}
