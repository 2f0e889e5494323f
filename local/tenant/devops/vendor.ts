import { Hono } from 'hono';
import { HOSTS, type TenantCore, type Vendor } from '../core/vendor.ts';
import { agentRoutes } from './agents.ts';
import { problem } from './answers.ts';
import { directoryRoutes } from './directory.ts';
import { locationRoutes } from './locations.ts';
import { pipelineRoutes } from './pipelines.ts';
import { securityRoutes } from './security.ts';
import type { DevOpsState, Variable } from './state.ts';
import { tokenRoutes } from './token-administration.ts';

export { seedDevOps } from './seed.ts';
export type { DevOpsState } from './state.ts';

/** `https://dev.azure.com` and `https://vssps.dev.azure.com`: an organisation, and the others beside it. */
export function makeDevOps(core: TenantCore, state: DevOpsState): Vendor {
  const made = new WeakMap<DevOpsState, Services>();
  const servicesOf = (organisation: DevOpsState): Services => {
    const services = made.get(organisation) ?? makeServices(core, organisation);
    made.set(organisation, services);
    return services;
  };
  return {
    name: 'devops',
    hosts: ['devops', 'devopsGraph'],
    handle: (request) => {
      const { hostname, pathname } = new URL(request.url);
      const asked = pathname.split('/')[1]?.toLowerCase();
      // What is nobody's is answered by the first, as the service answers a name that it does not know.
      const whose = state.others.all().find(({ organisation }) => organisation.toLowerCase() === asked) ?? state;
      const { service, identities } = servicesOf(whose);
      return (hostname === HOSTS.devopsGraph ? identities : service).fetch(request);
    },
    snapshot: () => snapshotOf(state),
  };
}

/** What answers for one organisation at each of the two hosts. */
interface Services {
  readonly service: Hono;
  readonly identities: Hono;
}

function makeServices(core: TenantCore, state: DevOpsState): Services {
  // Paths have no case.
  const getPath = (request: Request): string => new URL(request.url).pathname.toLowerCase();
  const service = new Hono({ getPath });
  locationRoutes(service, core, state);
  agentRoutes(service, core, state);
  pipelineRoutes(service, core, state);
  securityRoutes(service, core, state);
  const identities = new Hono({ getPath });
  directoryRoutes(identities, core, state);
  tokenRoutes(identities, core, state);
  for (const app of [service, identities]) {
    app.notFound((c) => {
      const message = `The controller for path '${new URL(c.req.url).pathname}' was not found or does not implement IController.`;
      return problem(state, 404, 'HttpException', message);
    });
  }
  return { service, identities };
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
  };
}

function names(variables: Readonly<Record<string, Variable>>): unknown {
  return Object.fromEntries(
    Object.entries(variables).map(([name, { isSecret }]) => [name, { isSecret: isSecret === true }]),
  );
}
