import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Connection } from '../../../local/tenant/devops/state/state-connections.ts';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { noStoredSecrets } from '../../../src/posture/checks/no-stored-secrets.ts';
import { checked } from '../support/checked.ts';
import { assign, PIPELINE, SECRETS, shouted } from '../support/gateway-firm.ts';
import { app, devops, entra, outcome, reset, WITHOUT_GITHUB } from './situations/no-stored-secrets.ts';

after(() => app.stop());

const registration = seededGuid(`registration ${PIPELINE.appId}`);

beforeEach(reset);

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const key = (from: number, until: number, keyId = 'KEY') => ({
  ...{ keyId, displayName: null, startDateTime: day(from), endDateTime: day(until) },
});
const keys = (more: object) => () => void entra.applications.patch(registration, more);
const [project] = devops.projects.all();
assert.ok(project !== undefined);
const somebody = { id: 'x', displayName: 'x', uniqueName: 'x@northwind.example', descriptor: 'aad.x' };
const connection = (more: Partial<Connection>) => () => {
  devops.connections.add({
    ...{ id: 'c0ffee00-0000-4000-8000-0000000000aa', projectIds: [project.id], name: 'gateway', type: 'azurerm' },
    ...{ scheme: 'ServicePrincipal', secret: 'never told', servicePrincipalId: PIPELINE.appId, isDisabled: false },
    ...{ createdBy: somebody, modifiedBy: somebody, creationDate: day(-9), modificationDate: day(-9), uses: [] },
    ...more,
  });
};

const SITUATIONS: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['a pipeline without a secret', () => {}, 'pass'],
  ['expired only', keys({ passwordCredentials: [key(-90, -1)], keyCredentials: [key(-400, -1)] }), 'pass'],
  ['a live secret', keys({ passwordCredentials: [key(-9, 1)] }), 'fail: live-secret key'],
  ['one that begins next week', keys({ passwordCredentials: [key(7, 9)] }), 'fail: live-secret key'],
  ['a certificate of a year', keys({ keyCredentials: [key(-9, 356)] }), 'fail: long-certificate key'],
  ['a certificate of two months', keys({ keyCredentials: [key(-9, 50)] }), 'pass'],
  [
    'a secret on the service principal alone',
    () => void entra.servicePrincipals.patch(PIPELINE.principalId, { passwordCredentials: [key(-9, 9)] }),
    'fail: live-secret key',
  ],
  [
    'managed identity’s key',
    () => {
      entra.applications.delete(registration);
      const rest = { displayName: 'id-mcp-pipeline', appRoleAssignmentRequired: false, appRoles: [] };
      const managed = { servicePrincipalType: 'ManagedIdentity' as const, keyCredentials: [key(-9, 80)] };
      entra.servicePrincipals.add({ id: PIPELINE.principalId, appId: PIPELINE.appId, ...rest, ...managed });
    },
    'pass',
  ],
  ['an application of another tenant', () => void entra.applications.delete(registration), 'unknown: no-data'],
  ['a holder that no list shows', () => void entra.servicePrincipals.delete(PIPELINE.principalId), 'unknown: no-data'],
  [
    '`spnKey`',
    connection({ authenticationType: 'spnKey' }),
    'fail: connection-keeps-secret c0ffee00-0000-4000-8000-0000000000aa',
  ],
  [
    'its certificate',
    connection({ authenticationType: 'spnCertificate' }),
    'fail: connection-keeps-secret c0ffee00-0000-4000-8000-0000000000aa',
  ],
  [
    'an old one, which does not say how',
    connection({}),
    'fail: connection-keeps-secret c0ffee00-0000-4000-8000-0000000000aa',
  ],
  ['one that is federated', connection({ scheme: 'WorkloadIdentityFederation' }), 'pass'],
  ['one that signs in in another way', connection({ scheme: 'Token' }), 'unknown: unreadable'],
  [
    'one for something else',
    connection({ authenticationType: 'spnKey', servicePrincipalId: seededGuid('else') }),
    'pass',
  ],
  [
    'ids in capitals',
    () => {
      connection({ authenticationType: 'spnKey', servicePrincipalId: shouted(PIPELINE.appId) })();
      for (const row of entra.assignments.all()) Object.assign(row, { principalId: shouted(row.principalId) });
    },
    'fail: connection-keeps-secret c0ffee00-0000-4000-8000-0000000000aa',
  ],
  ['nobody holds a role', () => entra.assignments.clear(), 'not-applicable'],
];
for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(), said);
  });
}

test('a connection that does not tell whose key it keeps: nobody can say', async () => {
  connection({ authenticationType: 'spnKey' })();
  const [row] = devops.connections.all();
  devops.connections.clear();
  const { servicePrincipalId: _, ...rest } = row as Connection;
  devops.connections.add(rest);
  assert.equal(await outcome(), 'unknown: unreadable');
});

test('a certificate is of little weight, a secret is not, and each has the command that deletes it', async () => {
  keys({ passwordCredentials: [key(-9, 9, 'one')], keyCredentials: [key(-9, 900, 'two')] })();
  const { failures } = await checked(app, noStoredSecrets, WITHOUT_GITHUB);
  assert.deepEqual(failures.map(({ reason, severity, remedy }) => [reason, severity, remedy.command]).sort(), [
    ['live-secret', 'high', `az ad app credential delete --id ${registration} --key-id one`],
    ['long-certificate', 'low', `az ad app credential delete --id ${registration} --key-id two --cert`],
  ]);
});

test('no organisation is configured: no pipeline was looked at, and what fails elsewhere fails', async () => {
  const nowhere = { ...WITHOUT_GITHUB, DEVOPS_ORGANISATIONS: [] };
  assert.equal(await outcome(nowhere), 'unknown: not-configured');
  keys({ passwordCredentials: [key(-9, 1)] })();
  assert.equal(await outcome(nowhere), 'fail: live-secret key');
});

test('the organisations that were looked through stand in what the point shows', async () => {
  const { shows } = await checked(app, noStoredSecrets, WITHOUT_GITHUB);
  assert.deepEqual([shows.github_organisations, shows.devops_organisations], [[], app.config.DEVOPS_ORGANISATIONS]);
});

test('what may not sign as the App that only reads, and it as no other', async () => {
  assert.equal((await app.context.vendors.github.trySigning('assessor')).ok, false, 'as the App that cuts');
  const other = app.context.vendors.assessor.github;
  assert.equal((await other?.trySigning())?.ok, true);
  app.assessor.vault.delete('keys/sign@assessor-key');
  assert.equal((await other?.trySigning())?.ok, false);
  app.assessor.vault.add('keys/sign@assessor-key');
});

test('what the list of connections leaves out makes nobody pass', async () => {
  connection({ authenticationType: 'spnKey' })();
  devops.behaviour.unseen.add(`endpoints/${project.id}`);
  assert.equal(await outcome(), 'unknown: denied vso.serviceendpoint');
});

test('the only offender is on the second page', async () => {
  entra.switches.largestPage = 1;
  keys({ passwordCredentials: [key(-9, 9)] })();
  assert.equal(await outcome(), 'fail: live-secret key');
});

for (const [vendor, path] of [
  ['graph', /appRoleAssignedTo/],
  ['devops', /serviceendpoint/],
] as const) {
  test(`${vendor} throttles to the end: nobody can say`, async () => {
    const lift = app.tenant.faults.add({ vendor, path, effect: { kind: 'answer', status: 429, body: '{}' } });
    assert.equal(await outcome(), 'unknown: throttled');
    lift();
  });
}

test('a list that breaks off after an offender fails', async () => {
  assign(entra, seededGuid('elsewhere'), SECRETS.principalId, 'mcp.tools.secrets');
  keys({ passwordCredentials: [key(-9, 9)] })();
  entra.switches.largestPage = 1;
  const lift = app.tenant.faults.add({
    vendor: 'graph',
    path: /appRoleAssignedTo.*skiptoken/,
    effect: { kind: 'answer', status: 500, body: '{}' },
  });
  assert.equal(await outcome(), 'fail: live-secret key');
  lift();
});
