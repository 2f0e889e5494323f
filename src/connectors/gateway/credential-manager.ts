import * as z from 'zod';
import { readArmBody, requestIdOf } from '../arm/arm-answer.ts';
import { readResource } from '../arm/read-resource.ts';
import { mapBounded } from '../map-bounded.ts';
import { ok, type VendorFailure, type VendorResult } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';
import { ask, gatewayOf } from './client.ts';
import { API_VERSION, listObjects } from './objects.ts';

const POLICIES = 'authorizationProviders/authorizations/accessPolicies';
const ACTION = `Microsoft.ApiManagement/service/${POLICIES}`;

/** Who may take the token of a connection, by the object id in their own token. */
export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  readonly objectId: string;
  readonly tenantId?: string;
}

/** A sign-in at an upstream service that the gateway keeps. Nothing says who signed in. */
export interface Connection {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly policies: readonly AccessPolicy[];
}

export interface Connections {
  readonly items: readonly Connection[];
  readonly failures: readonly VendorFailure[];
}

/** One access policy, by the names on its way. */
export interface AccessPolicyRef {
  readonly provider: string;
  readonly connection: string;
  readonly policy: string;
}

const Named = z.object({ id: z.string(), name: z.string() });
const Policy = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({ objectId: z.string(), tenantId: z.string().nullish() }),
  })
  .transform(({ id, name, properties: { objectId, tenantId } }) => ({
    id,
    name,
    objectId: objectId.toLowerCase(),
    ...(tenantId ? { tenantId: tenantId.toLowerCase() } : {}),
  }));
/** Lists in flight, of a provider and of a connection each. */
const IN_FLIGHT = 6;

/**
 * Every connection of the credential manager with those who may use it.
 * Source: azure-rest-api-specs, Microsoft.ApiManagement, 2024-05-01, AuthorizationAccessPolicyContract
 */
export async function listConnections(settings: GatewaySettings): Promise<Connections> {
  const providers = await listObjects(settings, {
    path: 'authorizationProviders',
    types: 'authorizationProviders',
    what: 'list the providers of the credential manager',
    shape: Named,
  });
  const read = await mapBounded(providers.items, IN_FLIGHT, async (provider) => {
    const path = `authorizationProviders/${encodeURIComponent(provider.name)}/authorizations`;
    const connections = await listObjects(settings, {
      path,
      types: 'authorizationProviders/authorizations',
      what: `list the connections of provider ${provider.name}`,
      shape: Named,
    });
    const withPolicies = await mapBounded(connections.items, IN_FLIGHT, async ({ id, name }) => ({
      connection: { id, name, provider: provider.name },
      policies: await listObjects(settings, {
        path: `${path}/${encodeURIComponent(name)}/accessPolicies`,
        types: POLICIES,
        what: `list the access policies of connection ${name}`,
        shape: Policy,
      }),
    }));
    return { failure: connections.failure, withPolicies };
  });
  const all = read.flatMap(({ withPolicies }) => withPolicies);
  const failures = [
    providers.failure,
    ...read.map(({ failure }) => failure),
    ...all.map(({ policies: { failure } }) => failure),
  ];
  return {
    items: all.map(({ connection, policies }) => ({ ...connection, policies: policies.items })),
    failures: failures.flatMap((failure) => failure ?? []),
  };
}

/** One access policy as it stands. */
export function readAccessPolicy(
  settings: GatewaySettings,
  { provider, connection, policy }: AccessPolicyRef,
): Promise<VendorResult<AccessPolicy>> {
  const within = [provider, 'authorizations', connection, 'accessPolicies', policy].map(encodeURIComponent).join('/');
  return readResource(settings, {
    what: `read the access policy ${policy} of connection ${connection}`,
    action: `${ACTION}/read`,
    identity: 'reader',
    path: `${settings.GATEWAY_APIM_ID ?? ''}/authorizationProviders/${within}`,
    apiVersion: API_VERSION,
    shape: Policy,
  });
}

/** Takes from one principal what lets it use a connection. One that is gone already is success. */
export async function deleteAccessPolicy(
  settings: GatewaySettings,
  { provider, connection, policy }: AccessPolicyRef,
): Promise<VendorResult<void>> {
  const { client, resourceGroup, service } = await gatewayOf(settings, 'remover');
  const question = {
    what: `delete the access policy ${policy} of connection ${connection}`,
    action: `${ACTION}/delete`,
  };
  const answer = await ask(settings, question, (options) =>
    client.authorizationAccessPolicy.delete(resourceGroup, service, provider, connection, policy, '*', options),
  );
  if (!answer.ok) return answer.failure.kind === 'not-found' ? ok(undefined) : answer;
  // Azure answers without a body; a page of HTML is a proxy's, whatever its status.
  const { bodyAsText } = answer.value;
  if (bodyAsText) {
    const read = readArmBody(question, answer.value, z.unknown());
    if (!read.ok) return read;
  }
  return ok(undefined, requestIdOf(answer.value));
}
