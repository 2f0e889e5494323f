import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import type { FaultEffect } from '../../local/tenant/core/faults.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { checkOf, type DoctorWorld, inState, startDoctor } from './doctor-world.ts';

let tenant: DoctorWorld['tenant'];
let principals: DoctorWorld['principals'];
let states: DoctorWorld['states'];
let storage: DoctorWorld['storage'];
let scratch: DoctorWorld['scratch'];
let config: DoctorWorld['config'];
let diagnose: DoctorWorld['diagnose'];
before(async () => {
  ({ tenant, principals, states, storage, scratch, config, diagnose } = await startDoctor());
});
after(async () => {
  await Promise.all([tenant.close(), storage.stop(), rm(scratch, { recursive: true })]);
});
afterEach(() => tenant.faults.clear());

/** Which systems' permissions each vendor answers for. */
const VENDORS: Readonly<Record<string, RegExp>> = {
  graph: /^reader\/graph/,
  arm: /\/azure\//,
  // What was signed once serves GitHub for minutes.
  vault: /\/key-vault\//,
  logs: /\/logs\//,
  devops: /\/azure-devops\//,
  github: /\/github\//,
};
const TROUBLE: Readonly<Record<string, FaultEffect>> = {
  '503': { kind: 'answer', status: 503 },
  'a reset connection': { kind: 'reset' },
  'a page of HTML': { kind: 'answer', status: 502, body: '<!doctype html>' },
};
describe('what could not be checked is never called granted or missing:', () => {
  for (const [vendor, permissions] of Object.entries(VENDORS)) {
    for (const [name, effect] of Object.entries(TROUBLE)) {
      test(`${vendor} answers with ${name}`, async () => {
        tenant.faults.add({ vendor, effect });
        const found = await diagnose();
        assert.deepEqual(inState(found, 'missing'), []);
        const unknown = inState(found, 'could-not-check');
        const expected = PERMISSIONS.filter(({ id, unasked }) => unasked === undefined && permissions.test(id));
        assert.deepEqual(
          unknown,
          expected.map(({ id }) => id),
        );
        assert.equal(found.verdict, 'unknown');
        assert.match(found.headline, /could not be checked/);
      });
    }
  }
});

/** What was asked, without whom and when it was about. */
const questionsSince = (from: number, vendor: string): Set<string> =>
  new Set(
    tenant.calls.slice(from).flatMap(({ vendor: asked, method, path }) =>
      asked === vendor && method === 'GET'
        ? [
            decodeURIComponent(path)
              .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<at>')
              .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
              .replace(/aad\.[\w+=%-]+/g, '<person>'),
          ]
        : [],
    ),
  );

test('Graph and Azure DevOps are asked by the very questions that cases and sweeps ask', async () => {
  const vendors = openVendors(config);
  const [project] = states.devops.projects.all();
  assert.ok(project !== undefined);
  const { organisation } = WORLD.devops;
  const { graph, devops } = vendors;
  const oid = WORLD.leaver.oid as Oid;
  const group = 'a0000000-0000-4000-8000-000000000001';
  const gateway = WORLD.gateway.servicePrincipalId;
  const before = tenant.calls.length;
  await Promise.all([
    graph.findPerson(oid),
    graph.listInactiveUsers(new Date()),
    graph.findServicePrincipal(config.GATEWAY_APP_ID),
    graph.readPreAuthorizedClients(config.GATEWAY_APP_ID),
    graph.listAssignedTo(gateway),
    graph.listAssignedTo(gateway, 'advanced'),
    graph.listApplicationCredentials(),
    ...(['resourceId', 'clientId', 'principalId'] as const).map((key) => graph.listGrants(key, gateway)),
    graph.listGroupMembers(group),
    graph.hasMember(group, oid),
    graph.listGroupsThatHideMembers([group]),
    graph.listGroupOwners(group),
    graph.listOwned('applications'),
    graph.listOwned('servicePrincipals'),
    graph.changesBy(oid),
    graph.listDirectoryRoles(oid),
    ...(['automation', 'deployment'] as const).map((kind) => devops.listAgentPools(organisation, kind)),
    devops.findEntraUsers(organisation, oid),
    devops.listProjects(organisation),
    devops.listDefinitions(organisation, project),
    devops.listVariableGroups(organisation, project),
    devops.listPersonalTokens(organisation, 'aad.x', { sshKeys: false }),
    devops.listEnvironments(organisation, project),
    devops.listServiceHooks(organisation),
    devops.listRepositories(organisation, project),
    devops.listReleaseDefinitions(organisation, project),
    devops.listServiceConnections(organisation, project),
    devops.listAuditEntries(organisation, new Date()),
  ]);
  // Where Graph does not tell the owners of deleted applications, the applications are read without them.
  states.entra.switches.ownersOfDeletedApplications = false;
  await graph.listDeletedApplications();
  states.entra.switches.ownersOfDeletedApplications = true;
  // Where the leave date may not be read, the rest of the person is read without it.
  principals.reader.graph.delete('User-LifeCycleInfo.Read.All');
  await graph.findPerson(oid);
  principals.reader.graph.add('User-LifeCycleInfo.Read.All');
  const used = { graph: questionsSince(before, 'graph'), devops: questionsSince(before, 'devops') };
  const asked = tenant.calls.length;
  await diagnose();
  for (const [vendor, questions] of Object.entries(used)) {
    const own = questionsSince(asked, vendor);
    assert.ok(own.size >= 6, vendor);
    // Whether the lists leave something out is asked as cases ask it too, in words of its own.
    const odd = [...own].filter((question) => !questions.has(question) && !/_apis\/permissions/.test(question));
    const hint = `The doctor asks ${vendor} what the calls above do not ask. Is it what a case asks? Then add its call.`;
    assert.deepEqual(odd, [], hint);
  }
});

test('a question that is refused is not known to be granted: the filter on the leave date', async () => {
  const body = '{"error":{"code":"Request_UnsupportedQuery","message":"no"}}';
  tenant.faults.add({
    vendor: 'graph',
    path: /employeeLeaveDateTime(%20| )le/,
    effect: { kind: 'answer', status: 400, body },
  });
  const found = await diagnose();
  assert.deepEqual(inState(found, 'could-not-check'), ['reader/graph/User-LifeCycleInfo.Read.All']);
  assert.equal(found.verdict, 'unknown');
});

describe('an answer of Azure DevOps that is not the one meant says nothing about a permission:', () => {
  for (const [name, status, typeKey] of [
    ['an api-version that is switched off', 400, 'VssInvalidPreviewVersionException'],
    ['a route that is not there', 404, 'HttpException'],
    ['a resource that is not there', 404, 'VssResourceNotFoundException'],
  ] as const) {
    test(name, async () => {
      const body = JSON.stringify({ $id: '1', message: 'no', typeKey });
      tenant.faults.add({ vendor: 'devops', effect: { kind: 'answer', status, body } });
      const found = await diagnose();
      const expected = PERMISSIONS.filter(({ id, unasked }) => unasked === undefined && /\/azure-devops\//.test(id));
      assert.deepEqual(
        inState(found, 'could-not-check'),
        expected.map(({ id }) => id),
      );
      assert.equal(found.verdict, 'unknown');
    });
  }
});

test('a table whose plan Azure does not say is not known to be one that can be queried', async () => {
  const table = states.arm.tables.all()[0];
  assert.ok(table !== undefined);
  table.plan = undefined;
  const found = await diagnose();
  table.plan = 'Analytics';
  assert.deepEqual([checkOf(found, 'audit-retention')?.state, found.verdict], ['could-not-check', 'unknown']);
});
