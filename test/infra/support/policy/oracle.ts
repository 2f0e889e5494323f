import { isArray, isObject, type Json, type JsonObject, property } from './json.ts';

/**
 * What the policies are for, said once more and by other means: plain TypeScript over the request, without aliases,
 * conditions or the text of a rule. Answers the keys of the policies that a request violates.
 */
export function violations(resource: JsonObject, approvedSubnetIds: readonly string[]): ReadonlySet<string> {
  const type = String(resource.type).toLowerCase();
  const tag = tagOf(resource);
  const isGroup = type === 'microsoft.containerinstance/containergroups';
  const runsMcp = imagesOf(resource, type).some(namesMcp) || isMcpMachine(resource, type);
  const found = {
    managed_identity: isGroup && tag !== undefined && !hasUserAssignedIdentity(resource),
    approved_subnet: isGroup && tag !== undefined && !isInside(resource, approvedSubnetIds),
    untagged_image: isGroup && tag?.toLowerCase() !== 'true' && runsMcp,
    tag_value: takesTags(type) && tag !== undefined && !/^(true|false)$/i.test(tag),
    other_compute: !isGroup && (runsMcp || (tag !== undefined && isCompute(type))),
    plain_credentials: settingsOf(resource, type).some(isPlainCredential),
  };
  return new Set(Object.entries(found).flatMap(([key, violated]) => (violated ? [key] : [])));
}

function tagOf(resource: JsonObject): string | undefined {
  const value = property(property(resource, 'tags'), 'mcpserver');
  return typeof value === 'string' ? value : undefined;
}

const takesTags = (type: string): boolean =>
  !/\/(config|sitecontainers)$/.test(type) && !type.endsWith('/resourcegroups');

const isCompute = (type: string): boolean =>
  /^microsoft\.(containerinstance\/(containergroupprofiles|ngroups)|app\/(containerapps|jobs|sessionpools)|containerservice\/managedclusters|compute\/virtualmachines|compute\/virtualmachinescalesets|web\/sites(\/slots)?)$/.test(
    type,
  );

function hasUserAssignedIdentity(resource: JsonObject): boolean {
  const type = property(property(resource, 'identity'), 'type');
  return (
    typeof type === 'string' &&
    type
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .includes('userassigned')
  );
}

function isInside(resource: JsonObject, approved: readonly string[]): boolean {
  const properties = property(resource, 'properties');
  const known = approved.map((id) => id.toLowerCase());
  const subnets = list(property(properties, 'subnetIds')).map((subnet) => String(property(subnet, 'id')).toLowerCase());
  const profile = property(property(properties, 'networkProfile'), 'id');
  return subnets.length > 0 && subnets.every((id) => known.includes(id)) && profile === undefined;
}

/** Containers stand in `properties`, or in what Container Apps calls a template. */
function containersOf(resource: JsonObject): readonly Json[] {
  const properties = property(resource, 'properties');
  return [properties, property(properties, 'template'), property(properties, 'customContainerTemplate')].flatMap(
    (holder) => [...list(property(holder, 'containers')), ...list(property(holder, 'initContainers'))],
  );
}

function imagesOf(resource: JsonObject, type: string): readonly string[] {
  const properties = property(resource, 'properties');
  const ofContainers = containersOf(resource).map(
    (container) => property(property(container, 'properties'), 'image') ?? property(container, 'image'),
  );
  const config = type.endsWith('/config') ? properties : property(properties, 'siteConfig');
  const ofSite = ['linuxFxVersion', 'windowsFxVersion'].map((name) => {
    const [kind, image] = String(property(config, name) ?? '').split('|');
    return kind?.toLowerCase() === 'docker' ? image : undefined;
  });
  const ofSidecar = type.endsWith('/sitecontainers') ? [property(properties, 'image')] : [];
  return [...ofContainers, ...ofSite, ...ofSidecar].filter((image) => typeof image === 'string');
}

/** A word of its own: `amcp-x` and `mcpx` are other names. */
const MCP_WORD = /(?<![a-z0-9])(mcp|mcpservers?|modelcontextprotocol)(?![a-z0-9])/i;

/** By the grammar of a reference: an optional registry, path segments, and a tag or digest that says nothing. */
function namesMcp(image: string): boolean {
  const segments = image.split('/');
  if (segments.length > 1 && /[.:]/.test(segments[0] ?? '')) segments.shift();
  return segments.some((segment) => MCP_WORD.test(segment.replace(/[:@].*$/, '')));
}

function isMcpMachine(resource: JsonObject, type: string): boolean {
  if (!/^microsoft\.compute\/virtualmachines(calesets)?$/.test(type)) return false;
  const properties = property(resource, 'properties');
  const profile = type.endsWith('scalesets') ? property(properties, 'virtualMachineProfile') : properties;
  const image = property(property(profile, 'storageProfile'), 'imageReference');
  const ids = ['id', 'sharedGalleryImageId', 'communityGalleryImageId'].map((name) => String(property(image, name)));
  const names = ids.map((id) => /\/images\/([^/]+)/i.exec(id)?.[1] ?? '');
  return [...names, String(property(image, 'offer'))].some((name) => MCP_WORD.test(name));
}

function settingsOf(resource: JsonObject, type: string): readonly Json[] {
  const properties = property(resource, 'properties');
  const ofContainers = containersOf(resource).flatMap((container) => [
    ...list(property(property(container, 'properties'), 'environmentVariables')),
    ...list(property(container, 'env')),
  ]);
  const config = type.endsWith('/config') ? properties : property(properties, 'siteConfig');
  return [...ofContainers, ...list(property(config, 'appSettings'))];
}

const TELLS_ABOUT = /[_.:-](name|url|uri|endpoint|file|path|id|ref|version|expiry|minutes|type|host)$/i;
const PUBLIC = /(public|partition)_key$|^APPLICATIONINSIGHTS_CONNECTION_STRING$/i;
const WORD =
  /(?<![a-z0-9])(token|pat|pass|password|passwd|pwd|secrets?|credentials?|key|apikey|sas|bearer|jwt)(?![a-z0-9])/i;
const ENDING = /(token|secret|password|passphrase|apikey|accesskey|accountkey|privatekey|credentials?)$/i;

function isPlainCredential(setting: Json): boolean {
  const name = String(property(setting, 'name') ?? '');
  const value = property(setting, 'value') ?? '';
  if (/^($|@microsoft\.keyvault\(|managedidentity$)/i.test(String(value))) return false;
  if (TELLS_ABOUT.test(name) || PUBLIC.test(name)) return false;
  return WORD.test(name) || ENDING.test(name) || /connection_?string/i.test(name);
}

const list = (value: Json | undefined): readonly Json[] => (isArray(value) ? value.filter(isObject) : []);
