import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { DEBIAN_PACKAGES } from './support/machine/debian-packages.ts';
import { askActionlint, askGitHub } from './support/workflows/lint.ts';
import { PINNED_ACTIONS } from './support/workflows/pinned-actions.ts';
import { files, jobOf, jobs, steps, textOf, workflows } from './support/workflows/read-workflows.ts';

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

test('CI installs on GitHub what it installs elsewhere', () => {
  const ci = textOf('ci.yml');
  for (const { name } of DEBIAN_PACKAGES) assert.ok(ci.includes(name), `${name} is not in ci.yml`);
  assert.match(ci, /terraform_version: 1\.1[1-9]/);
});
