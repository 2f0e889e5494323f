import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { DEBIAN_PACKAGES } from './support/machine/debian-packages.ts';
import { askActionlint, askGitHub } from './support/workflows/lint.ts';
import { PINNED_ACTIONS } from './support/workflows/pinned-actions.ts';

interface Step {
  readonly name: string;
  readonly if?: unknown;
  readonly 'continue-on-error'?: unknown;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: unknown;
  readonly 'continue-on-error'?: unknown;
  readonly needs?: string | readonly string[];
  readonly container?: unknown;
  readonly services?: unknown;
  readonly environment?: { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly 'cancel-in-progress'?: unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = `${import.meta.dirname}/..`;
const files = [
  ...globSync('.github/workflows/*', { cwd: root }),
  ...globSync('infra/examples/pipeline/*.yml', { cwd: root }),
];
const workflows = files.sort().map((file) => {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ name: `${file}:${id}`, job })),
);
const steps = jobs.flatMap(({ name, job }) => job.steps.map((step) => ({ name: `${name}:${step.name}`, step })));
const jobOf = (name: string): Job => {
  const found = jobs.find((each) => each.name.endsWith(name));
  assert.ok(found, name);
  return found.job;
};
const textOf = (file: string): string => workflows.find((each) => each.file.endsWith(file))?.text ?? '';

test('the repository has its three workflows and the pipeline example', () => {
  assert.deepEqual(files, [
    '.github/workflows/ci.yml',
    '.github/workflows/deploy.yml',
    '.github/workflows/release.yml',
    'infra/examples/pipeline/call-mcp-tool.yml',
  ]);
});

for (const { file, text } of workflows) {
  test(`GitHub's parser and actionlint find nothing in ${file}`, async () => {
    assert.deepEqual(await askGitHub(text), []);
    assert.deepEqual(await askActionlint(text), []);
  });
}

test('every action is pinned to a commit that was read, and the comment names its release', () => {
  for (const { file, text } of workflows) {
    for (const line of text.split('\n').filter((each) => /^\s*(- )?uses:/.test(each))) {
      const [, uses = '', version] = /uses: (\S+@[0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(line) ?? [];
      assert.equal(PINNED_ACTIONS[uses]?.version, version ?? 'no pin', `${file}: ${line.trim()}`);
    }
  }
});

test('nothing runs in an image, which nobody has pinned', () => {
  for (const { name, job } of jobs) assert.deepEqual([job.container, job.services], [undefined, undefined], name);
});

test('no pinned action is left over', () => {
  const used = new Set(steps.flatMap(({ step }) => step.uses ?? []));
  assert.deepEqual(Object.keys(PINNED_ACTIONS).sort(), [...used].sort());
});

test('a workflow grants nothing by itself, and a job only what it needs', () => {
  for (const { file, workflow } of workflows) assert.deepEqual(workflow.permissions, {}, file);
  assert.deepEqual(Object.fromEntries(jobs.map(({ name, job }) => [name.replace(/^.*\//, ''), job.permissions])), {
    'ci.yml:test': { contents: 'read' },
    'deploy.yml:package': { contents: 'read', attestations: 'read' },
    'deploy.yml:plan': { contents: 'read', 'id-token': 'write' },
    'deploy.yml:deploy': { contents: 'read', 'id-token': 'write' },
    'release.yml:build': { contents: 'read' },
    'release.yml:attest': { 'id-token': 'write', attestations: 'write' },
    'release.yml:publish': { contents: 'write' },
    'call-mcp-tool.yml:call': { contents: 'read', 'id-token': 'write' },
  });
});

test('code of dependencies never runs where a token of the job could do more than read', () => {
  const running = jobs.filter(({ job }) => job.steps.some(({ run = '' }) => /\bnpm\b/.test(run)));
  assert.equal(running.length, 2);
  for (const { name, job } of running) assert.deepEqual(job.permissions, { contents: 'read' }, name);
});

test('each workflow starts at its own events alone, so that a stranger’s change runs in CI and nowhere else', () => {
  const starts = workflows.map(({ file, workflow: { on } }) => [
    file.replace(/^.*\//, ''),
    // What is asked for at a dispatch or a call is not when it starts.
    Object.fromEntries(Object.entries(on).map(([event, filter]) => [event, /_/.test(event) && filter ? {} : filter])),
  ]);
  assert.deepEqual(Object.fromEntries(starts), {
    'ci.yml': { push: { branches: ['main'] }, pull_request: null },
    'deploy.yml': { workflow_dispatch: {} },
    'release.yml': { push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } },
    'call-mcp-tool.yml': { workflow_call: {} },
  });
});

test('what logs in to Azure runs on main alone', () => {
  for (const name of ['deploy.yml:package', 'call-mcp-tool.yml:call']) {
    assert.equal(jobOf(name).if, "github.ref == 'refs/heads/main'", name);
  }
  assert.equal(jobOf('deploy.yml:plan').needs, 'package');
  assert.deepEqual(jobOf('deploy.yml:deploy').needs, ['package', 'plan']);
  // A condition of their own would let them run although the job that they need was skipped.
  assert.deepEqual([jobOf('deploy.yml:plan').if, jobOf('deploy.yml:deploy').if], [undefined, undefined]);
});

test('CI runs everything on every change, and whatever fails in any workflow fails it', () => {
  const ci = jobOf('ci.yml:test');
  assert.ok(ci.steps.some(({ run }) => run === 'npm cit'));
  assert.deepEqual([ci.if, ci.steps.filter((step) => step.if !== undefined)], [undefined, []]);
  for (const { name, job } of jobs) assert.equal(job['continue-on-error'], undefined, name);
  for (const { name, step } of steps) assert.equal(step['continue-on-error'], undefined, name);
});

test('no workflow reads a stored secret', () => {
  for (const { file, text } of workflows)
    assert.doesNotMatch(text, /\bsecrets\b|creds:|publish-profile:|password/i, file);
});

test('what others choose reaches a shell through the environment only, and every script parses', () => {
  for (const { name, step } of steps) {
    if (step.run === undefined) continue;
    assert.doesNotMatch(step.run, /\$\{\{/, name);
    const { status, stderr } = spawnSync('bash', ['-n'], { input: step.run, encoding: 'utf8' });
    assert.equal(status, 0, `${name}: ${stderr}`);
  }
});

test('a token that a step has kept is forgotten, also where the call has failed', () => {
  const forget = jobOf('call-mcp-tool.yml:call').steps.at(-1);
  assert.deepEqual([forget?.if, forget?.run], ['always()', 'rm -f "$RUNNER_TEMP/mcp-headers"']);
});

test('a deployment or a release that has begun is never cut short', () => {
  for (const { file, workflow } of workflows.filter((each) => !each.file.endsWith('ci.yml')))
    assert.equal(workflow.concurrency?.['cancel-in-progress'], false, file);
});

test('every job ends by itself, no workflow gets in its own way, and no checkout leaves credentials behind', () => {
  for (const { file, workflow } of workflows) assert.ok(workflow.concurrency, file);
  for (const { name, job } of jobs) assert.ok((job['timeout-minutes'] ?? Number.POSITIVE_INFINITY) <= 90, name);
  for (const { name, step } of steps) {
    if (step.uses?.startsWith('actions/checkout@')) assert.equal(step.with?.['persist-credentials'], false, name);
  }
});

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

test('CI installs on GitHub what it installs elsewhere', () => {
  const ci = textOf('ci.yml');
  for (const { name } of DEBIAN_PACKAGES) assert.ok(ci.includes(name), `${name} is not in ci.yml`);
  assert.match(ci, /terraform_version: 1\.1[1-9]/);
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
