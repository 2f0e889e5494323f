import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Connection } from '../../../local/tenant/devops/state.ts';
import { makeDevOps, seedDevOps } from '../../../local/tenant/devops/vendor.ts';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../local/tenant/entra/state.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { makeRepository } from '../../../local/tenant/github/state.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { noStoredSecrets } from '../../../src/posture/checks/no-stored-secrets.ts';
import { secretLines } from '../../../src/posture/workflow-secrets.ts';
import { seedContext } from '../../support/seed-context.ts';
import { startApp } from '../../support/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { assign, DEPLOYED, deployGatewayApps, PIPELINE, SECRETS, shouted } from '../support/gateway-firm.ts';

const seed = seedContext();
const entra = emptyEntra();
const devops = seedDevOps(seed);
const vault = seedVault(seed);
const github = seedGitHub(seed, vault);
const app = await startApp({
  vendors: (core) => [
    makeGraph(core, entra),
    makeDevOps(core, devops),
    makeVault(core, vault),
    makeGitHub(core, github),
  ],
});
after(() => app.stop());
const { organisation } = WORLD.github;
const repository = makeRepository(organisation, 'pipelines', 880_900);
const registration = seededGuid(`registration ${PIPELINE.appId}`);

beforeEach(() => {
  deployGatewayApps(entra);
  devops.connections.clear();
  devops.behaviour.unseen.clear();
  github.repositories.clear();
  github.repositories.add(repository);
  repository.files.clear();
});

/** An expression of a workflow. */
const of = (expression: string): string => `$\{{ ${expression} }}`;
/** Without GitHub, whose secret names nothing reads: with it nothing passes. */
const WITHOUT_GITHUB = { ...DEPLOYED, GITHUB_ORGANISATIONS: [] };
const outcome = async (settings: object = WITHOUT_GITHUB): Promise<string> =>
  told(await checked(app, noStoredSecrets, settings));
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

test('name used as `creds:`: fail, with the file and the line', async () => {
  repository.files.set(
    '.github/workflows/deploy.yml',
    [
      'on: push',
      'jobs:',
      '  go:',
      '    steps:',
      '      - uses: azure/login@v2',
      '        with:',
      `          creds: ${of('secrets.AZURE_CREDENTIALS')}`,
    ].join('\n'),
  );
  const { status, failures } = await checked(app, noStoredSecrets, DEPLOYED);
  assert.deepEqual(
    [status, failures.map(({ says, remedy }) => [says, remedy.command])],
    [
      'fail',
      [
        [
          `${organisation}/pipelines/.github/workflows/deploy.yml:7 signs in with the secret AZURE_CREDENTIALS as creds.`,
          `gh secret delete AZURE_CREDENTIALS --repo ${organisation}/pipelines`,
        ],
      ],
    ],
  );
});

test('as long as nobody reads the names of secrets, a firm with GitHub does not pass', async () => {
  assert.equal(await outcome(DEPLOYED), 'unknown: not-configured');
});

test('what a line hands over', () => {
  const lines = [
    `creds: ${of('secrets.A')}`,
    `  - client-secret: ${of("secrets['B']")}`,
    `    ARM_CLIENT_SECRET: "${of('secrets.C')}"`,
    `    AZURE_CLIENT_SECRET: ${of('inputs.secret')}`,
    `    # creds: ${of('secrets.D')}`,
    `    client-id: ${of('secrets.E')}`,
    '    creds:',
    '    creds: ',
  ];
  assert.deepEqual(secretLines(lines.join('\r\n')), [
    { line: 1, key: 'creds', secret: 'A' },
    { line: 2, key: 'client-secret', secret: 'B' },
    { line: 3, key: 'ARM_CLIENT_SECRET', secret: 'C' },
    { line: 4, key: 'AZURE_CLIENT_SECRET' },
  ]);
});

for (const held of ['graph', 'devops'] as const) {
  const reading = held === 'graph' ? noStoredSecrets.reads.gatewayApps : noStoredSecrets.reads.serviceConnections;
  for (const name of reading.permissions.map((each) => each.split('/').at(-1) ?? '')) {
    test(`without ${name} nobody can say`, async () => {
      app.assessor[held].delete(name);
      try {
        assert.equal(await outcome(), `unknown: denied ${name}`);
      } finally {
        app.assessor[held].add(name);
      }
    });
  }
}

test('without contents=read nobody can say', async () => {
  const permissions = github.installations.all()[0]?.permissions;
  permissions?.delete('contents');
  try {
    assert.match(await outcome(DEPLOYED), /denied contents=read/);
  } finally {
    permissions?.set('contents', 'write');
  }
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
