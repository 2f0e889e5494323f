import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armOk } from './answers.ts';
import { guard, heldBy } from './guard.ts';
import type { ArmState } from './state.ts';

/** Container groups and vaults of a subscription. Azure leaves out of such a list what its reader may not read. */
export function listedResourceRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  const kinds = [
    ['Microsoft.ContainerInstance/containerGroups', ['2023-05-01'], state.containerGroups],
    ['Microsoft.KeyVault/vaults', ['2023-07-01'], state.vaults],
  ] as const;
  for (const [type, apiVersions, rows] of kinds) {
    app.get(`/subscriptions/:sub/providers/${type.toLowerCase()}`, async (c) => {
      const subscriptionId = c.req.param('sub');
      const scope = `/subscriptions/${subscriptionId}`;
      const refused = await guard(core, state, c.req.raw, { action: undefined, scope, subscriptionId, apiVersions });
      if (refused !== undefined) return refused;
      const held = await heldBy(core, c.req.raw);
      const shown = held.has(`${type}/read`) ? rows.where((row) => row.subscriptionId === subscriptionId) : [];
      state.betweenPages();
      return armOk({ value: shown.map(({ id, name, properties }) => ({ id, name, type, properties })) });
    });
  }
}
