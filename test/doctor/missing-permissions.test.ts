import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { principal } from '../../local/tenant/core/principals.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Config } from '../../src/config.ts';
import { allows } from '../../src/connectors/arm/allows.ts';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import type { Permission } from '../../src/permissions/permission.ts';
import { PERMISSIONS } from '../../src/permissions/table.ts';
import { takePermission } from '../scenarios/support/take-permission.ts';
import { coveringForm } from '../support/short-form.ts';
import { checkOf, type DoctorWorld, inState, startDoctor } from './doctor-world.ts';

let study: DoctorWorld['study'];
let tenant: DoctorWorld['tenant'];
let principals: DoctorWorld['principals'];
let states: DoctorWorld['states'];
let storage: DoctorWorld['storage'];
let scratch: DoctorWorld['scratch'];
let config: DoctorWorld['config'];
let diagnose: DoctorWorld['diagnose'];
before(async () => {
  ({ study, tenant, principals, states, storage, scratch, config, diagnose } = await startDoctor());
  // The SDK's clients for Azure keep the identity that first asks by them: not one without a permission.
  await diagnose();
});
after(async () => {
  await Promise.all([tenant.close(), storage.stop(), rm(scratch, { recursive: true })]);
});
afterEach(() => tenant.faults.clear());

describe('the doctor names exactly what is missing, and what to do, without', () => {
  const asked = PERMISSIONS.filter((row) => !row.inherent && row.unasked === undefined && row.system !== 'storage');
  // In the short form one of each identity, system and place: what each is named by, the whole table holds.
  const kindOf = ({ identity, system, grant }: Permission): string[] => [
    [identity, system, 'scope' in grant ? grant.scope : '', 'level' in grant ? grant.level : ''].join(' '),
  ];
  for (const row of coveringForm(asked, kindOf)) {
    test(row.id, async () => {
      const found = row.system === 'graph' ? await diagnose(withToken(row)) : await diagnoseWithout(row);
      const { grant } = row;
      // Whoever may write at GitHub may read; without reading there is neither. The assessor has an App of its own.
      const both = (other: Permission): boolean =>
        (other.identity === 'assessor') === (row.identity === 'assessor') &&
        'level' in grant &&
        grant.level === 'read' &&
        'level' in other.grant &&
        other.grant.name === grant.name;
      const gone = PERMISSIONS.filter((other) => other.id === row.id || both(other)).map(({ id }) => id);
      assert.deepEqual(inState(found, 'missing'), gone);
      assert.equal(found.verdict, 'not-ready');
      const answer = found.permissions.find(({ id }) => id === row.id);
      assert.ok((answer?.withoutIt?.length ?? 0) > 0 && answer?.whatToDo !== undefined && answer.detail !== undefined);
      assert.match(found.headline, /^\d+ permissions? (is|are) missing/);
    });
  }
});

test('a permission that the token carries and Graph refuses all the same is missing', async () => {
  const row = PERMISSIONS.find(({ id }) => id === 'reader/graph/User-LifeCycleInfo.Read.All');
  assert.ok(row !== undefined);
  assert.deepEqual(inState(await diagnoseWithout(row), 'missing'), [row.id]);
});

test('storage that refuses is named by the role that it wants', async () => {
  const body = '<?xml version="1.0"?><Error><Code>AuthorizationPermissionMismatch</Code></Error>';
  const headers = { 'content-type': 'application/xml', 'x-ms-error-code': 'AuthorizationPermissionMismatch' };
  tenant.faults.add({ vendor: 'teams', effect: { kind: 'answer', status: 403, headers, body } });
  const there = tenant.origin('teams');
  const found = await diagnose({ ...config, BLOB_ENDPOINT: there, TABLE_ENDPOINT: there });
  assert.deepEqual(inState(found, 'missing'), [
    'remover/storage/Storage Blob Data Contributor',
    'remover/storage/Storage Table Data Contributor',
  ]);
});

test('where previews are switched off, only what is a preview in the specification cannot be checked', async () => {
  states.devops.behaviour.previewsEnded = true;
  const found = await diagnose();
  states.devops.behaviour.previewsEnded = false;
  assert.deepEqual(
    inState(found, 'could-not-check'),
    ['graph', 'build', 'serviceendpoint', 'auditlog'].map((scope) => `reader/azure-devops/vso.${scope}`),
  );
});

test('an action that stands on a later page of the roles is seen', async () => {
  states.arm.permissionsPageSize = 1;
  const found = await diagnose();
  states.arm.permissionsPageSize = 50;
  assert.deepEqual(inState(found, 'missing'), []);
});

test('the App that only reads: selected repositories, more than it needs, and what it lacks', async () => {
  const [installation = assert.fail()] = states.github.assessor.installations.all();
  const { organisation } = WORLD.github;
  const stateOf = (found: Diagnosis, what: string) => checkOf(found, `assessor-github-${what}:${organisation}`);
  Object.assign(installation, { repositorySelection: 'selected' });
  installation.permissions.set('contents', 'write').set('members', 'read').delete('secrets');
  const found = await diagnose();
  installation.permissions.set('contents', 'read').set('secrets', 'read').delete('members');
  installation.suspendedAt = new Date('2026-11-01T08:00:00Z');
  const suspended = await diagnose();
  delete installation.suspendedAt;
  Object.assign(installation, { repositorySelection: 'all' });
  assert.deepEqual(
    ['installation', 'permissions', 'reading'].map((what) => stateOf(found, what)?.state),
    ['fails', 'fails', 'passes'],
  );
  assert.match(
    stateOf(found, 'permissions')?.detail ?? '',
    /may change something on .+ \(contents=write\), and may read what nobody needs \(members=read\)/,
  );
  assert.deepEqual(inState(found, 'missing'), ['assessor/github/secrets=read']);
  assert.match(
    found.permissions.find(({ id }) => id.endsWith('/secrets=read'))?.whatToDo ?? '',
    /assessor’s GitHub App/,
  );
  assert.deepEqual(
    ['installation', 'permissions', 'reading'].map((what) => stateOf(suspended, what)?.state),
    ['fails', 'passes', 'fails'],
  );
});

test('without an App that only reads, or without the identity, it says what is unknown, and the rest is asked', async () => {
  const app = { ASSESSOR_GITHUB_APP_ID: undefined, ASSESSOR_GITHUB_APP_KEY_ID: undefined };
  const found = await diagnose({ ...config, ...app });
  assert.deepEqual([checkOf(found, 'assessor-github')?.state, found.verdict], ['could-not-check', 'unknown']);
  assert.match(checkOf(found, 'assessor-github')?.detail ?? '', /points 10 and 11 .* unknown/);
  assert.ok(inState(found, 'could-not-check').every((id) => /^assessor\/(github|key-vault)\//.test(id)));
  const nobody = await diagnose({ ...config, ...app, ASSESSOR_CLIENT_ID: undefined });
  assert.equal(checkOf(nobody, 'assessor')?.state, 'could-not-check');
  assert.ok(inState(nobody, 'could-not-check').every((id) => id.startsWith('assessor/')));
});

test('managing a deployment pool is asked about as well as managing agent pools', async () => {
  states.devops.pools.add({ id: 91, name: 'Trading floor', isHosted: false, kind: 'deployment' });
  const before = tenant.calls.length;
  await diagnose();
  states.devops.pools.delete('91');
  const asked = tenant.calls.slice(before).filter(({ path }) => /permissions\/[\w-]+\/2\?/.test(path));
  assert.ok(asked.some(({ path }) => decodeURIComponent(path).includes('AgentPools/91')));
});

test('Azure’s wildcards give what they cover, and what a role leaves out another may give', () => {
  const read = 'Microsoft.ManagedIdentity/userAssignedIdentities/read';
  const role = (actions: string[], notActions: string[] = []) => ({ actions, notActions });
  assert.ok(allows([role(['*/read'])], read) && allows([role(['*'])], read));
  assert.ok(allows([role(['microsoft.managedidentity/*'])], read));
  assert.ok(!allows([role(['*'], ['Microsoft.ManagedIdentity/*'])], read));
  assert.ok(allows([role(['*'], ['Microsoft.ManagedIdentity/*']), role([read])], read));
  assert.ok(!allows([role(['Microsoft.ManagedIdentity/userAssignedIdentities'])], read) && !allows([], read));
});

/** An identity of its own, whose tokens lack the permission from the start. */
function withToken({ identity, grant }: Permission): Config {
  const whose = { reader: 'READER_CLIENT_ID', remover: 'REMOVER_CLIENT_ID', assessor: 'ASSESSOR_CLIENT_ID' } as const;
  assert.ok(identity === 'reader' || identity === 'remover' || identity === 'assessor', 'it asks Graph');
  const who = principals[identity];
  const clientId = randomUUID();
  const other = principal(`${who.name} without`, clientId, randomUUID());
  for (const [what, held] of Object.entries(who)) {
    const set: unknown = other[what as keyof typeof other];
    if (!(held instanceof Set && set instanceof Set)) continue;
    for (const name of held) if (!('name' in grant) || name !== grant.name) set.add(name);
  }
  tenant.core.principals.push(other);
  return { ...config, [whose[identity]]: clientId };
}

async function diagnoseWithout(row: Permission): Promise<Diagnosis> {
  const giveBack = takePermission(study, row);
  assert.ok(giveBack !== undefined, 'the tenant simulates it');
  try {
    return await diagnose();
  } finally {
    giveBack();
  }
}
