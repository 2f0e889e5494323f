import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { discoverWorkloads } from '../../../activities/consent/discover-workloads.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { getJson } from '../../../src/connectors/storage/evidence/evidence.ts';
import { remedyDefinition } from '../../../src/steps/registry.ts';
import { restoreTarget } from '../../../src/steps/restoring/restore-target.ts';
import {
  ana,
  ben,
  type DiscoverWorkloadsWorld,
  gaps,
  leaver,
  opened,
  startDiscoverWorkloads,
  told,
} from './discover-workloads-world.ts';

let state: DiscoverWorkloadsWorld['state'];
let app: DiscoverWorkloadsWorld['app'];
let admin: DiscoverWorkloadsWorld['admin'];
let vendors: DiscoverWorkloadsWorld['vendors'];
let plant: DiscoverWorkloadsWorld['plant'];
let discover: DiscoverWorkloadsWorld['discover'];
let prepare: DiscoverWorkloadsWorld['prepare'];
before(async () => {
  ({ state, app, admin, vendors, plant, discover, prepare } = await startDiscoverWorkloads());
});
after(() => app.stop());
beforeEach(() => prepare());

const stateOf = ({ coverage }: StepResult, source: string): string | undefined =>
  coverage.find((line) => line.source === `entra/${source}`)?.state;

async function carryOut({ remedy }: Finding): Promise<string[]> {
  assert.ok(remedy !== undefined);
  const definition = remedyDefinition(remedy.call);
  const seen: string[] = [];
  const look = async (): Promise<void> => {
    const read = await definition.read(vendors, remedy.call);
    assert.ok(read.ok, JSON.stringify(read));
    seen.push(read.value.state);
    if (read.value.state === 'present') assert.deepEqual(read.value.now, remedy.call.expected);
  };
  await look();
  const acted = await definition.act(vendors, remedy.call);
  assert.ok(acted.ok, JSON.stringify(acted));
  await look();
  return seen;
}

describe('what is cut', () => {
  test('a secret: read back as gone, and the report says before that nothing brings it back', async () => {
    const { application } = plant({
      name: 'app',
      role: 'own',
      owners: [ben.oid],
      secrets: [{ by: leaver }, { by: ben.oid }],
    });
    const finding = (await discover()).findings.find(({ kind }) => kind === 'application-credential');
    assert.ok(finding?.remedy !== undefined);
    assert.match(finding.remedy.undo, /^Nothing/);
    assert.equal(finding.remedy.risk, 'disruptive');
    assert.deepEqual(await carryOut(finding), ['present', 'gone']);
    assert.equal(application.passwordCredentials?.length, 1, 'the other secret stays');
  });

  test('an ownership, and it is put back', async () => {
    const { application } = plant({ name: 'app', owners: [leaver, ben.oid] });
    const finding = (await discover()).findings.find(({ kind }) => kind === 'application-owner');
    assert.ok(finding?.remedy !== undefined);
    assert.deepEqual(await carryOut(finding), ['present', 'gone']);
    assert.deepEqual([...(application.owners ?? [])], [ben.oid]);
    const { restore } = remedyDefinition(finding.remedy.call);
    assert.ok(restore.by === 'app');
    assert.equal((await restoreTarget(vendors, restore, finding.remedy.call, {})).is, 'given');
    assert.equal(application.owners?.has(leaver), true);
  });

  test('a role of an application, whose tokens live on; a managed identity’s for a day', async () => {
    const { principal } = plant({ name: 'app', role: 'own', managedIdentity: true, principalOwners: [leaver] });
    const { findings } = await discover();
    const role = findings.find(({ kind }) => kind === 'workload-role');
    assert.ok(role?.remedy !== undefined);
    const { livesOn } = remedyDefinition(role.remedy.call);
    assert.equal(livesOn === 'nothing' ? 0 : livesOn(role.remedy.call).minutes, 24 * 60);
    assert.deepEqual(await carryOut(role), ['present', 'gone']);
    const tokens = findings.find(({ kind }) => kind === 'workload-tokens');
    assert.deepEqual([tokens?.remedy?.call.kind, tokens?.resource.id], ['deny-identity', principal.id]);
  });
});

describe('what Graph keeps back', () => {
  test('a twenty-first owner is asked for by the list of owners', async () => {
    const many = Array.from({ length: 20 }, (_, index) => `eeeeeeee-0000-4000-8000-${String(index).padStart(12, '0')}`);
    plant({ name: 'app', owners: [...many, leaver] });
    assert.deepEqual(told(await discover()), ['application-owner low awaiting-decision']);
  });

  test('a deleted owner who is not listed makes the line partial where secrets of nobody known reach the gateway', async () => {
    plant({ name: 'app', role: 'own', owners: [leaver], secrets: [{ by: 'nobody' }] });
    await admin.deleteUser(leaver);
    state.switches.hideOwnersOfSoftDeleted = true;
    try {
      assert.deepEqual(gaps(await discover()), ['entra/owners partial']);
      state.switches.hideOwnersOfSoftDeleted = false;
      const shown = await discover();
      assert.deepEqual(gaps(shown), []);
      assert.ok(told(shown).includes('application-owner medium awaiting-decision'));
    } finally {
      state.switches.hideOwnersOfSoftDeleted = false;
      await admin.restoreUser(leaver);
    }
  });

  test('an audit log that answers one question otherwise than the other is partial, and both count', async () => {
    const { application } = plant({ name: 'app', owners: [ben.oid], secrets: [{ by: leaver }] });
    const body = JSON.stringify({ value: [] });
    app.tenant.faults.add({ vendor: 'graph', path: /initiatedBy/, effect: { kind: 'answer', status: 200, body } });
    const result = await discover();
    assert.equal(stateOf(result, 'directory-audit'), 'partial');
    assert.equal(result.findings[0]?.resource.name, application.displayName);
  });

  test('without the permissions for the log its line is denied, and everything else is told', async () => {
    plant({ name: 'app', role: 'own', owners: [leaver], secrets: [{ by: leaver }] });
    for (const permission of ['AuditLog.Read.All', 'Directory.Read.All']) {
      app.reader.graph.delete(permission);
      const result = await discover();
      app.reader.graph.add(permission);
      assert.equal(stateOf(result, 'directory-audit'), 'denied');
      assert.ok(told(result).includes('application-credentials-perhaps high manual-action'));
    }
  });
});

describe('rights of the directory', () => {
  test('a group with a role that the leaver owns', async () => {
    const group = state.groups.get(ENTRA.group.id);
    assert.ok(group !== undefined);
    state.groups.delete(group.id);
    state.groups.add({ ...group, ownerIds: new Set([leaver]) });
    assert.deepEqual(told(await discover()), ['gateway-group-owner medium manual-action']);
    state.groups.delete(group.id);
    state.groups.add(group);
  });

  test('directory roles, by what they can do', async () => {
    const role = (id: string, roleDefinitionId: string, roleName: string) =>
      state.directoryRoles.push({ id, principalId: leaver, roleDefinitionId, roleName });
    role('r1', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator');
    role('r2', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers');
    assert.deepEqual(told(await discover()), ['directory-role high manual-action', 'directory-role low manual-action']);
  });

  test('agents that the leaver sponsors, by blueprint or as a user; those of others are nobody’s to look at', async () => {
    const sponsored = (kind: 'blueprint' | 'agent-user', id: string, ...sponsorIds: string[]) =>
      state.sponsored.push({ kind, id, displayName: `agent ${id}`, sponsorIds });
    sponsored('blueprint', 'b1', leaver.toUpperCase());
    sponsored('blueprint', 'b2', ana.oid);
    sponsored('agent-user', 'u1', ana.oid, leaver);
    const result = await discover();
    assert.deepEqual(told(result), ['agent-sponsor low manual-action', 'agent-sponsor medium manual-action']);
    const line = result.coverage.find(({ source }) => source === 'entra/agent-sponsors');
    assert.deepEqual([line?.state, line?.looked.count], ['complete', 3]);
    app.tenant.faults.add({ vendor: 'graph', path: /agentUser/, effect: { kind: 'answer', status: 400 } });
    const refused = await discover();
    state.sponsored.length = 0;
    assert.notEqual(stateOf(refused, 'agent-sponsors'), 'complete');
    assert.deepEqual(told(refused), ['agent-sponsor medium manual-action'], 'what was listed is told');
  });

  for (const permission of ['Application.Read.All', 'User.Read.All']) {
    test(`sponsors of agents that cannot be read without ${permission} are not called none`, async () => {
      state.sponsored.push({ kind: 'blueprint', id: 'b1', displayName: 'b1', sponsorIds: [ana.oid] });
      const found = await findPerson(app.config, leaver);
      assert.ok(found.ok);
      opened.cases += 1;
      // Directory.Read.All, which the audit log takes, opens users too.
      const taken = [permission, 'Directory.Read.All'];
      for (const each of taken) app.reader.graph.delete(each);
      const about = {
        caseId: makeCaseId(leaver, opened.cases),
        leaver: { ...found.value, github: [], devops: [] },
      };
      const { ref } = await discoverWorkloads.handler(about, app.context);
      for (const each of taken) app.reader.graph.add(each);
      state.sponsored.length = 0;
      const { coverage } = await getJson<StepResult>(app.config, ref);
      const line = coverage.find(({ source }) => source === 'entra/agent-sponsors');
      assert.deepEqual([line?.state, line?.missingPermission], ['denied', permission]);
    });
  }

  test('a deleted application that the leaver owned; where its owners are not told the line says so', async () => {
    const { application } = plant({ name: 'app', owners: [leaver] });
    state.applications.delete(application.id);
    state.deletedApplications.add({ ...application, deletedDateTime: new Date().toISOString() });
    assert.ok(told(await discover()).includes('deleted-application low manual-action'));
    state.switches.ownersOfDeletedApplications = false;
    const silent = await discover();
    state.switches.ownersOfDeletedApplications = true;
    assert.equal(stateOf(silent, 'deleted-applications'), 'partial');
  });
});
