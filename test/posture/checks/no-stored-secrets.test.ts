import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Connection } from '../../../local/tenant/devops/state/state-connections.ts';
import { makeDevOps, seedDevOps } from '../../../local/tenant/devops/vendor.ts';
import { seededGuid } from '../../../local/tenant/entra/directory.ts';
import { emptyEntra } from '../../../local/tenant/entra/state/state.ts';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import { makeEnvironment } from '../../../local/tenant/github/state/state-actions.ts';
import { makeRepository } from '../../../local/tenant/github/state/state-repository.ts';
import { makeGitHub, seedGitHub } from '../../../local/tenant/github/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeVault, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { noStoredSecrets } from '../../../src/posture/checks/no-stored-secrets.ts';
import { isTelling, secretLines, secretMentions } from '../../../src/posture/secrets/workflow-secrets.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { checked, told } from '../support/checked.ts';
import { assign, DEPLOYED, deployGatewayApps, PIPELINE, SECRETS, shouted } from '../support/gateway-firm.ts';
import { withoutEach } from '../support/permissions-away.ts';

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
const owner = github.organisations.get(organisation) ?? assert.fail();
const [installation = assert.fail()] = github.assessor.installations.all();
const registration = seededGuid(`registration ${PIPELINE.appId}`);

beforeEach(() => {
  deployGatewayApps(entra);
  devops.connections.clear();
  devops.behaviour.unseen.clear();
  github.repositories.clear();
  github.repositories.add(repository);
  repository.files.clear();
  repository.environments.clear();
  for (const { secrets } of [owner, repository]) secrets.clear();
});

/** An expression of a workflow. */
const of = (expression: string): string => `$\{{ ${expression} }}`;
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

/** A workflow of the repository, one line of which is given. */
const workflow = (line: string): void =>
  void repository.files.set(
    '.github/workflows/deploy.yml',
    `on: push\njobs:\n  go:\n    steps:\n      - with:\n          ${line}\n`,
  );
const creds = (name = 'AZURE_CREDENTIALS'): void => workflow(`creds: ${of(`secrets.${name}`)}`);
const keep = (name = 'AZURE_CREDENTIALS'): void => void repository.secrets.add({ name });
const others = (count: number): void => {
  for (let n = 0; n < count; n += 1) repository.secrets.add({ name: `NPM_TOKEN_${n}` });
};

const WITH_GITHUB: readonly (readonly [situation: string, make: () => void, said: string])[] = [
  ['no secret', () => {}, 'pass'],
  ['secrets that tell nothing, and ids', () => ['NPM_TOKEN', 'AZURE_CLIENT_ID', 'AZURE_TENANT_ID'].map(keep), 'pass'],
  [
    'name used as `creds:`',
    () => {
      keep();
      creds();
    },
    'fail: workflow-signs-in-with-secret deploy.yml#creds=AZURE_CREDENTIALS',
  ],
  ['it is used, and listed nowhere', creds, 'fail: workflow-signs-in-with-secret deploy.yml#creds=AZURE_CREDENTIALS'],
  [
    'a name that tells nothing, in small letters, used as `client-secret:`',
    () => {
      keep('DEPLOY');
      workflow(`client-secret: ${of("secrets['deploy']")}`);
    },
    'fail: workflow-signs-in-with-secret deploy.yml#client-secret=deploy',
  ],
  ['telling name no workflow uses', keep, 'unknown: no-data'],
  ['it is the organisation’s', () => void owner.secrets.add({ name: 'ARM_CLIENT_SECRET' }), 'unknown: no-data'],
  [
    'it is an environment’s',
    () => void repository.environments.add(makeEnvironment('prod/eu', 7)).secrets.add({ name: 'MCP_TOKEN' }),
    'unknown: no-data',
  ],
  [
    'it is on the second page',
    () => {
      others(100);
      keep();
    },
    'unknown: no-data',
  ],
  [
    'a workflow uses it for something else',
    () => {
      keep();
      workflow(`run: echo ${of('secrets.AZURE_CREDENTIALS')}`);
    },
    'unknown: unreadable',
  ],
  [
    'a workflow of another repository uses one of that name',
    () => {
      keep();
      creds();
      github.repositories.add(makeRepository(organisation, 'shop', 880_901)).secrets.add({ name: 'AZURE_CREDENTIALS' });
    },
    'fail: workflow-signs-in-with-secret deploy.yml#creds=AZURE_CREDENTIALS',
  ],
  [
    'it is in an archived repository',
    () =>
      void github.repositories
        .add(makeRepository(organisation, 'old', 880_902, { archived: true }))
        .secrets.add({ name: 'AZURE_CREDENTIALS' }),
    'pass',
  ],
];
for (const [situation, make, said] of WITH_GITHUB) {
  test(`GitHub, ${situation}: ${said}`, async () => {
    make();
    assert.equal(await outcome(DEPLOYED), said);
  });
}

test('what signs in is told with the file, the line, who keeps it, and the commands that delete it', async () => {
  keep();
  owner.secrets.add({ name: 'AZURE_CREDENTIALS' });
  repository.environments.add(makeEnvironment('prod', 7)).secrets.add({ name: 'AZURE_CREDENTIALS' });
  creds();
  const { failures } = await checked(app, noStoredSecrets, DEPLOYED);
  const deletes = (where: string): string => `gh secret delete AZURE_CREDENTIALS ${where}`;
  const place = `${organisation}/pipelines`;
  assert.deepEqual(
    failures.map(({ says, remedy }) => [says, remedy.command?.split(' && ')]),
    [
      [
        `${place}/.github/workflows/deploy.yml:6 signs in with the secret AZURE_CREDENTIALS as creds.`,
        [deletes(`--org ${organisation}`), deletes(`--repo ${place}`), deletes(`--repo ${place} --env prod`)],
      ],
    ],
  );
});

test('what a run keeps of the names: those that tell, and how many there are', async () => {
  keep();
  others(3);
  const judged = await checked(app, noStoredSecrets, DEPLOYED);
  assert.equal(judged.shows.secret_names, 4);
  assert.ok(!JSON.stringify(judged).includes('NPM_TOKEN'));
  assert.match(JSON.stringify(judged.gaps), /keeps a secret called AZURE_CREDENTIALS, which no workflow/);
});

test('without the App that only reads, a firm with GitHub does not pass, and the other App is not asked', async () => {
  const alone = openVendors({
    ...app.config,
    ASSESSOR_GITHUB_APP_ID: undefined,
    ASSESSOR_GITHUB_APP_KEY_ID: undefined,
  });
  const context = { ...app.context, vendors: alone };
  creds();
  assert.equal(told(await checked({ context }, noStoredSecrets, DEPLOYED)), 'unknown: not-configured');
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

test('the App is installed on selected repositories: nobody can say', async () => {
  installation.repositorySelection = 'selected';
  installation.selected.add(repository.id);
  assert.equal(await outcome(DEPLOYED), 'unknown: denied installation on all repositories');
  installation.repositorySelection = 'all';
});

test('it is not installed: nobody can say', async () => {
  github.assessor.installations.clear();
  try {
    assert.match(await outcome(DEPLOYED), /^unknown: denied installation of the GitHub App/);
  } finally {
    github.assessor.installations.add(installation);
  }
});

test('the names of the organisation are not told: what fails elsewhere fails', async () => {
  const effect = { kind: 'answer', status: 500, body: '{}' } as const;
  const lift = app.tenant.faults.add({ vendor: 'github', path: /orgs.+actions\/secrets/, effect });
  assert.equal(await outcome(DEPLOYED), 'unknown: unavailable');
  creds();
  assert.match(await outcome(DEPLOYED), /^fail: workflow-signs-in/);
  lift();
});

test('which names tell', () => {
  const tell = [
    'AZURE_CREDENTIALS',
    'ARM_CLIENT_SECRET',
    'azure_client_secret_prod',
    'CREDENTIALS',
    'PROD_CLIENT_SECRET',
  ];
  const more = ['SP_PASSWORD', 'SERVICE_PRINCIPAL_KEY', 'MCP_GATEWAY_TOKEN', 'AZURE_CERTIFICATE', 'GATEWAY_API_KEY'];
  const not = ['AZURE_CLIENT_ID', 'ARM_TENANT_ID', 'NPM_TOKEN', 'AWS_CREDENTIALS', 'SLACK_CLIENT_SECRET', 'SPELL_KEY'];
  const elsewhere = ['AZURE_DEVOPS_TOKEN', 'AZURE_STORAGE_KEY', 'AZURE_STATIC_WEB_APPS_API_TOKEN', 'ALARM_SECRET'];
  assert.deepEqual([...tell, ...more, ...not, ...elsewhere].filter(isTelling), [...tell, ...more]);
});

test('where a text names secrets', () => {
  const text = [`a: ${of('secrets.one')} ${of("secrets['TWO']")}`, `# ${of('secrets.THREE')}`, 'secrets: inherit'];
  assert.deepEqual(secretMentions(text.join('\n')), [
    { line: 1, secret: 'ONE' },
    { line: 1, secret: 'TWO' },
  ]);
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

const { gatewayApps, serviceConnections } = noStoredSecrets.reads;
withoutEach(app, [gatewayApps, serviceConnections], async (name) => {
  assert.equal(await outcome(), `unknown: denied ${name}`);
});

const needed = noStoredSecrets.reads.workflowSecrets.permissions.flatMap(
  (id) => /github\/(\w+)=read$/.exec(id)?.[1] ?? [],
);
for (const name of needed.filter((each) => each !== 'metadata')) {
  test(`without ${name}=read nobody can say`, async () => {
    repository.environments.add(makeEnvironment('prod', 7));
    installation.permissions.delete(name);
    try {
      assert.equal(await outcome(DEPLOYED), `unknown: denied ${name}=read`);
    } finally {
      installation.permissions.set(name, 'read');
    }
  });
}

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

// The last: whom GitHub throttled, it is not asked again for a while.
test('GitHub throttles to the end: nobody can say', async () => {
  const effect = { kind: 'answer', status: 429, body: '{}' } as const;
  const lift = app.tenant.faults.add({ vendor: 'github', path: /actions\/secrets/, effect });
  assert.equal(await outcome(DEPLOYED), 'unknown: throttled');
  lift();
});
