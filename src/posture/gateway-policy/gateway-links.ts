import type { Doubt } from '../check.ts';
import type { Flow, GatewayApi, GatewayBackend } from '../readings/gateway/gateway-apis.ts';
import { isNamedAsServer } from '../servers.ts';

/** Whether an API leads to an MCP server, by its type or by a name: of the API, its path, or where it forwards. */
export function isMcpApi({
  type,
  name,
  label,
  path,
  targets,
}: Pick<GatewayApi, 'type' | 'name' | 'label' | 'path' | 'targets'>): boolean {
  return type === 'mcp' || [name, label, path, ...targets].some(isNamedAsServer);
}

/** An API of a type whose policies the app cannot judge. */
export function isOfOtherType({ type, previewOnly }: Pick<GatewayApi, 'type' | 'previewOnly'>): boolean {
  return type === 'mcp' || previewOnly;
}

/** Whether an API leads to an MCP server at all: one that answers by itself, as the metadata’s does, does not. */
export function leadsToServer(api: GatewayApi): boolean {
  return isMcpApi(api) && (isOfOtherType(api) || api.flows.some(({ forwards }) => forwards));
}

/** Where no API that forwards says that it leads to an MCP server: there may be one behind any of them. */
export function unnamed(apis: readonly GatewayApi[]): Doubt[] {
  const forwards = apis.filter(({ flows }) => flows.some((flow) => flow.forwards));
  if (forwards.length === 0) return [];
  const names = forwards.map(({ name }) => name).join(', ');
  const detail = `No API says by its name, its path or its backend that an MCP server is behind it: ${names}.`;
  return [{ reason: 'no-data', resource: 'apis', detail }];
}

/** Ways through an API that do not depend on a product, and those that do. */
export function waysOf({ flows }: GatewayApi): {
  readonly direct: readonly Flow[];
  readonly products: readonly Flow[];
} {
  return {
    direct: flows.filter(({ product }) => product === undefined),
    products: flows.filter(({ product }) => product !== undefined),
  };
}

/** What is behind an API: of each target its backend, or its address. */
export function serversBehind(
  { targets }: GatewayApi,
  backends: readonly GatewayBackend[],
): readonly { readonly id: string; readonly name: string; readonly origin?: string }[] {
  return targets.map((target) => {
    const backend = backends.find(({ name, id }) => [name, id].some((each) => each.toLowerCase() === target));
    if (backend !== undefined) return backend;
    return { id: target, name: target, ...(URL.canParse(target) ? { origin: target } : {}) };
  });
}

/** Link to the policies of the gateway’s APIs. */
export function apisLink(resource: string): string {
  const service = /^.*?\/service\/[^/]+/i.exec(resource)?.[0] ?? resource;
  return `https://portal.azure.com/#@/resource${service}/apim-apis`;
}

/** The policy of an API or an operation as it stands, to be looked at. */
export function showPolicy(resource: string): string {
  const address = `https://management.azure.com${resource}/policies/policy?api-version=2024-05-01&format=rawxml`;
  return `az rest --method get --url '${address.replaceAll("'", String.raw`'\''`)}'`;
}
