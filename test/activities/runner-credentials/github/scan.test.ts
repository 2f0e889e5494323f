import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { isGap } from '../../../../src/cases/coverage/coverage.ts';
import { ORGANISATION } from './case-study.ts';
import { type ScanWorld, startScan } from './scan-world.ts';

let app: ScanWorld['app'];
let state: ScanWorld['state'];
let mint: ScanWorld['mint'];
let scanAll: ScanWorld['scanAll'];
let scan: ScanWorld['scan'];
let of: ScanWorld['of'];
before(async () => {
  ({ app, state, mint, scanAll, scan, of } = await startScan());
});
after(() => app.stop());

const names = (kind: string) => of(kind).map(({ resource }) => resource.name);

test('every source is read to its end, and says how much that was', () => {
  assert.deepEqual(
    scan.coverage.filter(isGap).map(({ source }) => source),
    [],
  );
  const looked = (source: string) =>
    scan.coverage
      .filter((line) => line.source === `github/${source}:${ORGANISATION}`)
      .reduce((sum, line) => sum + line.looked.count, 0);
  assert.equal(looked('repositories'), 60);
  assert.equal(looked('repository-variables'), 60);
  assert.equal(looked('workflow-files'), 60);
  assert.equal(looked('environment-variables'), 2);
  assert.equal(looked('schedules'), 3);
  assert.equal(looked('organisation-variables'), 33);
  assert.equal(looked('organisation-runners'), 4);
});

test('schedules that still run as the leaver are found; one that a colleague took over is not', () => {
  assert.deepEqual(names('schedule-runs-as-leaver').sort(), [
    '.github/workflows/export.yml',
    '.github/workflows/nightly-documents.yml',
  ]);
  const [nightly] = of('schedule-runs-as-leaver');
  assert.deepEqual(nightly?.evidence.crons, ['0 2 * * *']);
  assert.equal(nightly?.status, 'awaiting-decision');
});

test('the leaver’s runners are found in the organisation and in the repository', () => {
  assert.deepEqual(names('runner-of-leaver').sort(), ['amoreau-desktop', 'laptop-amoreau']);
});

test('a runner named after a colleague whose login begins like the leaver’s gets no remedy', () => {
  const [finding] = of('runner-may-be-leavers');
  assert.equal(finding?.resource.name, 'laptop-amoreau-silva');
  assert.deepEqual([finding?.status, finding?.remedy], ['manual-action', undefined]);
});

test('fine-grained tokens and single sign-on credentials of the leaver alone are planned for revocation', () => {
  assert.deepEqual(names('fine-grained-token').sort(), ['document-sync', 'laptop']);
  assert.deepEqual(
    of('sso-credential').map(({ evidence }) => [evidence.login, evidence.credentialType]),
    ['personal access token', 'SSH key', 'OAuth app token', 'GitHub app token'].map((type) => ['amoreau', type]),
  );
  assert.equal(
    [...of('fine-grained-token'), ...of('sso-credential')].every(
      ({ status, remedy }) => status === 'planned' && remedy?.risk === 'safe',
    ),
    true,
  );
});

test('a token is called the leaver’s only where that is proved', () => {
  const byOwner = (owner: string) =>
    of('token-in-variable')
      .filter(({ evidence }) => evidence.owner === owner)
      .map(({ resource }) => resource.name)
      .sort();
  assert.deepEqual(byOwner('leaver'), ['DOCUMENTS_TOKEN', 'MCP_BEARER', 'REPORT_TOKEN', 'SYNC_TOKEN']);
  assert.deepEqual(byOwner('unknown'), []);
  assert.deepEqual(names('unowned-tokens').sort(), ['.github/workflows/sync.yml', 'CLAUDE_CODE_OAUTH_TOKEN']);
  assert.deepEqual(byOwner('service'), ['DEPLOY_TOKEN']);
});

test('a colleague’s token that single sign-on lists is named as the colleague’s, and is nobody’s to do', () => {
  const [theirs, ...others] = of('token-in-variable').filter(({ evidence }) => evidence.owner === 'someone-else');
  assert.deepEqual(others, []);
  assert.equal(
    theirs?.title,
    `A token of bokafor (github-classic) stands in variable EXPORT_TOKEN of ${ORGANISATION}/billing-exports`,
  );
  assert.deepEqual([theirs?.status, theirs?.severity, theirs?.remedy], ['nothing-to-do', 'info', undefined]);
});

test('everybody’s single sign-on credentials are read once for a case, and whole', async () => {
  const from = app.tenant.calls.length;
  await scanAll();
  const asked = app.tenant.calls.slice(from).filter(({ path }) => path.includes('/credential-authorizations'));
  assert.deepEqual(
    asked.map(({ path }) => /[?&]login=/.test(path)),
    [false],
  );
});

test('deleting a variable waits for approval, and a token in a file is a change of code', () => {
  const documents = of('token-in-variable').find(({ resource }) => resource.name === 'DOCUMENTS_TOKEN');
  assert.equal(documents?.status, 'awaiting-decision');
  assert.equal(documents?.remedy?.risk, 'disruptive');
  const file = scan.findings.find(({ resource }) => resource.name === '.github/workflows/sync.yml');
  assert.deepEqual([file?.kind, file?.status], ['unowned-tokens', 'needs-code-change']);
});

test('no planted token is in anything that was filed or logged', () => {
  assert.equal(mint.all().length > 5, true);
  assert.deepEqual(
    mint.all().filter((token) => scan.filed.includes(token) || scan.filed.includes(token.slice(-20))),
    [],
  );
});

test('scanning again finds the same under the same ids', async () => {
  const again = await scanAll();
  assert.deepEqual(again.findings.map(({ id }) => id).sort(), scan.findings.map(({ id }) => id).sort());
});

test('a repository is asked once for its variables and runners, and each schedule once for its latest run', async () => {
  const from = app.tenant.calls.length;
  await scanAll();
  const paths = app.tenant.calls.slice(from).map(({ path }) => path);
  const count = (pattern: RegExp) => paths.filter((path) => pattern.test(path)).length;
  // One has 35 variables: a list of two pages is read twice, and so is asked three more times.
  assert.equal(count(/^\/repos.*\/actions\/variables/), 60 + 3);
  assert.equal(count(/^\/repos\/[^/]+\/[^/]+\/actions\/runners/), 60);
  // The one repository with a runner of its own is asked whose its latest jobs were: once, and once for each run.
  assert.equal(count(/\/actions\/runs\?/), 1);
  assert.equal(count(/\/actions\/workflows\/[^/]+\/runs/), 4);
  // Repositories; their contents in two batches; how many deploy keys they have; the text of the one file that is no
  // workflow; who changed schedules.
  assert.equal(count(/^\/graphql/), 1 + 2 + 1 + 1 + 3);
});

for (const tooMuch of [502, 200] as const) {
  test(`a query that is too heavy, which shows with ${tooMuch}, is asked again in halves`, async () => {
    state.limits.nodes = 13;
    state.limits.tooMuch = tooMuch;
    const halved = await scanAll();
    state.limits.nodes = 100;
    assert.deepEqual(halved.findings.map(({ id }) => id).sort(), scan.findings.map(({ id }) => id).sort());
    assert.deepEqual(
      halved.coverage.filter(isGap).map(({ source }) => source),
      [],
    );
  });
}

test('a workflow file that GraphQL cuts short is read whole', async () => {
  state.limits.blobBytes = 40;
  const cut = await scanAll();
  state.limits.blobBytes = 512_000;
  assert.deepEqual(cut.findings.map(({ id }) => id).sort(), scan.findings.map(({ id }) => id).sort());
});

test(`colleagues keep what is theirs: ${WORLD.colleagues.map(({ githubLogin }) => githubLogin).join(', ')}`, () => {
  const touched = JSON.stringify(scan.findings.map(({ remedy }) => remedy?.call ?? null));
  for (const { githubLogin } of WORLD.colleagues) assert.equal(touched.includes(`"${githubLogin}"`), false);
});
