import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { type GraphEnv, graphError, page, refusalOf, unsupportedQuery } from '../reply.ts';
import type { EntraState } from '../state/state.ts';

const FILTER =
  /^userId eq '([^']*)' and createdDateTime ge ([\w:.-]+)( and signInEventTypes\/any\(t: ?t eq 'nonInteractiveUser'\))?$/;

/**
 * `/auditLogs/signIns`: v1.0 has those at which somebody typed something, beta the others as well, where they are asked
 * for. Source: learn.microsoft.com/graph/api/signin-list
 */
export function registerSignIns(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/auditLogs/signIns', (c) => {
    const refused = refusalOf(core, c, ['AuditLog.Read.All']) ?? refusalOf(core, c, ['Directory.Read.All']);
    if (refused !== undefined) return refused;
    if (!state.switches.premium) {
      const code = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';
      return graphError(c, 403, code, 'Neither tenant is B2C or tenant does not have premium license.');
    }
    const [, userId, since, silent] = FILTER.exec(c.req.query('$filter') ?? '') ?? [];
    if (userId === undefined || since === undefined) return unsupportedQuery(c, 'Invalid filter clause.');
    if (silent !== undefined && c.req.param('version') !== 'beta') return unsupportedQuery(c, 'Invalid filter clause.');
    const rows = state.signIns
      .filter((row) => row.userId === userId && row.interactive === (silent === undefined))
      .filter((row) => Date.parse(row.createdDateTime) >= Date.parse(since))
      .map(({ id, createdDateTime, appDisplayName, status }) => ({
        id,
        userId,
        createdDateTime,
        appDisplayName,
        status: { errorCode: status },
      }));
    return page(core, c, 'auditLogs/signIns', rows, state.switches);
  });
}
