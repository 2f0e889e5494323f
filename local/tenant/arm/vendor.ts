import { Hono } from 'hono';
import type { TenantCore, Vendor } from '../core/vendor.ts';
import { activityLogRoutes } from './alerts/activity-log.ts';
import { alertRoutes } from './alerts/alerts.ts';
import { armError } from './answers.ts';
import { gatewayObjectRoutes } from './gateway-objects.ts';
import { listedResourceRoutes } from './listed-resources.ts';
import { managedIdentityRoutes } from './managed-identities.ts';
import { namedValueRoutes } from './named-values.ts';
import { networkRoutes } from './networks.ts';
import { policyRoutes } from './policies.ts';
import { ownPermissionRoutes } from './roles/own-permissions.ts';
import { roleRoutes } from './roles/roles.ts';
import type { ArmState } from './state.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { tableRoutes } from './tables.ts';

export { seedArm } from './seeds/seed.ts';
export type { ArmState } from './state.ts';

/** `https://management.azure.com`. Paths have no case in ARM, so they are routed in lower case. */
export function makeArm(core: TenantCore, state: ArmState): Vendor {
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname.toLowerCase() });
  managedIdentityRoutes(app, core, state);
  namedValueRoutes(app, core, state);
  tableRoutes(app, core, state);
  ownPermissionRoutes(app, core, state);
  subscriptionRoutes(app, core, state);
  roleRoutes(app, core, state);
  listedResourceRoutes(app, core, state);
  policyRoutes(app, core, state);
  networkRoutes(app, core, state);
  activityLogRoutes(app, core, state);
  // Before what is below the gateway, of which it would be one more thing.
  alertRoutes(app, core, state);
  gatewayObjectRoutes(app, core, state);
  app.notFound((c) =>
    armError(404, 'InvalidResourceType', `The resource type could not be found at '${new URL(c.req.url).pathname}'.`),
  );
  return { name: 'arm', hosts: ['arm'], handle: (request) => app.fetch(request), snapshot: () => snapshotOf(state) };
}

function snapshotOf(state: ArmState): unknown {
  return {
    identities: state.identities.all().map(({ credentials, ...identity }) => ({
      ...identity,
      federatedIdentityCredentials: credentials.all(),
    })),
    namedValues: state.namedValues.all().map(({ value, ...row }) => (row.secret ? row : { ...row, value })),
    tables: state.tables.all(),
    roleAssignments: state.roleAssignments.all(),
    gatewayObjects: state.gatewayObjects.all().map(({ id, properties }) => ({ id, state: properties.state ?? null })),
  };
}
