import type { Subscription } from '@microsoft/microsoft-graph-types';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../core/vendor.ts';
import { entity, type GraphEnv, graphError, notFound, refusalOf } from './reply.ts';
import type { EntraState } from './state.ts';

/** The longest and the shortest that a subscription to users lasts, in milliseconds; less is raised to the latter. */
export const LONGEST_SUBSCRIPTION_MS = 41_760 * 60_000;
const SHORTEST_SUBSCRIPTION_MS = 45 * 60_000;

/** The subscription through which changes of users reach the app: it ends unless it is renewed. */
export function registerSubscriptions(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  app.get('/subscriptions/:id', (c) => {
    const refused = refusalOf(core, c, ['User.Read.All']);
    if (refused !== undefined) return refused;
    const row: Subscription | undefined = state.subscriptions.get(c.req.param('id'));
    return row === undefined ? notFound(c, c.req.param('id')) : entity(core, c, 'subscriptions', row);
  });

  app.patch('/subscriptions/:id', async (c) => {
    const refused = refusalOf(core, c, ['User.Read.All']);
    if (refused !== undefined) return refused;
    const row = state.subscriptions.get(c.req.param('id'));
    if (row === undefined) return notFound(c, c.req.param('id'));
    const body = z
      .object({ expirationDateTime: z.iso.datetime() })
      .safeParse(await c.req.json().catch(() => undefined));
    const lifetime = body.success ? Date.parse(body.data.expirationDateTime) - core.now().getTime() : Number.NaN;
    if (!(lifetime <= LONGEST_SUBSCRIPTION_MS)) {
      return graphError(c, 400, 'ValidationError', 'Subscription expiration can only be 41760 minutes in the future.');
    }
    const ends = core.now().getTime() + Math.max(lifetime, SHORTEST_SUBSCRIPTION_MS);
    row.expirationDateTime = new Date(ends).toISOString();
    return entity(core, c, 'subscriptions', row satisfies Subscription);
  });
}
