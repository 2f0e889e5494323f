import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armError, armOk } from './answers.ts';
import { heldBy } from './roles/guard.ts';
import type { ArmState } from './state.ts';

/** `/subscriptions`: those in which the caller has a role at all. Whoever has none gets an empty list. */
export function subscriptionRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  app.get('/subscriptions', async (c) => {
    const token = await core.tokens.verify(c.req.header('authorization'), core.origin('arm'));
    if ('refused' in token) return armError(401, 'InvalidAuthenticationToken', 'The access token is invalid.');
    if (!['2020-01-01', '2022-12-01'].includes(c.req.query('api-version') ?? '')) {
      return armError(400, 'InvalidApiVersionParameter', 'The api-version is invalid.');
    }
    const held = await heldBy(core, c.req.raw);
    const seen = held.size === 0 ? [] : [...state.subscriptions];
    return armOk({
      value: seen.map((id) => ({
        id: `/subscriptions/${id}`,
        subscriptionId: id,
        tenantId: core.tenantId,
        displayName: `sub-${id.slice(0, 8)}`,
        state: 'Enabled',
        authorizationSource: 'RoleBased',
      })),
      count: { type: 'Total', value: seen.length },
    });
  });
}
