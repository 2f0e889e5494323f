import { randomUUID } from 'node:crypto';
import type { Subscription } from '@microsoft/microsoft-graph-types';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import type { TenantCore } from '../core/vendor.ts';
import { entity, type GraphEnv, graphError, notFound, page, refusalOf } from './reply.ts';
import type { EntraState, SubscriptionRow } from './state/state.ts';

/** The longest and the shortest that a subscription to users lasts, in milliseconds; less is raised to the latter. */
export const LONGEST_SUBSCRIPTION_MS = 41_760 * 60_000;
const SHORTEST_SUBSCRIPTION_MS = 45 * 60_000;

const NewSubscription = z.object({
  resource: z.literal('users'),
  changeType: z.literal('updated,deleted'),
  notificationUrl: z
    .string()
    .regex(/^EventGrid:\?azuresubscriptionid=[^&]+&resourcegroup=[^&]+&partnertopic=[^&]+&location=[a-z0-9]+$/),
  lifecycleNotificationUrl: z.string(),
  expirationDateTime: z.iso.datetime(),
});

/** The subscription through which changes of users reach the app: it ends unless it is renewed. */
export function registerSubscriptions(app: Hono<GraphEnv>, core: TenantCore, state: EntraState): void {
  /** When a subscription that shall end then does end; undefined where that is too far away. */
  const endOf = (expirationDateTime: string): string | undefined => {
    const lifetime = Date.parse(expirationDateTime) - core.now().getTime();
    if (!(lifetime <= LONGEST_SUBSCRIPTION_MS)) return undefined;
    return new Date(core.now().getTime() + Math.max(lifetime, SHORTEST_SUBSCRIPTION_MS)).toISOString();
  };
  const tooLong = (c: Context<GraphEnv>): Response =>
    graphError(c, 400, 'ValidationError', 'Subscription expiration can only be 41760 minutes in the future.');

  app.get('/subscriptions', (c) => {
    const refused = refusalOf(core, c, ['User.Read.All']);
    return refused ?? page(core, c, 'subscriptions', state.subscriptions.all(), state.switches);
  });

  app.post('/subscriptions', async (c) => {
    const refused = refusalOf(core, c, ['User.Read.All']);
    if (refused !== undefined) return refused;
    const body = NewSubscription.safeParse(await c.req.json().catch(() => undefined));
    // Both must name the same partner topic.
    if (!body.success || body.data.lifecycleNotificationUrl !== body.data.notificationUrl)
      return graphError(c, 400, 'ValidationError', 'The subscription is not valid.');
    const expirationDateTime = endOf(body.data.expirationDateTime);
    if (expirationDateTime === undefined) return tooLong(c);
    const row: SubscriptionRow = { id: randomUUID(), ...body.data, expirationDateTime };
    state.subscriptions.add(row);
    c.status(201);
    return entity(core, c, 'subscriptions', row satisfies Subscription);
  });

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
    const expirationDateTime = body.success ? endOf(body.data.expirationDateTime) : undefined;
    if (expirationDateTime === undefined) return tooLong(c);
    row.expirationDateTime = expirationDateTime;
    return entity(core, c, 'subscriptions', row satisfies Subscription);
  });
}
