import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armOk, resourceNotFound } from './answers.ts';
import { guard } from './roles/guard.ts';
import type { ArmState } from './state.ts';

const TABLE =
  '/subscriptions/:sub/resourcegroups/:rg/providers/microsoft.operationalinsights/workspaces/:workspace/tables/:table';

/** Tables of Log Analytics workspaces: how long they keep what they hold. */
export function tableRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  app.get(TABLE, async (c) => {
    const { pathname } = new URL(c.req.url);
    const refused = await guard(core, state, c.req.raw, {
      action: 'Microsoft.OperationalInsights/workspaces/tables/read',
      scope: pathname,
      subscriptionId: c.req.param('sub'),
      apiVersions: ['2022-10-01', '2023-09-01'],
    });
    if (refused !== undefined) return refused;
    const row = state.tables.get(pathname);
    if (row === undefined) return resourceNotFound(pathname);
    return armOk({
      id: `${row.workspaceId}/tables/${row.name}`,
      name: row.name,
      properties: {
        retentionInDays: row.retentionInDays,
        totalRetentionInDays: row.totalRetentionInDays,
        archiveRetentionInDays: row.totalRetentionInDays - row.retentionInDays,
        ...(row.plan === undefined ? {} : { plan: row.plan }),
        provisioningState: 'Succeeded',
        schema: { name: row.name, tableType: 'CustomLog' },
      },
    });
  });
}
