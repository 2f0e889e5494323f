import * as z from 'zod';
import { readResource } from '../arm/read-resource.ts';
import type { IdentityName } from '../credentials.ts';
import type { Listing } from '../listing.ts';
import { mapBounded } from '../map-bounded.ts';
import type { VendorFailure } from '../result.ts';
import type { GatewaySettings } from '../settings.ts';
import { ACTION, API_VERSION, type GatewayPlace, listObjects } from './objects.ts';

/** A policy or a fragment of one, as it is written. */
export interface Policy {
  readonly id: string;
  /** What it is of: `the service`, `API files`, `fragment auth`. */
  readonly of: string;
  /** The names that people gave it. */
  readonly names: readonly string[];
  readonly text: string;
}

/** All policies as far as they were read. */
export interface Policies {
  readonly items: readonly Policy[];
  readonly failures: readonly VendorFailure[];
}

const Written = z.object({ id: z.string(), properties: z.object({ value: z.string() }) });
const Named = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({ displayName: z.string().nullish() }).nullish(),
});
type Named = z.output<typeof Named>;

/** Where a policy may stand. */
export interface PolicyPlace {
  readonly path: string;
  readonly types: string;
  readonly of: string;
  readonly names: readonly string[];
}

/** What a list of places gave: those that were listed, and why there may be more. */
type Places = Listing<PolicyPlace>;

/** Calls in flight of one kind: an API is asked for its operations, and each place for its policy. */
const IN_FLIGHT = 6;

/**
 * Every policy of the service: its own, fragments, and those of products, APIs and their operations. Of an API its
 * current revision is read; workspaces are not.
 * Source: azure-rest-api-specs, Microsoft.ApiManagement, 2024-05-01, Policy_Get (`format=rawxml`)
 */
export async function listPolicies(settings: GatewaySettings): Promise<Policies> {
  const [fragments, products, apis] = await Promise.all([
    listed(settings, '', 'policyFragments'),
    listed(settings, '', 'products'),
    listed(settings, '', 'apis'),
  ]);
  const operations = await mapBounded(apis.items, IN_FLIGHT, async (api): Promise<Places> => {
    const path = pathOf('apis', api);
    const { items, ...rest } = await listed(settings, path, 'apis/operations');
    return {
      ...rest,
      items: items.map((each) => ({
        path: `${path}/${pathOf('operations', each)}/policies/policy`,
        types: 'apis/operations/policies',
        of: `operation ${each.name} of API ${api.name}`,
        names: [...namesOf(each), ...namesOf(api)],
      })),
    };
  });
  const places: readonly PolicyPlace[] = [
    { path: 'policies/policy', types: 'policies', of: 'the service', names: [] },
    ...fragments.items.map((each) => ({
      path: pathOf('policyFragments', each),
      types: 'policyFragments',
      of: `fragment ${each.name}`,
      names: [each.name],
    })),
    ...products.items.map((each) => ({
      path: `${pathOf('products', each)}/policies/policy`,
      types: 'products/policies',
      of: `product ${each.name}`,
      names: namesOf(each),
    })),
    ...apis.items.map((each) => ({
      path: `${pathOf('apis', each)}/policies/policy`,
      types: 'apis/policies',
      of: `API ${each.name}`,
      names: namesOf(each),
    })),
    ...operations.flatMap(({ items }) => items),
  ];
  const read = await mapBounded(places, IN_FLIGHT, (place) => readPolicy(settings, place));
  const failures = [fragments, products, apis, ...operations, ...read].flatMap(({ failure }) => failure ?? []);
  return { items: read.flatMap(({ items }) => items), failures };
}

function listed(settings: GatewaySettings, within: string, types: string): Promise<Listing<Named>> {
  const kind = types.split('/').at(-1) ?? types;
  return listObjects(settings, {
    path: within === '' ? kind : `${within}/${kind}`,
    types,
    what: `list the ${kind} of ${within === '' ? 'the gateway' : within}`,
    shape: Named,
  });
}

/** What is written at a place; nothing where Azure says that there is no policy. */
export async function readPolicy(
  settings: GatewayPlace,
  { path, types, of, names }: PolicyPlace,
  identity: IdentityName = 'reader',
): Promise<Listing<Policy>> {
  const answer = await readResource(settings, {
    what: `read the policy of ${of}`,
    action: `${ACTION}/${types}/read`,
    identity,
    path: `${settings.GATEWAY_APIM_ID ?? ''}/${path}`,
    apiVersion: API_VERSION,
    // As it is written: otherwise quotes and braces come as entities.
    query: { format: 'rawxml' },
    shape: Written,
  });
  if (answer.ok) {
    const { id, properties } = answer.value;
    return { items: [{ id, of, names, text: properties.value }] };
  }
  return answer.failure.kind === 'not-found' ? { items: [] } : { items: [], failure: answer.failure };
}

function pathOf(kind: string, { name }: Named): string {
  return `${kind}/${encodeURIComponent(name)}`;
}

function namesOf({ name, properties }: Named): string[] {
  const label = properties?.displayName;
  return label ? [name, label] : [name];
}
