import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ORGANISATION } from './case-study.ts';
import { type ScanWorld, startScan } from './scan-world.ts';

let app: ScanWorld['app'];
let state: ScanWorld['state'];
let organisation: ScanWorld['organisation'];
let mint: ScanWorld['mint'];
let scanAll: ScanWorld['scanAll'];
let of: ScanWorld['of'];
before(async () => {
  ({ app, state, organisation, mint, scanAll, of } = await startScan());
});
after(() => app.stop());

for (const policy of ['none', 'selected', 'all'] as const) {
  test(`where the organisation lets ${policy} of its repositories register runners, a runner of before is found all the same`, async () => {
    const repository = state.repositories.get(`${ORGANISATION}/service-catalogue`);
    assert.ok(repository !== undefined);
    organisation.repositoryRunners = policy;
    repository.runners.add({ id: 77, name: 'amoreau-old', os: 'linux', status: 'offline', busy: false, labels: [] });
    const { findings, coverage } = await scanAll();
    organisation.repositoryRunners = 'selected';
    repository.runners.delete('77');
    assert.equal(
      findings.some(({ resource }) => resource.name === 'amoreau-old'),
      true,
    );
    const runners = coverage.filter(({ source }) => source === `github/repository-runners:${ORGANISATION}`);
    assert.deepEqual(
      runners.map((line) => [line.state, line.looked.asked, line.looked.count]),
      [['complete', 60, 60]],
    );
  });
}

test('code of the leaver’s account that a workflow runs is found, and a name that nobody holds in a composite action', () => {
  const [release] = of('runs-leavers-code');
  assert.deepEqual(
    [release?.resource.name, release?.status, release?.remedy?.risk],
    ['.github/workflows/release.yml', 'awaiting-decision', 'disruptive'],
  );
  const [notify] = of('runs-unclaimed-code');
  assert.deepEqual([notify?.resource.name, notify?.status], ['.github/actions/notify/action.yml', 'needs-code-change']);
});

test('a token in a file that is no workflow is found as well', async () => {
  const tools = state.repositories.get(`${ORGANISATION}/data-tools`);
  assert.ok(tools);
  const token = mint.mint('github-classic');
  tools.files.set('docker-compose.yml', `services:\n  web:\n    environment:\n      GH_TOKEN: ${token}\n`);
  const again = await scanAll();
  tools.files.delete('docker-compose.yml');
  assert.ok(again.findings.some(({ resource }) => resource.name === 'docker-compose.yml'));
  assert.ok(!again.filed.includes(token));
});

const CALLS = 'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n      - uses: ./';
const LEAVERS = 'runs:\n  using: composite\n  steps:\n    - uses: amoreau/tools@v1\n';
for (const [what, files, where] of [
  ['a local action in a folder of its own', { 'deploy/action.yml': LEAVERS }, 'deploy/action.yml'],
  [
    'a local action that calls another one',
    {
      'deploy/action.yaml': 'runs:\n  using: composite\n  steps:\n    - uses: ./ci/steps/inner\n',
      'ci/steps/inner/action.yml': LEAVERS,
    },
    'ci/steps/inner/action.yml',
  ],
  [
    'a local action that is built from an image of the leaver’s',
    {
      'deploy/action.yml': 'runs:\n  using: docker\n  image: build/Dockerfile.ci\n',
      'deploy/build/Dockerfile.ci': 'FROM ghcr.io/amoreau/base:1\n',
    },
    'deploy/build/Dockerfile.ci',
  ],
] as const) {
  test(`${what} is read, wherever it lies`, async () => {
    const tools = state.repositories.get(`${ORGANISATION}/data-tools`);
    assert.ok(tools);
    const all = Object.entries({ '.github/workflows/calls.yml': `${CALLS}deploy\n`, ...files });
    for (const [path, text] of all) tools.files.set(path, text);
    const again = await scanAll();
    for (const [path] of all) tools.files.delete(path);
    const found = again.findings
      .filter(({ kind }) => kind === 'runs-leavers-code')
      .map(({ resource }) => resource.name);
    assert.ok(found.includes(where), `found: ${found.join()}`);
  });
}

test('local actions that call each other for ever are read once, and what lies deeper than GitHub lets it is told', async () => {
  const tools = state.repositories.get(`${ORGANISATION}/data-tools`);
  assert.ok(tools);
  const calling = (to: string) => `runs:\n  using: composite\n  steps:\n    - uses: ./${to}\n`;
  const ring = { 'a/action.yml': calling('b'), 'b/action.yml': calling('a') };
  const ladder = Object.fromEntries(
    Array.from({ length: 15 }, (_, at) => [`step-${at}/action.yml`, calling(`step-${at + 1}`)]),
  );
  const lines = [];
  for (const [first, files] of [
    ['a', ring],
    ['step-0', ladder],
  ] as const) {
    const all = Object.entries({ '.github/workflows/calls.yml': `${CALLS}${first}\n`, ...files });
    for (const [path, text] of all) tools.files.set(path, text);
    const again = await scanAll();
    for (const [path] of all) tools.files.delete(path);
    lines.push(again.coverage.find(({ source }) => source.startsWith('github/ci-files'))?.state);
  }
  assert.deepEqual(lines, ['complete', 'partial']);
});

test('an archived repository runs nobody’s code', async () => {
  const archive = state.repositories.get(`${ORGANISATION}/legacy-reports`);
  assert.ok(archive);
  archive.files.set('action.yml', 'runs:\n  using: composite\n  steps:\n    - uses: amoreau/x@v1\n');
  const again = await scanAll();
  archive.files.delete('action.yml');
  assert.equal(
    again.findings.filter(({ kind }) => kind === 'runs-leavers-code').length,
    of('runs-leavers-code').length,
  );
});

test('a name is asked for once in a case, however many files trust it', async () => {
  const from = app.tenant.calls.length;
  await scanAll();
  const asked = app.tenant.calls.slice(from).filter(({ path }) => path.startsWith('/users/'));
  // The other two are about the leaver’s tokens.
  const paths = asked.map(({ path }) => path);
  assert.deepEqual([...new Set(paths)].sort(), [...paths].sort());
});
