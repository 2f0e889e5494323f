import * as z from 'zod';
import { readArmBody, requestIdOf } from '../arm/arm-answer.ts';
import { readResource } from '../arm/read-resource.ts';
import type { Listing } from '../listing.ts';
import { ok, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';
import { ask, gatewayOf } from './client.ts';
import { API_VERSION, listObjects } from './objects.ts';

const SUBSCRIPTIONS = 'Microsoft.ApiManagement/service/subscriptions';

const User = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      state: z.string().nullish(),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      identities: z.array(z.object({ provider: z.string().nullish(), id: z.string().nullish() })).nullish(),
    }),
  })
  .transform(({ id, name, properties: { state, email, firstName, lastName, identities } }) => ({
    id,
    name,
    // Absent means active: the developer portal makes users so.
    state: state?.toLowerCase() ?? 'active',
    email: email?.toLowerCase() ?? '',
    personName: [firstName, lastName].filter((part) => part).join(' '),
    identities: (identities ?? []).map((identity) => ({ provider: identity.provider ?? '', id: identity.id ?? '' })),
  }));
/** A user of the developer portal. */
export type GatewayUser = z.output<typeof User>;

/** Everybody who has an account of the developer portal. */
export function listUsers(settings: GatewaySettings): Promise<Listing<GatewayUser>> {
  return listObjects(settings, {
    path: 'users',
    types: 'users',
    what: 'list the users of the gateway',
    shape: User,
  });
}

const Subscription = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      displayName: z.string().nullish(),
      ownerId: z.string().nullish(),
      scope: z.string().nullish(),
      state: z.string().nullish(),
    }),
  })
  .transform(({ id, name, properties: { displayName, ownerId, scope, state } }) => ({
    id,
    name,
    label: displayName || name,
    // The user's name within the service: the id of the owner is its path.
    ...(ownerId ? { owner: ownerId.split('/').at(-1) ?? ownerId } : {}),
    scope: scope?.replace(/^.*\/service\/[^/]+/i, '') ?? '',
    state: state?.toLowerCase() ?? '',
  }));
/** A pair of keys with which APIs are called. The keys themselves are not told. */
export type GatewaySubscription = z.output<typeof Subscription>;

/** Every subscription of the service, with its owner where it has one. */
export function listUserSubscriptions(settings: GatewaySettings): Promise<Listing<GatewaySubscription>> {
  return listObjects(settings, {
    path: 'subscriptions',
    types: 'subscriptions',
    what: 'list the subscriptions of the gateway',
    shape: Subscription,
  });
}

/** One subscription as it stands. */
export function readUserSubscription(
  settings: GatewaySettings,
  name: string,
): Promise<VendorResult<GatewaySubscription>> {
  return readResource(settings, {
    what: `read the subscription ${name} of the gateway`,
    action: `${SUBSCRIPTIONS}/read`,
    identity: 'reader',
    path: `${settings.GATEWAY_APIM_ID ?? ''}/subscriptions/${encodeURIComponent(name)}`,
    apiVersion: API_VERSION,
    shape: Subscription,
  });
}

/** Has the gateway refuse both keys of a subscription until it is activated again; with `active` it accepts them. */
export async function suspendUserSubscription(
  settings: GatewaySettings,
  name: string,
  state: 'suspended' | 'active' = 'suspended',
): Promise<VendorResult<void>> {
  const { client, resourceGroup, service } = await gatewayOf(settings, 'remover');
  const verb = state === 'active' ? 'activate' : 'suspend';
  const question = { what: `${verb} the subscription ${name} of the gateway`, action: `${SUBSCRIPTIONS}/write` };
  const answer = await ask(settings, question, (options) =>
    client.subscription.update(resourceGroup, service, name, '*', { state }, options),
  );
  if (!answer.ok) return answer;
  const read = readArmBody(question, answer.value, Subscription);
  return read.ok ? ok(undefined, requestIdOf(answer.value)) : read;
}
