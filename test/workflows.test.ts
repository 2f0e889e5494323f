import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { askActionlint, askGitHub } from './support/workflows/lint.ts';
import { PINNED_ACTIONS } from './support/workflows/pinned-actions.ts';

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly environment?: { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
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

test('no workflow runs a stranger’s change with this repository’s rights', () => {
  for (const { file, workflow } of workflows) {
    for (const event of ['pull_request_target', 'workflow_run', 'issue_comment'])
      assert.equal(event in workflow.on, false, `${file}: ${event}`);
  }
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
  assert.match(deploy, /gh attestation verify mcp-offboarding\.zip/);
  assert.doesNotMatch(deploy, /auto-approve|\bnpm\b/);
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
  const here = readFileSync(`${root}/.ci/run`, 'utf8');
  const ci = textOf('ci.yml');
  const packages = [...here.matchAll(/packages\+=\(([^)]+)\)/g)].flatMap(([, names = '']) => names.split(' '));
  assert.ok(packages.length >= 3);
  for (const name of packages) assert.ok(ci.includes(name), `${name} is not in ci.yml`);
  assert.match(ci, /terraform_version: 1\.1[1-9]/);
});

/** What is broken, in which workflow, how, who notices, and what the complaint names. */
const SABOTAGE: readonly (readonly [
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

for (const [what, file, from, to, whom, names] of SABOTAGE) {
  test(`${what} in ${file} is noticed by ${whom}`, async () => {
    const whole = textOf(file);
    const broken = whole.replace(from, to);
    assert.notEqual(broken, whole);
    if (whom !== 'actionlint') assert.match((await askGitHub(broken)).join('\n'), names);
    if (whom !== 'GitHub') assert.match((await askActionlint(broken)).join('\n'), names);
  });
}
