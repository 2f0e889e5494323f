import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type RemedyCall, remedyDefinition } from '../../../../../src/steps/registry.ts';
import { restoreTarget } from '../../../../../src/steps/restoring/restore-target.ts';
import { ORGANISATION } from '../case-study.ts';
import { type GithubRemediesWorld, repository, startGithubRemedies } from './github-remedies-world.ts';

let app: GithubRemediesWorld['app'];
let mint: GithubRemediesWorld['mint'];
let installation: GithubRemediesWorld['installation'];
let vendors: GithubRemediesWorld['vendors'];
let documents: GithubRemediesWorld['documents'];
let read: GithubRemediesWorld['read'];
let act: GithubRemediesWorld['act'];
before(async () => {
  ({ app, mint, installation, vendors, documents, read, act } = await startGithubRemedies());
});
after(() => app.stop());

test('a variable that is blanked keeps its name, and no value of it is filed', async () => {
  const value = mint.mint('github-classic');
  const variables = documents.variables;
  variables.add({ name: 'READ_BY_JOBS', value });
  const scope = { type: 'repository', organisation: ORGANISATION, repository } as const;
  const call = { kind: 'blank-variable', scope, name: 'READ_BY_JOBS', expected: { valueSha256: '' } } as const;
  const before = await remedyDefinition(call).read(vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  assert.equal(JSON.stringify(before).includes(value.slice(4, -4)), false);
  assert.ok((await act(call)).ok);
  assert.equal(await read(call), 'gone');
  assert.equal(variables.get('READ_BY_JOBS')?.value, 'removed-by-offboarding');
});

test('a deploy key is removed, and put back from its before-image', async () => {
  documents.deployKeys.add({ id: 55, key: 'ssh-ed25519 AAAAC3', title: 'box', readOnly: false, addedBy: 'amoreau' });
  const call = {
    kind: 'remove-deploy-key',
    organisation: ORGANISATION,
    repository,
    keyId: 55,
    expected: {
      title: 'box',
      readOnly: false,
      keySha256: createHash('sha256').update('ssh-ed25519 AAAAC3').digest('hex'),
    },
  } as const;
  const definition = remedyDefinition(call);
  const before = await definition.read(vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  assert.ok((await act(call)).ok && (await act(call)).ok);
  assert.equal(await read(call), 'gone');
  assert.ok(definition.restore.by === 'app');
  assert.equal((await restoreTarget(vendors, definition.restore, call, before.value.image)).is, 'given');
  const [back] = documents.deployKeys.all();
  assert.deepEqual([back?.key, back?.title, back?.readOnly], ['ssh-ed25519 AAAAC3', 'box', false]);
});

test('a schedule is handed over by a pull request, once, and has been when its next run is another’s', async () => {
  const workflow = documents.workflows.all()[0];
  assert.ok(workflow !== undefined);
  const text = documents.files.get(workflow.path) ?? '';
  const cron = /cron:\s*["']?([^"'\n#]+)/.exec(text)?.[1]?.trim() ?? '';
  const call: RemedyCall = {
    kind: 'hand-over-schedule',
    organisation: ORGANISATION,
    repository,
    workflowId: workflow.id,
    path: workflow.path,
    crons: [cron],
    expected: { path: workflow.path, runsAs: 4_711_042 },
  };
  assert.equal(await read(call), 'present');
  for (const _ of [1, 2]) {
    const acted = await act(call);
    assert.deepEqual(acted.ok ? acted.value : acted.failure, { effect: 'queued' });
  }
  assert.equal(documents.pulls.length, 1);
  const [branch] = documents.branches.values();
  assert.notEqual(branch?.get(workflow.path), text);
  assert.equal(documents.files.get(workflow.path), text, 'nothing of the default branch has changed');
  assert.equal(/moreau/i.test(JSON.stringify(documents.pulls)), false, 'it names nobody');
  assert.equal(await read(call), 'present', 'until somebody merges it, it runs as before');
  documents.runs.push({
    id: 9_900,
    workflowId: workflow.id,
    actorId: 5_120_001,
    event: 'schedule',
    createdAt: new Date(),
  });
  assert.equal(await read(call), 'gone');
  documents.runs.pop();
});

for (const missing of ['contents', 'workflows', 'pull_requests']) {
  test(`without ${missing}=write no schedule is handed over, and that is what is named`, async () => {
    const workflow = documents.workflows.all()[0];
    assert.ok(workflow !== undefined);
    const cron = /cron:\s*["']?([^"'\n#]+)/.exec(documents.files.get(workflow.path) ?? '')?.[1]?.trim() ?? '';
    documents.branches.clear();
    documents.pulls.splice(0);
    const held = installation.permissions.get(missing) ?? 'write';
    if (missing === 'contents') installation.permissions.set(missing, 'read');
    else installation.permissions.delete(missing);
    const acted = await act({
      kind: 'hand-over-schedule',
      organisation: ORGANISATION,
      repository,
      workflowId: workflow.id,
      path: workflow.path,
      crons: [cron],
      expected: { path: workflow.path, runsAs: 4_711_042 },
    });
    installation.permissions.set(missing, held);
    assert.equal(!acted.ok && acted.failure.kind === 'denied' && acted.failure.missingPermission, `${missing}=write`);
    assert.equal(documents.pulls.length, 0);
  });
}
