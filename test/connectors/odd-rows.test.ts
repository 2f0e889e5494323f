import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import { makeDevOps, seedDevOps } from '../../local/tenant/devops/vendor.ts';
import { ENTRA } from '../../local/tenant/entra/directory.ts';
import { makeGraph, seedEntra } from '../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import { parseOid } from '../../src/people/oid.ts';
import { startApp } from '../support/apps/start-app.ts';
import { fc } from '../support/properties.ts';
import { seedContext } from '../support/seed-context.ts';

const context = seedContext();
const entraState = seedEntra(context);
const oid = parseOid(WORLD.leaver.oid);
assert.ok(oid !== undefined);
for (const n of [1, 2, 3]) {
  entraState.provisioning.push({
    id: `provisioned-${n}`,
    activityDateTime: '2026-09-01T09:00:00Z',
    provisioningAction: 'update',
    status: 'success',
    sourceId: oid,
    targetId: `target-${n}`,
    targetName: `name-${n}`,
    application: 'GitHub',
  });
}
const devopsState = seedDevOps(context);
const armState = seedArm(context);
const app = await startApp({
  vendors: (core) => [makeGraph(core, entraState), makeArm(core, armState), makeDevOps(core, devopsState)],
});
// Reading what provisioning wrote takes two permissions more.
for (const permission of ['AuditLog.Read.All', 'Directory.Read.All']) app.reader.graph.add(permission);
after(() => app.stop());
afterEach(() => app.tenant.faults.clear());
const { graph, azure, devops } = app.context.vendors;
const { organisation, agent } = WORLD.devops;
const [project] = devopsState.projects.all();
assert.ok(project !== undefined);
const identity = armState.identities.where(({ credentials }) => credentials.size > 1)[0];
assert.ok(identity !== undefined);

/** Every list of these vendors: where it is asked, and how it is read. */
const LISTS: Readonly<Record<string, readonly [vendor: string, path: RegExp, read: () => Promise<Listing<unknown>>]>> =
  {
    grants: ['graph', /oauth2PermissionGrants/, () => graph.listGrants('resourceId', WORLD.gateway.servicePrincipalId)],
    roles: ['graph', /appRoleAssignedTo/, () => graph.listAssignedTo(WORLD.gateway.servicePrincipalId)],
    members: ['graph', /members/, () => graph.listGroupMembers(ENTRA.group.id)],
    groups: ['graph', /groups\?/, () => graph.listGroupsThatHideMembers([ENTRA.group.id])],
    registrations: ['graph', /applications\?/, () => graph.listApplicationCredentials()],
    'people past their last day': [
      'graph',
      /users\?/,
      async () => (await graph.listInactiveUsers(new Date())).departed,
    ],
    'what provisioning wrote': ['graph', /auditLogs\/provisioning\?/, () => graph.provisionedFor(oid)],
    subscriptions: ['arm', /subscriptions\?/, () => azure.listSubscriptions()],
    identities: ['arm', /userAssignedIdentities\?/i, () => azure.listIdentities(WORLD.subscriptions.platform)],
    'federated credentials': ['arm', /federatedIdentityCredentials\?/i, () => azure.listFederatedCredentials(identity)],
    pools: ['devops', /pools\?/, () => devops.listAgentPools(organisation, 'automation')],
    agents: ['devops', /agents\?/, () => devops.listAgents(organisation, agent.poolId, { capabilities: true })],
    projects: ['devops', /projects\?/, () => devops.listProjects(organisation)],
    pipelines: ['devops', /definitions\?/, () => devops.listDefinitions(organisation, project)],
    'variable groups': ['devops', /variablegroups\?/, () => devops.listVariableGroups(organisation, project)],
    users: ['devops', /graph\/users\?/, () => devops.findEntraUsers(organisation, 'nobody', 'nobody@nowhere.example')],
    tokens: [
      'devops',
      /personalaccesstokens/,
      () => devops.listPersonalTokens(organisation, WORLD.leaver.devopsDescriptor, { sshKeys: false }),
    ],
  };

type Row = Record<string, unknown>;

/** What may stand where something else is expected. */
const odd = fc.oneof(
  fc.constantFrom(null, true, 7, -1.5, '', [], {}, [null], { value: 7 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\u202Eevil', '<script>', "'; --", '“”', 'x'.repeat(10_000)),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Puts a value in the place of one of a row's own values, at the top or one below; or in the place of the whole row. */
function spoilt(row: Row, at: number, value: unknown): unknown {
  const places = Object.entries(row).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? [[name], ...Object.keys(inner).map((below) => [name, below])]
      : [[name]],
  );
  const [name, below] = places[at % (places.length + 1)] ?? [];
  if (name === undefined) return value;
  return { ...row, [name]: below === undefined ? value : { ...(row[name] as Row), [below]: value } };
}

for (const [name, [vendor, path, read]] of Object.entries(LISTS)) {
  test(`${name}: an odd value in a row is read or counted, never an exception, and never an absence`, async () => {
    const whole = (await read()).items.length;
    await fc.assert(
      fc.asyncProperty(fc.nat(50), fc.nat(50), odd, async (which, at, value) => {
        app.tenant.faults.clear();
        app.tenant.faults.add({
          vendor,
          path,
          effect: {
            kind: 'alter',
            alter: (body) => {
              const { value: rows = [], ...rest } = body as { readonly value?: readonly Row[] };
              const spoil = rows.map((row, index) => (index === which % rows.length ? spoilt(row, at, value) : row));
              return { ...rest, value: spoil };
            },
          },
        });
        const { items, failure } = await read();
        assert.ok(items.length >= whole - 1, 'the other rows are kept');
        if (items.length < whole) assert.ok(failure !== undefined, 'what is missing is told');
        if (failure !== undefined) assert.ok(['incomplete', 'unavailable'].includes(failure.kind), failure.kind);
      }),
      { numRuns: 60 },
    );
  });
}
