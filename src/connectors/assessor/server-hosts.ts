import type * as z from 'zod';
import { readList } from '../arm/read-list.ts';
import { unseenIn } from '../arm/unseen.ts';
import type { VendorFailure } from '../result.ts';
import type { ArmSettings } from '../settings.ts';
import { App, Cluster, Environment, Group, type Identity, Site, type Tags, type Variable } from './server-shapes.ts';

/** Something that runs programs, as Azure tells of it. Values of variables stay in memory. */
export interface FoundHost {
  readonly kind: 'container-group' | 'container-app' | 'container-app-job' | 'web-app' | 'aks';
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly identity: string;
  readonly images: readonly string[];
  readonly subnets: readonly string[];
  readonly addresses: readonly string[];
  readonly isPublic?: boolean;
  /** Set where it runs a container of which Azure does not tell the image. */
  readonly imagesUnread?: true;
  /** Set where what says in which network it is was not found. */
  readonly networkUnread?: true;
  /** `value` is absent where Azure does not tell it. */
  readonly variables: readonly { readonly name: string; readonly value?: string }[];
}

/** What a subscription has of one kind, and why that may not be all. */
export interface FoundHosts {
  readonly hosts: readonly FoundHost[];
  readonly failures: readonly VendorFailure[];
}

/**
 * Everything in a subscription that may be an MCP server: container groups, container apps and their jobs, web apps,
 * and Kubernetes clusters, into which Azure does not look. Sources: learn.microsoft.com/rest/api/container-instances,
 * …/rest/api/resource-manager/containerapps, …/rest/api/appservice, …/rest/api/aks (the lists by subscription).
 */
export async function listServerHosts(settings: ArmSettings, subscriptionId: string): Promise<FoundHosts> {
  const list = <T extends { readonly id: string }>(
    type: string,
    apiVersion: string,
    things: string,
    shape: z.ZodType<T>,
  ) =>
    readList(settings, {
      what: `list the ${things} of subscription ${subscriptionId}`,
      action: `${type}/read`,
      identity: 'assessor',
      path: `/subscriptions/${subscriptionId}/providers/${type}`,
      apiVersion,
      shape,
    });
  const unseen = (type: string, things: string) =>
    unseenIn(settings, subscriptionId, `${type}/read`, things, 'assessor');
  const [groups, apps, jobs, environments, clusters, sites, ...hidden] = await Promise.all([
    list(TYPES.groups, '2023-05-01', 'container groups', Group),
    list(TYPES.apps, '2024-03-01', 'container apps', App),
    list(TYPES.jobs, '2024-03-01', 'container app jobs', App),
    list(TYPES.environments, '2024-03-01', 'container app environments', Environment),
    list(TYPES.clusters, '2024-05-01', 'Kubernetes clusters', Cluster),
    list(TYPES.sites, '2023-12-01', 'web apps', Site),
    unseen(TYPES.groups, 'container groups'),
    unseen(TYPES.apps, 'container apps'),
    unseen(TYPES.jobs, 'container app jobs'),
    unseen(TYPES.environments, 'container app environments'),
    unseen(TYPES.clusters, 'Kubernetes clusters'),
    unseen(TYPES.sites, 'web apps'),
  ]);
  const inApps = new Map(
    environments.items.map(({ id, properties }) => [id.toLowerCase(), properties.vnetConfiguration]),
  );
  const lists = [groups, apps, jobs, environments, clusters, sites];
  return {
    hosts: [
      ...groups.items.map(fromGroup),
      ...apps.items.map((app) => fromApp('container-app', app, inApps)),
      ...jobs.items.map((app) => fromApp('container-app-job', app, inApps)),
      ...clusters.items.map(fromCluster),
      ...sites.items.map(fromSite),
    ],
    failures: lists.flatMap(({ failure }, index) => failure ?? hidden[index] ?? []),
  };
}

const TYPES = {
  groups: 'Microsoft.ContainerInstance/containerGroups',
  apps: 'Microsoft.App/containerApps',
  jobs: 'Microsoft.App/jobs',
  environments: 'Microsoft.App/managedEnvironments',
  clusters: 'Microsoft.ContainerService/managedClusters',
  sites: 'Microsoft.Web/sites',
} as const;

type Variables = z.output<typeof Variable>[];

function base({
  id,
  name,
  tags,
  identity,
}: {
  id: string;
  name: string;
  tags?: z.output<typeof Tags>;
  identity?: z.output<typeof Identity>;
}) {
  return {
    id,
    name,
    tags: Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value])),
    identity: identity?.type ?? 'None',
  };
}

/** Variables, and what each container is started with: a token may stand in either. */
function told(variables: Variables, ...started: readonly (readonly string[] | null | undefined)[]) {
  return [
    ...variables.map(({ name, value }) => ({ name, ...(typeof value === 'string' ? { value } : {}) })),
    ...started.flatMap((words) =>
      words == null || words.length === 0 ? [] : [{ name: COMMAND, value: words.join(' ') }],
    ),
  ];
}
/** No variable is called so. */
const COMMAND = 'the command line';

function fromGroup(group: z.output<typeof Group>): FoundHost {
  const { containers, initContainers, ipAddress, subnetIds, volumes } = group.properties;
  const all = [...(containers ?? []), ...(initContainers ?? [])];
  return {
    kind: 'container-group',
    ...base(group),
    images: all.flatMap(({ properties: { image } }) => image ?? []),
    subnets: (subnetIds ?? []).map(({ id }) => id.toLowerCase()),
    addresses: [ipAddress?.ip, ipAddress?.fqdn].flatMap((each) => each ?? []),
    isPublic: ipAddress?.type.toLowerCase() === 'public',
    variables: [
      ...told(
        all.flatMap(({ properties }) => properties.environmentVariables ?? []),
        ...all.flatMap(({ properties: { command, livenessProbe, readinessProbe } }) => [
          command,
          livenessProbe?.exec?.command,
          readinessProbe?.exec?.command,
        ]),
      ),
      // Its address may hold who clones.
      ...(volumes ?? []).flatMap(({ gitRepo }) =>
        gitRepo == null ? [] : [{ name: 'the repository of a volume', value: gitRepo.repository }],
      ),
    ],
  };
}

function fromApp(
  kind: 'container-app' | 'container-app-job',
  app: z.output<typeof App>,
  environments: ReadonlyMap<string, z.output<typeof Environment>['properties']['vnetConfiguration']>,
): FoundHost {
  const { environmentId, managedEnvironmentId, configuration, template } = app.properties;
  const environment = (environmentId ?? managedEnvironmentId ?? '').toLowerCase();
  const network = environments.get(environment);
  const containers = [...(template?.containers ?? []), ...(template?.initContainers ?? [])];
  const ingress = configuration?.ingress;
  return {
    kind,
    ...base(app),
    images: containers.flatMap(({ image }) => image ?? []),
    subnets: [network?.infrastructureSubnetId].flatMap((id) => id?.toLowerCase() ?? []),
    addresses: [ingress?.fqdn].flatMap((each) => each ?? []),
    ...(environments.has(environment)
      ? // Of an environment without a network of its own, an external ingress is on the internet.
        { isPublic: ingress?.external === true && network?.internal !== true }
      : { networkUnread: true }),
    variables: told(
      containers.flatMap(({ env }) => env ?? []),
      ...containers.flatMap(({ command, args }) => [command, args]),
    ),
  };
}

function fromCluster(cluster: z.output<typeof Cluster>): FoundHost {
  const pools = cluster.properties.agentPoolProfiles ?? [];
  const subnets = pools.flatMap(({ vnetSubnetID }) => vnetSubnetID?.toLowerCase() ?? []);
  return { kind: 'aks', ...base(cluster), images: [], subnets: [...new Set(subnets)], addresses: [], variables: [] };
}

function fromSite(site: z.output<typeof Site>): FoundHost {
  const { defaultHostName, virtualNetworkSubnetId, publicNetworkAccess, siteConfig } = site.properties;
  const runtimes = [siteConfig?.linuxFxVersion, siteConfig?.windowsFxVersion].flatMap((each) => each ?? []);
  const images = runtimes.flatMap((each) => /^docker\|(.+)$/i.exec(each)?.[1] ?? []);
  return {
    kind: 'web-app',
    ...base(site),
    images,
    // Whether a list tells the site’s configuration is not verified for every version of the API.
    ...(images.length === 0 && /\bcontainer\b/i.test(site.kind ?? '') ? { imagesUnread: true } : {}),
    subnets: [virtualNetworkSubnetId].flatMap((id) => id?.toLowerCase() ?? []),
    addresses: [defaultHostName].flatMap((each) => each ?? []),
    // Absent means that it is: learn.microsoft.com/azure/app-service/overview-access-restrictions
    isPublic: publicNetworkAccess?.toLowerCase() !== 'disabled',
    variables: [],
  };
}
