import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armOk, resourceNotFound } from './answers.ts';
import { guard } from './roles/guard.ts';
import type { ArmState } from './state.ts';

const NETWORK = '/subscriptions/:sub/resourcegroups/:rg/providers/microsoft.network';

/** Subnets and security groups, one by one. Source: learn.microsoft.com/rest/api/virtualnetwork */
export function networkRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  for (const [type, path] of [
    ['virtualNetworks/subnets', 'virtualnetworks/:vnet/subnets/:name'],
    ['networkSecurityGroups', 'networksecuritygroups/:name'],
  ] as const) {
    app.get(`${NETWORK}/${path}`, async (c) => {
      const { pathname } = new URL(c.req.url);
      const refused = await guard(core, state, c.req.raw, {
        action: `Microsoft.Network/${type}/read`,
        scope: pathname,
        subscriptionId: c.req.param('sub') ?? '',
        apiVersions: ['2024-05-01'],
      });
      if (refused !== undefined) return refused;
      const row = state.networkObjects.get(pathname);
      if (row === undefined) return resourceNotFound(pathname);
      return armOk({ ...row, name: row.id.split('/').at(-1), type: `Microsoft.Network/${type}`, etag: 'W/"1"' });
    });
  }
}
