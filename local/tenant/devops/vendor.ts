import { Hono } from 'hono';
import { HOSTS, type TenantCore, type Vendor } from '../core/vendor.ts';
import { problem } from './answers.ts';
import { auditRoutes } from './audit-log.ts';
import { directoryRoutes } from './directory.ts';
import { locationRoutes } from './locations.ts';
import { entitlementRoutes, membershipRoutes } from './memberships.ts';
import { agentRoutes } from './pipelines/agents.ts';
import { buildRoutes } from './pipelines/builds.ts';
import { environmentRoutes } from './pipelines/environments.ts';
import { pipelineRoutes } from './pipelines/pipelines.ts';
import { releaseRoutes } from './pipelines/releases.ts';
import { repositoryRoutes } from './pipelines/repositories.ts';
import { connectionRoutes } from './pipelines/service-connections.ts';
import { hookRoutes } from './pipelines/service-hooks.ts';
import { securityRoutes } from './security.ts';
import type { DevOpsState } from './state/state.ts';
import type { Variable } from './state/state-pipelines.ts';
import { tokenRoutes } from './token-administration.ts';

export { seedDevOps } from './seeds/seed.ts';
export type { DevOpsState } from './state/state.ts';

/** `https://dev.azure.com` and the hosts below it: an organisation, and the others beside it. */
export function makeDevOps(core: TenantCore, state: DevOpsState): Vendor {
  const made = new WeakMap<DevOpsState, Services>();
  const servicesOf = (organisation: DevOpsState): Services => {
    const services = made.get(organisation) ?? makeServices(core, organisation);
    made.set(organisation, services);
    return services;
  };
  return {
    name: 'devops',
    hosts: ['devops', 'devopsGraph', 'devopsReleases', 'devopsEntitlements', 'devopsAudit'],
    handle: (request) => {
      const { hostname, pathname } = new URL(request.url);
      const asked = pathname.split('/')[1]?.toLowerCase();
      // What is nobody's is answered by the first, as the service answers a name that it does not know.
      const whose = state.others.all().find(({ organisation }) => organisation.toLowerCase() === asked) ?? state;
      return servicesOf(whose)(hostname).fetch(request);
    },
    snapshot: () => snapshotOf(state),
  };
}

/** What answers for one organisation at each of the hosts. */
type Services = (hostname: string) => Hono;

function makeServices(core: TenantCore, state: DevOpsState): Services {
  // Paths have no case.
  const getPath = (request: Request): string => new URL(request.url).pathname.toLowerCase();
  const service = new Hono({ getPath });
  locationRoutes(service, core, state);
  agentRoutes(service, core, state);
  pipelineRoutes(service, core, state);
  buildRoutes(service, core, state);
  securityRoutes(service, core, state);
  environmentRoutes(service, core, state);
  connectionRoutes(service, core, state);
  hookRoutes(service, core, state);
  repositoryRoutes(service, core, state);
  const identities = new Hono({ getPath });
  directoryRoutes(identities, core, state);
  membershipRoutes(identities, core, state);
  tokenRoutes(identities, core, state);
  const releases = new Hono({ getPath });
  releaseRoutes(releases, core, state);
  const entitlements = new Hono({ getPath });
  entitlementRoutes(entitlements, core, state);
  const audit = new Hono({ getPath });
  auditRoutes(audit, core, state);
  for (const app of [service, identities, releases, entitlements, audit]) {
    app.notFound((c) => {
      const message = `The controller for path '${new URL(c.req.url).pathname}' was not found or does not implement IController.`;
      return problem(state, 404, 'HttpException', message);
    });
  }
  const byHost = new Map<string, Hono>([
    [HOSTS.devopsGraph, identities],
    [HOSTS.devopsReleases, releases],
    [HOSTS.devopsEntitlements, entitlements],
    [HOSTS.devopsAudit, audit],
  ]);
  return (hostname) => byHost.get(hostname) ?? service;
}

/** Names of variables and capabilities, never values: any of them may be a credential. */
function snapshotOf(state: DevOpsState): unknown {
  return {
    organisation: state.organisation,
    projects: state.projects.all(),
    pools: state.pools.all(),
    agents: state.agents.all().map(({ systemCapabilities, userCapabilities, ...agent }) => ({
      ...agent,
      systemCapabilities: Object.keys(systemCapabilities),
      userCapabilities: Object.keys(userCapabilities ?? {}),
    })),
    definitions: state.definitions.all().map(({ variables, ...rest }) => ({ ...rest, variables: names(variables) })),
    variableGroups: state.variableGroups
      .all()
      .map(({ variables, ...rest }) => ({ ...rest, variables: names(variables) })),
    users: state.users.all(),
    tokens: state.tokens.all(),
    environments: state.environments.all(),
    machines: state.machines.all(),
    releases: state.releases.all().map(({ variables, stages, ...rest }) => ({
      ...rest,
      variables: names(variables),
      stages: stages.map((stage) => ({ name: stage.name, variables: names(stage.variables) })),
    })),
    connections: state.connections.all().map(({ secret: _, ...rest }) => rest),
    hooks: state.hooks.all().map(({ consumerInputs, ...rest }) => ({ ...rest, inputs: Object.keys(consumerInputs) })),
    files: state.files.all().map(({ text: _, ...rest }) => rest),
    groups: state.groups.all(),
    audit: state.audit.all(),
  };
}

function names(variables: Readonly<Record<string, Variable>>): unknown {
  return Object.fromEntries(
    Object.entries(variables).map(([name, { isSecret }]) => [name, { isSecret: isSecret === true }]),
  );
}
