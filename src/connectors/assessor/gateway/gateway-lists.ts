import * as z from 'zod';
import { readResource } from '../../arm/read-resource.ts';
import { ACTION, API_VERSION, type GatewayPlace, listObjects } from '../../gateway/objects.ts';
import type { Listing } from '../../listing.ts';
import type { VendorFailure, VendorResult } from '../../result.ts';

/**
 * The version that lists APIs of the type MCP; not verified at a live service.
 * Source: learn.microsoft.com/azure/api-management/manage-mcp-servers-rest-api
 */
const PREVIEW = '2025-09-01-preview';

const Named = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({ displayName: z.string().nullish() }).nullish(),
});
const Api = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      displayName: z.string().nullish(),
      path: z.string().nullish(),
      type: z.string().nullish(),
      apiRevision: z.string().nullish(),
      isCurrent: z.boolean().nullish(),
      serviceUrl: z.string().nullish(),
      backendId: z.string().nullish(),
    }),
  })
  .transform(({ id, name, properties }) => ({
    id,
    name,
    label: properties.displayName ?? name,
    path: (properties.path ?? '').replace(/^\/+|\/+$/g, ''),
    // Left out where it is a plain one.
    type: (properties.type ?? 'http').toLowerCase(),
    revision: properties.apiRevision ?? '1',
    isCurrent: properties.isCurrent !== false,
    targets: [originOf(properties.serviceUrl), properties.backendId?.toLowerCase()].flatMap((each) => each ?? []),
  }));
/** An API as it is listed. */
export type ListedApi = z.output<typeof Api> & { readonly previewOnly: boolean };

const Backend = z
  .object({ id: z.string(), name: z.string(), properties: z.object({ url: z.string().nullish() }) })
  .transform(({ id, name, properties: { url } }) => {
    const origin = originOf(url);
    return { id, name, ...(origin === undefined ? {} : { origin }) };
  });
/** A backend, and where it is: what stands behind the host is left out, because people put keys there. */
export type ListedBackend = z.output<typeof Backend>;

const Network = z.object({ subnetResourceId: z.string().nullish() }).nullish();
const Capacity = z.int().nullish();
const Service = z
  .object({
    id: z.string(),
    sku: z.object({ name: z.string(), capacity: Capacity }),
    properties: z.object({
      virtualNetworkConfiguration: Network,
      additionalLocations: z
        .array(z.object({ sku: z.object({ capacity: Capacity }).nullish(), virtualNetworkConfiguration: Network }))
        .nullish(),
    }),
  })
  .transform(({ id, sku, properties: { virtualNetworkConfiguration, additionalLocations } }) => {
    const regions = [{ sku, virtualNetworkConfiguration }, ...(additionalLocations ?? [])];
    const subnets = regions.flatMap((each) => each.virtualNetworkConfiguration?.subnetResourceId?.toLowerCase() ?? []);
    return {
      id,
      tier: sku.name,
      /** Of all its regions. */
      units: regions.reduce((sum, each) => sum + (each.sku?.capacity ?? 1), 0),
      subnets: [...new Set(subnets)],
      /** Whether each of its regions is in one of them. */
      everywhereInSubnet: subnets.length === regions.length,
    };
  });

/** The APIs of the gateway by both versions: one lists what is released, the other what is not yet. */
export async function listGatewayApis(
  settings: GatewayPlace,
): Promise<Listing<ListedApi> & { readonly previewFailure?: VendorFailure }> {
  const list = (apiVersion: string, what: string) =>
    listObjects(settings, { path: 'apis', types: 'apis', what, shape: Api, identity: 'assessor', apiVersion });
  const [released, preview] = await Promise.all([
    list(API_VERSION, 'list the APIs of the gateway'),
    list(PREVIEW, `list the APIs of the gateway by ${PREVIEW}`),
  ]);
  const known = new Set(released.items.map(({ id }) => id.toLowerCase()));
  const others = preview.items.filter(({ id }) => !known.has(id.toLowerCase()));
  return {
    items: [
      ...released.items.map((each) => ({ ...each, previewOnly: false })),
      ...others.map((each) => ({ ...each, previewOnly: true })),
    ],
    ...(released.failure === undefined ? {} : { failure: released.failure }),
    ...(preview.failure === undefined ? {} : { previewFailure: preview.failure }),
  };
}

/** Where the gateway may forward. */
export function listGatewayBackends(settings: GatewayPlace): Promise<Listing<ListedBackend>> {
  const what = 'list the backends of the gateway';
  return listObjects(settings, { path: 'backends', types: 'backends', what, shape: Backend, identity: 'assessor' });
}

/** What of the service has a name, and may have a policy. */
export function listNamed(
  settings: GatewayPlace,
  path: string,
  types: string,
): Promise<Listing<z.output<typeof Named>>> {
  const what = `list the ${path} of the gateway`;
  return listObjects(settings, { path, types, what, shape: Named, identity: 'assessor' });
}

/**
 * Why there may be APIs that the lists of the service do not have: a workspace has APIs, backends and policies of its own,
 * and the gateway’s logs of them are others. None of it is read, so that of a gateway with a workspace half is known.
 *
 * Most tiers have no workspaces. What they answer is not documented; BasicV2 refuses the question by this code, and
 * Microsoft’s own tool takes it for none. Whether every such tier says so, or lists none, and whether the list leaves out
 * what the caller may not read, is not verified. Any other refusal says nothing, and nobody knows whether there is one.
 * Sources: learn.microsoft.com/azure/api-management/workspaces-overview, …/rest/api/apimanagement/workspace/list-by-service
 * (2024-05-01); github.com/Azure/apiops-cli/pull/129; github.com/Azure/apiops (AzureModule)
 */
export async function unreadWorkspaces(settings: GatewayPlace): Promise<readonly VendorFailure[]> {
  const { items, failure } = await listNamed(settings, 'workspaces', 'workspaces');
  const without = failure?.kind === 'refused' && failure.message.includes('MethodNotAllowedInPricingTier');
  const names = items.map(({ name }) => name).join(', ');
  const message = `The gateway has workspaces, whose APIs, backends and policies the app does not read: ${names}.`;
  return [
    ...(failure === undefined || without ? [] : [failure]),
    ...(items.length === 0 ? [] : [{ kind: 'incomplete' as const, status: 200, message }]),
  ];
}

/** The service itself: its tier, how many units it has, and in which subnets it is. */
export function readGatewayService(settings: GatewayPlace): Promise<VendorResult<z.output<typeof Service>>> {
  return readResource(settings, {
    what: 'tell of the gateway',
    action: `${ACTION}/read`,
    identity: 'assessor',
    path: settings.GATEWAY_APIM_ID ?? '',
    apiVersion: API_VERSION,
    shape: Service,
  });
}

function originOf(url: string | null | undefined): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return host === '' ? undefined : `${protocol}//${host}`;
}
