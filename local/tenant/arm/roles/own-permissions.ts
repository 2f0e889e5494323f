import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { armOk } from '../answers.ts';
import type { ArmState } from '../state.ts';
import { guard, heldBy, scopeKindsOf } from './guard.ts';

const LIST = '/providers/microsoft.authorization/permissions';

/** What the caller may do on a scope, as `Microsoft.Authorization/permissions` lists it: one entry a role. */
export function ownPermissionRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  const resource = '/subscriptions/:sub/resourcegroups/:rg/providers/:namespace/:type/:name';
  for (const scope of ['/subscriptions/:sub', resource, `${resource}/:child/:childName`]) {
    app.get(`${scope}${LIST}`, async (c) => {
      const path = new URL(c.req.url).pathname.toLowerCase().replace(LIST, '');
      const refused = await guard(core, state, c.req.raw, {
        action: 'Microsoft.Authorization/permissions/read',
        scope: path,
        subscriptionId: c.req.param('sub') ?? '',
        apiVersions: ['2022-04-01', '2018-07-01'],
      });
      if (refused !== undefined) return refused;
      const held = await heldBy(core, c.req.raw);
      const here = scopeKindsOf(path).map((kind) => `@${kind}`);
      const actions = [...held].filter((action) => !action.includes('@') || here.some((kind) => action.endsWith(kind)));
      // One entry a role, and here each role gives one action.
      const entries = actions.map((action) => ({
        actions: [action.replace(/@.*/, '')],
        notActions: [],
        dataActions: [],
        notDataActions: [],
      }));
      const url = new URL(c.req.url);
      const start = Number(url.searchParams.get('$skiptoken') ?? '0');
      const end = start + state.permissionsPageSize;
      url.searchParams.set('$skiptoken', String(end));
      const more = end < entries.length ? { nextLink: `${core.origin('arm')}${url.pathname}${url.search}` } : {};
      return armOk({ value: entries.slice(start, end), ...more });
    });
  }
}
