import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { type GraphEnv, page, refusalOf } from './reply.ts';
import type { EntraState } from './state/state.ts';

/**
 * Policies of Conditional Access, which no permission of the directory opens. Sources:
 * learn.microsoft.com/graph/api/conditionalaccessroot-list-policies; that 429 names no time:
 * github.com/hashicorp/terraform-provider-azuread/issues/1784
 */
export function registerConditionalAccess(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  let lastAsked = Number.NEGATIVE_INFINITY;
  app.get('/identity/conditionalAccess/policies', (c) => {
    const refused = refusalOf(core, c, ['Policy.Read.All']);
    if (refused !== undefined) return refused;
    const now = core.now().getTime();
    const early = now - lastAsked < 1_000;
    lastAsked = now;
    if (state.switches.conditionalAccessPaced && early) {
      return c.json({ error: { code: 'TooManyRequests', message: 'Too many requests.' } }, 429);
    }
    return page(core, c, 'identity/conditionalAccess/policies', state.conditionalAccess.all(), state.switches);
  });
}
