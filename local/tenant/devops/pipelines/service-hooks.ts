import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { answer, list, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import type { DevOpsState } from '../state/state.ts';
import type { Hook } from '../state/state-connections.ts';

const WANTED = { scope: 'vso.build' } as const;
const STATUSES = [
  'enabled',
  'onProbation',
  'disabledByUser',
  'disabledBySystem',
  'disabledByInactiveIdentity',
] as const;

/** `_apis/hooks/subscriptions`: what is told of the organisation's events. */
export function hookRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  const subscriptions = '/:organisation/_apis/hooks/subscriptions';

  app.get(subscriptions, async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const seen = state.hooks.where(({ id }) => !state.behaviour.unseen.has(`PublisherSecurity/${id}`));
    return list(state, seen.map(shape));
  });

  app.get(`${subscriptions}/:id`, async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const hook = state.hooks.get(c.req.param('id'));
    return hook === undefined ? noHook(state) : answer(state, shape(hook));
  });

  app.put(`${subscriptions}/:id`, async (c) => {
    const refused = await guard(core, state, c.req.raw, WANTED);
    if (refused !== undefined) return refused;
    const hook = state.hooks.get(c.req.param('id'));
    if (hook === undefined) return noHook(state);
    const body: { readonly status?: unknown; readonly consumerId?: unknown } = await c.req.json();
    const status = STATUSES.find((each) => each === body.status);
    if (status === undefined || body.consumerId !== hook.consumerId) {
      return problem(state, 400, 'ArgumentException', 'The whole subscription is expected.');
    }
    hook.status = status;
    return answer(state, shape(hook));
  });
}

function noHook(state: DevOpsState): Response {
  return problem(state, 404, 'SubscriptionNotFoundException', 'The subscription could not be found.');
}

/** Inputs that are credentials come masked. */
function shape(hook: Hook): unknown {
  return {
    id: hook.id,
    status: hook.status,
    publisherId: 'tfs',
    eventType: hook.eventType,
    resourceVersion: '1.0',
    consumerId: hook.consumerId,
    consumerActionId: 'httpRequest',
    createdBy: hook.createdBy,
    modifiedBy: hook.modifiedBy,
    publisherInputs: {},
    consumerInputs: hook.consumerInputs,
  };
}
