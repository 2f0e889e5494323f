import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeEnvironment } from '../../../../local/tenant/github/state/state-actions.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import { noStoredSecrets } from '../../../../src/posture/checks/no-stored-secrets.ts';
import { isTelling, secretLines, secretMentions } from '../../../../src/posture/secrets/workflow-secrets.ts';
import { checked, told } from '../../support/checked.ts';
import { DEPLOYED } from '../../support/gateway-firm.ts';
import { withoutEach } from '../../support/permissions-away.ts';
import {
  app,
  creds,
  github,
  keep,
  of,
  organisation,
  others,
  outcome,
  owner,
  repository,
  reset,
  WITH_GITHUB,
} from '../situations/no-stored-secrets.ts';

after(() => app.stop());

const [installation = assert.fail()] = github.assessor.installations.all();

beforeEach(reset);

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

// The last: whom GitHub throttled, it is not asked again for a while.
test('GitHub throttles to the end: nobody can say', async () => {
  const effect = { kind: 'answer', status: 429, body: '{}' } as const;
  const lift = app.tenant.faults.add({ vendor: 'github', path: /actions\/secrets/, effect });
  assert.equal(await outcome(DEPLOYED), 'unknown: throttled');
  lift();
});
