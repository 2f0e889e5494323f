import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { askActionlint, askGitHub } from './support/workflows/lint.ts';
import { jobOf, root, steps, textOf, workflows } from './support/workflows/read-workflows.ts';

test('only a job that waits for approval uses the identity that may change Azure', () => {
  const writing = workflows
    .filter(({ file }) => file.endsWith('deploy.yml'))
    .flatMap(({ workflow }) => Object.entries(workflow.jobs))
    .filter(([, job]) => /vars\.AZURE_CLIENT_ID|terraform apply/.test(JSON.stringify(job)));
  assert.deepEqual(
    writing.map(([id, job]) => [id, job.environment?.name]),
    [['deploy', 'production']],
  );
});

test('what is applied is the plan that was approved, and what is deployed is the attested package', () => {
  const deploy = textOf('deploy.yml');
  assert.match(deploy, /terraform apply [^\n]*deployment\.tfplan/);
  assert.match(deploy, /init -input=false -lockfile=readonly [^&]*terraform apply/);
  const [verify = ''] = /gh attestation verify mcp-offboarding\.zip.*?[^\\]\n/s.exec(deploy) ?? [];
  for (const option of [
    '--repo "$GH_REPO"',
    '--signer-workflow "$GH_REPO/.github/workflows/release.yml"',
    '--source-ref "refs/tags/$VERSION"',
    '--deny-self-hosted-runners',
  ])
    assert.ok(verify.includes(option), option);
  const checkouts = steps.filter(({ name, step }) => /deploy\.yml/.test(name) && step.uses?.includes('/checkout@'));
  assert.equal(checkouts.length, 2);
  for (const { name, step } of checkouts)
    assert.match(String(step.with?.ref), /^refs\/tags\/\$\{\{ inputs\.version \}\}$/, name);
  assert.doesNotMatch(deploy, /auto-approve|\bnpm\b/);
});

test('what is released is a commit of main, built without a cache, attested, and the bytes that were built', () => {
  const scriptsOf = (job: string): string =>
    jobOf(job)
      .steps.map(({ run = '' }) => run)
      .join('\n');
  assert.match(scriptsOf('release.yml:build'), /^git merge-base --is-ancestor HEAD origin\/main$/m);
  assert.doesNotMatch(textOf('release.yml'), /\bcache: npm|actions\/cache@/);
  assert.deepEqual([jobOf('release.yml:attest').needs, jobOf('release.yml:publish').needs], ['build', 'attest']);
  assert.match(
    scriptsOf('release.yml:publish'),
    /^sha256sum --check [^\n]*\n+gh release create "\$TAG" --verify-tag /m,
  );
});

test('an app that is not healthy after its deployment fails it', () => {
  assert.match(textOf('deploy.yml'), /curl --fail [^|]*\/api\/health" \| jq --exit-status '\.status == "ok"'/);
});

test('the deployment reads outputs that the root has, and its variables are explained', () => {
  const deploy = textOf('deploy.yml');
  const outputs = [...deploy.matchAll(/terraform output -raw (\w+)/g)].map(([, name = '']) => name);
  assert.equal(outputs.length, 2);
  const declared = readFileSync(`${root}/infra/outputs.tf`, 'utf8');
  for (const name of outputs) assert.match(declared, new RegExp(`^output "${name}"`, 'm'));
  const guide = readFileSync(`${root}/docs/operations/deploy.md`, 'utf8');
  const used = new Set([...deploy.matchAll(/vars\.([A-Z_]+)/g)].map(([, name = '']) => name));
  const explained = [...guide.matchAll(/^gh variable set (\w+)/gm)].map(([, name = '']) => name);
  assert.deepEqual([...used].sort(), explained.sort());
});

/** What is broken, in which workflow, how, who notices, and what the complaint names. */
const MUTATIONS: readonly (readonly [
  string,
  string,
  string,
  string,
  'both linters' | 'GitHub' | 'actionlint',
  RegExp,
])[] = [
  ['a misspelled filter', 'ci.yml', 'branches: [main]', 'branchs: [main]', 'both linters', /branchs/],
  ['a misspelled permission', 'deploy.yml', 'id-token: write', 'id-tokn: write', 'both linters', /id-tokn/],
  ['a job that is not there', 'release.yml', 'needs: build', 'needs: biuld', 'both linters', /biuld/],
  ['a broken expression', 'deploy.yml', "|| 'ubuntu-24.04' }}", '|| }}', 'both linters', /unexpected end/i],
  ['an unknown property', 'release.yml', 'github.ref_name }}', 'github.reff_name }}', 'both linters', /reff_name/],
  [
    'a step that is not there',
    'deploy.yml',
    'steps.apply.outputs.name',
    'steps.aply.outputs.name',
    'both linters',
    /aply/,
  ],
  ['an input that the action does not have', 'ci.yml', 'node-version:', 'node-versionn:', 'GitHub', /node-versionn/],
  ['an input that is missing', 'deploy.yml', 'app-name: $', 'slot-name: $', 'GitHub', /app-name/],
  ['another commit of an action', 'ci.yml', 'checkout@3d3c', 'checkout@4d3c', 'GitHub', /checkout@4d3c/],
  ['an unknown runner', 'ci.yml', 'runs-on: ubuntu-24.04', 'runs-on: ubuntu-42.04', 'actionlint', /ubuntu-42\.04/],
];

for (const [what, file, from, to, whom, names] of MUTATIONS) {
  test(`${what} in ${file} is noticed by ${whom}`, async () => {
    const whole = textOf(file);
    const broken = whole.replace(from, to);
    assert.notEqual(broken, whole);
    if (whom !== 'actionlint') assert.match((await askGitHub(broken)).join('\n'), names);
    if (whom !== 'GitHub') assert.match((await askActionlint(broken)).join('\n'), names);
  });
}
