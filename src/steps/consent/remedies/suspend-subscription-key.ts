import * as z from 'zod';
import { ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';
import { comparedTo, DELETED_SINCE } from '../../restoring/restoring.ts';

/** Whose it is, and for what: one that was given to somebody else since must not be suspended. */
const Expected = z.strictObject({ owner: z.nullable(z.string()), scope: z.string() });

/** Whose keys of a subscription are, and what they open. */
export function subscriptionState({
  owner,
  scope,
}: {
  readonly owner?: string;
  readonly scope: string;
}): z.output<typeof Expected> {
  return { owner: owner ?? null, scope };
}

/**
 * Has the gateway refuse both keys of one subscription: suspended, because that can be undone. A person decides: a key is
 * a shared secret, the gateway keeps no list of who was given it, and whatever else calls with it stops as well.
 */
export const suspendSubscriptionKey = defineRemedy({
  kind: 'suspend-subscription-key',
  system: 'gateway-access',
  call: z.strictObject({
    kind: z.literal('suspend-subscription-key'),
    serviceId: z.string(),
    name: z.string(),
    expected: Expected,
  }),
  risk: 'disruptive',
  words: {
    noun: ['subscription key', 'subscription keys'],
    done: 'suspended',
    ability: 'suspend subscription keys of the gateway',
    before: (_call, { label, who }: { readonly label: string; readonly who: string }) =>
      `Suspend the subscription ${label} of ${who} at the gateway: both its keys are refused.`,
    impact: 'Whatever calls APIs of the gateway with these keys, whoever it belongs to, is refused until then.',
  },
  permissions: ['remover/azure/gateway/Microsoft.ApiManagement/service/subscriptions/write'],
  leastCalls: ({ length }) => [{ vendor: 'arm', calls: 3 * length }],
  ends: 'token',
  // Nothing that is read tells who else was given the keys.
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: async ({ gateway }, { name }) => {
    const read = await gateway.readUserSubscription(name);
    if (!read.ok) return read.failure.kind === 'not-found' ? ok({ state: 'gone' }) : read;
    const { label, owner, scope, state } = read.value;
    if (state !== 'active') return ok({ state: 'gone' }, read.requestId);
    const image = { name, label, owner: owner ?? null, scope, state };
    return ok({ state: 'present', image, now: subscriptionState(read.value) }, read.requestId);
  },
  act: async ({ gateway }, { name }) => {
    const suspended = await gateway.suspendUserSubscription(name);
    if (suspended.ok) return ok({ effect: 'done' }, suspended.requestId);
    return suspended.failure.kind === 'not-found' ? ok({ effect: 'done' }) : suspended;
  },
  restore: {
    by: 'app',
    undo: 'it activates the subscription again; its keys stay the same.',
    look: async ({ gateway }, { name, expected }) => {
      const read = await gateway.readUserSubscription(name);
      if (!read.ok) return read.failure.kind === 'not-found' ? ok(DELETED_SINCE) : read;
      const { state } = read.value;
      if (state === 'active') return ok(comparedTo(expected, subscriptionState(read.value)));
      if (state === 'suspended') return ok(comparedTo(expected, subscriptionState(read.value), { is: 'free' }));
      return ok({ is: 'other', why: `Its state is ${state} by now, which somebody else gave it.` });
    },
    give: ({ gateway }, { name }) => gateway.suspendUserSubscription(name, 'active'),
  },
});
