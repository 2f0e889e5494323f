import { type GatewayPlace, listNamedValues } from '../../gateway/objects.ts';
import { type Policy, type PolicyPlace, readPolicy } from '../../gateway/policies.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { VendorFailure } from '../../result.ts';
import {
  type ListedApi,
  type ListedBackend,
  listGatewayApis,
  listGatewayBackends,
  listNamed,
  readGatewayService,
  unreadWorkspaces,
} from './gateway-lists.ts';

/** Calls in flight of one kind. */
const IN_FLIGHT = 6;

/** A place of a policy with what was read there: nothing where Azure says that there is none. */
export interface PolicyRead {
  readonly of: string;
  /** Of the policy itself, as the app asks for it. */
  readonly id: string;
  readonly policy?: Policy;
  readonly failure?: VendorFailure;
}

/** An API, its policy, and its operations with theirs. */
export interface ApiRead {
  readonly api: ListedApi;
  readonly policy: PolicyRead;
  readonly operations: readonly { readonly id: string; readonly name: string; readonly policy: PolicyRead }[];
  /** Operations may be missing. */
  readonly partly: boolean;
}

/** The service as far as it was read. */
export interface GatewayRead {
  readonly service?: { readonly id: string; readonly tier: string; readonly units: number };
  readonly global: PolicyRead;
  readonly products: readonly { readonly name: string; readonly policy: PolicyRead }[];
  readonly fragments: readonly (PolicyRead & { readonly name: string })[];
  /** Fragments may be missing. */
  readonly fragmentsPartly: boolean;
  readonly apis: readonly ApiRead[];
  readonly backends: readonly ListedBackend[];
  /** Those that are no secret, by the name that policies use. */
  readonly namedValues: ReadonlyMap<string, string>;
  readonly failures: readonly VendorFailure[];
}

/**
 * Everything in the gateway that decides about a request. Of an API only those revisions are read that Azure lists; that
 * there are workspaces, which are not read, is a failure.
 */
export async function readGateway(settings: GatewayPlace): Promise<GatewayRead> {
  const [service, apis, backends, namedValues, products, fragments, workspaces] = await Promise.all([
    readGatewayService(settings),
    listGatewayApis(settings),
    listGatewayBackends(settings),
    listNamedValues(settings, 'assessor'),
    listNamed(settings, 'products', 'products'),
    listNamed(settings, 'policyFragments', 'policyFragments'),
    unreadWorkspaces(settings),
  ]);
  const read = (place: Omit<PolicyPlace, 'names'>): Promise<PolicyRead> => policyAt(settings, place);
  const [global, ofProducts, ofFragments, ofApis] = await Promise.all([
    read({ path: 'policies/policy', types: 'policies', of: 'the service' }),
    mapBounded(products.items, IN_FLIGHT, async ({ name }) => ({
      name,
      policy: await read({
        path: `products/${encodeURIComponent(name)}/policies/policy`,
        types: 'products/policies',
        of: `product ${name}`,
      }),
    })),
    mapBounded(fragments.items, IN_FLIGHT, async ({ name }) => ({
      name,
      ...(await read({
        path: `policyFragments/${encodeURIComponent(name)}`,
        types: 'policyFragments',
        of: `fragment ${name}`,
      })),
    })),
    mapBounded(apis.items, IN_FLIGHT, (api) => readApi(settings, api)),
  ]);
  const policies = [
    global,
    ...ofProducts.map(({ policy }) => policy),
    ...ofFragments,
    ...ofApis.flatMap(({ policy, operations }) => [policy, ...operations.map((each) => each.policy)]),
  ];
  const lists = [apis, backends, namedValues, products, fragments, ...ofApis];
  return {
    ...(service.ok ? { service: { id: service.value.id, tier: service.value.tier, units: service.value.units } } : {}),
    global,
    products: ofProducts,
    fragments: ofFragments,
    fragmentsPartly: fragments.failure !== undefined,
    apis: ofApis,
    backends: backends.items,
    namedValues: new Map(
      namedValues.items.flatMap(({ label, secret, value }) =>
        secret || value === undefined ? [] : [[label, value] as const],
      ),
    ),
    failures: [
      ...(service.ok ? [] : [service.failure]),
      ...[...lists, ...policies].flatMap(({ failure }) => failure ?? []),
      ...(apis.previewFailure === undefined ? [] : [apis.previewFailure]),
      ...workspaces,
    ],
  };
}

async function readApi(
  settings: GatewayPlace,
  api: ListedApi,
): Promise<ApiRead & { readonly failure?: VendorFailure }> {
  const path = `apis/${encodeURIComponent(api.name)}`;
  const of = `API ${api.name}`;
  // One of a type that only the preview knows is judged by its type: how its policies are merged is not documented.
  if (api.previewOnly) return { api, policy: { of, id: api.id }, operations: [], partly: false };
  const [policy, operations] = await Promise.all([
    policyAt(settings, { path: `${path}/policies/policy`, types: 'apis/policies', of }),
    listNamed(settings, `${path}/operations`, 'apis/operations'),
  ]);
  const read = await mapBounded(operations.items, IN_FLIGHT, async ({ id, name }) => ({
    id,
    name,
    policy: await policyAt(settings, {
      path: `${path}/operations/${encodeURIComponent(name)}/policies/policy`,
      types: 'apis/operations/policies',
      of: `operation ${name} of ${of}`,
    }),
  }));
  const { failure } = operations;
  const partly = failure !== undefined;
  return { api, policy, operations: read, partly, ...(failure === undefined ? {} : { failure }) };
}

async function policyAt(settings: GatewayPlace, place: Omit<PolicyPlace, 'names'>): Promise<PolicyRead> {
  const { items, failure } = await readPolicy(settings, { ...place, names: [] }, 'assessor');
  const id = `${settings.GATEWAY_APIM_ID ?? ''}/${place.path}`;
  const [policy] = items;
  return {
    of: place.of,
    id: policy?.id ?? id,
    ...(policy === undefined ? {} : { policy }),
    ...(failure === undefined ? {} : { failure }),
  };
}
