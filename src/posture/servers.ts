import type { Doubt } from './check.ts';
import type { ServerHost } from './readings/servers/servers.ts';

/** The tag of an MCP server; Azure compares its key without regard to case. */
export const SERVER_TAG = 'mcpserver';

/** Words in the name of an image that say that it is an MCP server: those of the policies (infra/modules/policy). */
const SERVER_IMAGE = /(^|[/_.-])(mcp|mcpservers?|modelcontextprotocol)([/_.-]|$)/i;

/** Whether a name says that something is an MCP server. */
export function isNamedAsServer(name: string): boolean {
  return SERVER_IMAGE.test(name.replaceAll(' ', '-'));
}

/** Why something is taken for an MCP server. */
export type Because = 'tag' | 'image' | 'backend';

/** What may be an MCP server: by its tag with any value, by its image, or because the gateway forwards to its address. */
export function candidates(
  hosts: readonly ServerHost[],
  backendAddresses: readonly string[],
): { readonly host: ServerHost; readonly because: readonly Because[] }[] {
  const behind = new Set(backendAddresses.map((each) => each.toLowerCase()));
  return hosts.flatMap((host) => {
    const because: Because[] = [];
    if (host.tags[SERVER_TAG] !== undefined) because.push('tag');
    if (host.images.some(isServerImage)) because.push('image');
    if (host.addresses.some((address) => behind.has(address.toLowerCase()))) because.push('backend');
    return because.length === 0 ? [] : [{ host, because }];
  });
}

/** That something may be a server, because Azure does not tell what it runs. */
export function unknownImage({ id, tags, imagesUnread }: ServerHost): Doubt[] {
  if (imagesUnread !== true || tags[SERVER_TAG] !== undefined) return [];
  const detail = 'It runs a container, and Azure does not tell of which image: whether it is a server is unknown.';
  return [{ reason: 'unreadable', resource: id, detail }];
}

/** By the name of the repository alone: a registry, a tag and a digest say nothing of what is in it. */
function isServerImage(image: string): boolean {
  const [first = '', ...rest] = image.split('/');
  const registry = rest.length > 0 && /[.:]/.test(first);
  const [repository = ''] = (registry ? rest.join('/') : image).split(/[:@]/);
  return SERVER_IMAGE.test(repository);
}

/** Addresses to which the gateway forwards, and at which no host of the subscriptions answers. */
export function nobodysAddresses(hosts: readonly ServerHost[], backendAddresses: readonly string[]): string[] {
  const known = new Set(hosts.flatMap(({ addresses }) => addresses.map((each) => each.toLowerCase())));
  return backendAddresses.filter((each) => !known.has(each.toLowerCase()));
}
