import type { ProvisioningObjectSummary } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphEnv, page, refusalOf, unsupportedQuery } from '../reply.ts';
import type { EntraState } from '../state/state.ts';
import type { ProvisioningRow } from '../state/state-logs.ts';

/**
 * `/auditLogs/provisioning`: which person's object became which account elsewhere. Reading takes two permissions.
 * Source: learn.microsoft.com/graph/api/provisioningobjectsummary-list
 */
export function registerProvisioningLog(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/auditLogs/provisioning', (c) => {
    const refused = refusalOf(core, c, ['AuditLog.Read.All']) ?? refusalOf(core, c, ['Directory.Read.All']);
    if (refused !== undefined) return refused;
    const filter = c.req.query('$filter') ?? '';
    const [, side, id] = /^(sourceIdentity|targetIdentity)\/id eq '([^']*)'$/.exec(filter) ?? [];
    if (id === undefined) return unsupportedQuery(c, 'Invalid filter clause.');
    const rows = state.provisioning.filter(({ sourceId, targetId }) =>
      side === 'sourceIdentity' ? sourceId === id : targetId === id,
    );
    return page(core, c, 'auditLogs/provisioning', rows.map(shown), state.switches);
  });
}

function shown(row: ProvisioningRow): ProvisioningObjectSummary {
  const { id, activityDateTime, provisioningAction, status, sourceId, targetId, targetName, application } = row;
  return {
    id,
    activityDateTime,
    provisioningAction,
    provisioningStatusInfo: { status },
    servicePrincipal: { displayName: application },
    sourceIdentity: { id: sourceId, identityType: 'User' },
    sourceSystem: { displayName: 'Microsoft Entra ID' },
    targetIdentity: { id: targetId, displayName: targetName, identityType: 'User' },
    targetSystem: { displayName: application },
  };
}
