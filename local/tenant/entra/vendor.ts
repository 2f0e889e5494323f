import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { TenantCore, Vendor } from '../core/vendor.ts';
import { registerAgentSponsors } from './applications/agent-sponsors.ts';
import { registerApplications } from './applications/applications.ts';
import { registerGrants } from './applications/grants.ts';
import { registerServicePrincipals } from './applications/service-principals.ts';
import { registerConditionalAccess } from './conditional-access.ts';
import { registerLifecycleWorkflows } from './lifecycle-workflows.ts';
import { registerDirectoryAudits } from './logs/directory-audits.ts';
import { registerHunting } from './logs/hunting.ts';
import { registerProvisioningLog } from './logs/provisioning-log.ts';
import { registerSignIns } from './logs/sign-ins.ts';
import { registerDeletedItems } from './people/deleted-items.ts';
import { registerUserDelta } from './people/delta.ts';
import { registerDirectoryRoles } from './people/directory-roles.ts';
import { registerGroups } from './people/groups.ts';
import { registerUsers } from './people/users.ts';
import { type GraphEnv, graphError } from './reply.ts';
import type { EntraState } from './state/state.ts';
import { registerSubscriptions } from './subscriptions.ts';

/** `https://graph.microsoft.com`, as far as offboarding asks it. */
export function makeGraph(core: TenantCore, state: EntraState): Vendor {
  const app = new Hono<GraphEnv>().basePath('/:version{v1\\.0|beta}');
  app.use(async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    const token = await core.tokens.verify(c.req.header('authorization'), core.origin('graph'));
    if ('refused' in token) {
      c.res = graphError(c, 401, 'InvalidAuthenticationToken', 'Access token validation failure.');
    } else {
      c.set('token', token);
      await next();
    }
    c.res.headers.set('request-id', requestId);
    c.res.headers.set('client-request-id', c.req.header('client-request-id') ?? requestId);
    c.res.headers.set('x-ms-resource-unit', '1');
    c.res.headers.set('odata-version', '4.0');
    return c.res;
  });
  registerAgentSponsors(app, core, state);
  // Before `/users/:id`, which would take it for a name.
  registerUserDelta(app, core, state);
  registerUsers(app, core, state);
  registerDeletedItems(app, core, state);
  registerDirectoryAudits(app, core, state);
  registerProvisioningLog(app, core, state);
  registerServicePrincipals(app, core, state);
  registerGrants(app, core, state);
  registerApplications(app, core, state);
  registerSubscriptions(app, core, state);
  registerGroups(app, core, state);
  registerDirectoryRoles(app, core, state);
  registerSignIns(app, core, state);
  registerLifecycleWorkflows(app, core, state);
  registerConditionalAccess(app, core, state);
  registerHunting(app, core, state);
  app.all('*', (c) => {
    const segment = new URL(c.req.url).pathname.split('/')[2] ?? '';
    return graphError(c, 400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
  });
  return { name: 'graph', hosts: ['graph'], handle: (request) => app.fetch(byAlternateKey(request)), snapshot };

  function snapshot(): unknown {
    return {
      users: state.users.all(),
      deletedUsers: state.deletedUsers.all(),
      servicePrincipals: state.servicePrincipals.all().map(ownersListed),
      grants: state.grants.all(),
      appRoleAssignments: state.assignments.all(),
      groups: state.groups.all().map((group) => ({ ...group, memberIds: [...group.memberIds] })),
      applications: state.applications.all().map(ownersListed),
      federatedCredentials: state.federatedCredentials.all(),
      subscriptions: state.subscriptions.all(),
    };
  }
}

/** A set is nothing in JSON. */
function ownersListed<Row extends { readonly owners?: ReadonlySet<string> }>(row: Row): object {
  return row.owners === undefined ? row : { ...row, owners: [...row.owners] };
}

/** `servicePrincipals(appId='…')` becomes a plain segment, which a router can match. */
function byAlternateKey(request: Request): Request {
  const url = request.url.replace(
    /\/(servicePrincipals|applications)\(appId=(?:'|%27)([\w-]+)(?:'|%27)\)/i,
    '/$1/appId=$2',
  );
  return url === request.url ? request : new Request(url, request);
}

export { seedEntra } from './seeds/seed.ts';
