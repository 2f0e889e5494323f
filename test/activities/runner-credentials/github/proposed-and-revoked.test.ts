import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import type { RunJob } from '../../../../local/tenant/github/state/state-actions.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import { type RemedyCall, remedyDefinition } from '../../../../src/steps/registry.ts';
import { restoreTarget } from '../../../../src/steps/restoring/restore-target.ts';
import { ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, mint, organisation, installation } = await startCaseStudyGitHub({ repositories: 4 });
after(() => app.stop());
const { vendors } = app.context;
const documents = state.repositories.get(`${ORGANISATION}/document-pipeline`);
assert.ok(documents !== undefined);
const repository = 'document-pipeline';

const read = async (call: RemedyCall) => {
  const answer = await remedyDefinition(call).read(vendors, call);
  return answer.ok ? answer.value.state : answer.failure.kind;
};
const act = (call: RemedyCall) => remedyDefinition(call).act(vendors, call);

const runnerCall = (id: number, name: string, inRepository: boolean): RemedyCall => ({
  kind: 'remove-runner',
  organisation: ORGANISATION,
  ...(inRepository ? { repository } : {}),
  runnerId: id,
  name,
  expected: { name, os: 'linux' },
});

/** A run with one job on each of these runners. */
function runOn(id: number, ...runners: readonly number[]): readonly RunJob[] {
  const jobs = runners.map(
    (runnerId, at): RunJob => ({ id: id * 10 + at, name: `job ${at}`, runnerId, status: 'in_progress' }),
  );
  documents?.runs.push({
    id,
    workflowId: 1,
    actorId: 1,
    event: 'push',
    createdAt: new Date(),
    status: 'in_progress',
    jobs,
  });
  return jobs;
}

for (const inRepository of [true, false]) {
  test(`a runner of the ${inRepository ? 'repository' : 'organisation'} is removed after what runs on it, and nothing else is cancelled`, async () => {
    const runners = inRepository ? documents.runners : organisation.runners;
    for (const id of [801, 802]) {
      runners.add({ id, name: `box-${id}`, os: 'linux', status: 'online', busy: true, labels: [] });
    }
    const [own, others] = [runOn(9_001, 801), runOn(9_002, 802)];
    const call = runnerCall(801, 'box-801', inRepository);
    assert.ok((await act(call)).ok);
    assert.equal(await read(call), 'gone');
    assert.deepEqual(
      [own, others].map(([job]) => job?.status),
      ['completed', 'in_progress'],
    );
    documents.runs.splice(-2);
    runners.delete('802');
  });
}

test('a machine that goes on all the same is not removed under its job, and asking again helps', async () => {
  documents.runners.add({ id: 803, name: 'deaf', os: 'linux', status: 'online', busy: true, labels: [] });
  const [job] = runOn(9_003, 803);
  state.deafRunners.add(803);
  const call = runnerCall(803, 'deaf', true);
  const refused = await act(call);
  assert.ok(!refused.ok && refused.failure.kind === 'conflict' && refused.failure.retryable);
  assert.equal(await read(call), 'present');
  if (job !== undefined) job.status = 'completed';
  documents.runners.patch('803', { busy: false });
  assert.ok((await act(call)).ok);
  assert.equal(await read(call), 'gone');
  documents.runs.pop();
});

test('without actions=write what runs on a machine cannot be cancelled, and that is what is named', async () => {
  documents.runners.add({ id: 804, name: 'busy', os: 'linux', status: 'online', busy: true, labels: [] });
  runOn(9_004, 804);
  installation.permissions.set('actions', 'read');
  const refused = await act(runnerCall(804, 'busy', true));
  installation.permissions.set('actions', 'write');
  assert.ok(!refused.ok && refused.failure.kind === 'denied');
  assert.equal(refused.failure.missingPermission, 'actions=write');
  documents.runs.pop();
  documents.runners.delete('804');
});

test('a run that could not be cancelled is told, although another was, and a runner with a job is not removed', async () => {
  documents.runners.add({ id: 805, name: 'two-jobs', os: 'linux', status: 'online', busy: true, labels: [] });
  const [refused, cancelled] = [runOn(9_005, 805), runOn(9_006, 805)];
  state.removesWorkingRunners = true;
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /runs\/9005\/cancel/,
    effect: {
      kind: 'answer',
      status: 403,
      body: JSON.stringify({ message: 'Resource not accessible by integration' }),
    },
  });
  const call = runnerCall(805, 'two-jobs', true);
  const acted = await act(call);
  assert.ok(!acted.ok && acted.failure.kind === 'denied');
  assert.match(acted.failure.message, /run 9005.*The runner still works, so that it was not removed/);
  assert.deepEqual(
    [refused, cancelled].map(([job]) => job?.status),
    ['in_progress', 'completed'],
  );
  assert.equal(await read(call), 'present');
  // The job ended by itself: what could not be cancelled is none of this runner's any more.
  const [job] = refused;
  if (job !== undefined) job.status = 'completed';
  documents.runners.patch('805', { busy: false });
  assert.ok((await act(call)).ok);
  assert.equal(await read(call), 'gone');
  lift();
  state.removesWorkingRunners = false;
  documents.runs.splice(-2);
});

test('a repository that cannot be asked keeps no runner that is idle by then', async () => {
  organisation.runners.add({ id: 806, name: 'shared', os: 'linux', status: 'online', busy: true, labels: [] });
  runOn(9_007, 806);
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /\/billing-exports\/actions\/runs/,
    effect: { kind: 'answer', status: 404, body: '{}' },
  });
  const call = runnerCall(806, 'shared', false);
  const acted = await act(call);
  lift();
  assert.ok(acted.ok);
  assert.equal(await read(call), 'gone');
  documents.runs.pop();
});

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

const variableWith = (value: string, name: string): RemedyCall => {
  documents.variables.add({ name, value });
  const [{ hit } = { hit: { sha256: '', lastFour: '' } }] = findTokens(value);
  const scope = { type: 'repository', organisation: ORGANISATION, repository } as const;
  return {
    kind: 'revoke-found-token',
    foundIn: { type: 'variable', scope, name },
    tokenType: 'github-classic',
    lastFour: hit.lastFour,
    expected: { sha256: hit.sha256 },
  };
};

test('a found token is read again, revoked by its value without any authorisation, and nothing of it is filed', async () => {
  const value = mint.mint('github-classic');
  const call = variableWith(value, 'FOUND');
  const before = await remedyDefinition(call).read(vendors, call);
  assert.ok(before.ok && before.value.state === 'present');
  const acted = await act(call);
  assert.deepEqual(acted.ok && acted.value, { effect: 'queued' });
  assert.ok(state.revokedValues.has(value));
  assert.equal(JSON.stringify([call, before, acted]).includes(value.slice(4, -4)), false);
  assert.equal(JSON.stringify(app.context.lines).includes(value.slice(4, -4)), false);
  assert.equal(await read(call), 'present', 'nobody can ask whether it has ended, and so nobody says so');
});

test('one that stands in base64 in a file is found there as well', async () => {
  const value = mint.mint('github-classic');
  const path = '.github/workflows/hidden.yml';
  documents.files.set(path, `env:\n  X: ${Buffer.from(`token=${value}`).toString('base64')}\n`);
  const [{ hit } = { hit: { sha256: '' } }] = findTokens(value);
  const call: RemedyCall = {
    kind: 'revoke-found-token',
    foundIn: { type: 'file', organisation: ORGANISATION, repository, path },
    tokenType: 'github-classic',
    lastFour: '',
    expected: { sha256: hit.sha256 },
  };
  assert.ok((await act(call)).ok);
  assert.ok(state.revokedValues.has(value));
  documents.files.delete(path);
});

test('that single sign-on lists it no more does not end it: it is revoked all the same, and nobody says that it is gone', async () => {
  const value = mint.mint('github-classic');
  organisation.credentials.add({
    id: 8_801,
    login: 'amoreau',
    type: 'personal access token',
    tokenLastEight: value.slice(-8),
  });
  const call = variableWith(value, 'LISTED');
  const withdrawn = { type: 'personal access token', fingerprint: null, lastFour: value.slice(-4) };
  const first = await act({
    kind: 'revoke-sso-credential',
    organisation: ORGANISATION,
    credentialId: 8_801,
    ownerId: 1,
    login: 'amoreau',
    expected: withdrawn,
  });
  assert.ok(first.ok && organisation.credentials.get('8801')?.revokedFrom !== undefined);
  assert.equal(await read(call), 'present', 'it opens whatever asks for no sign-on');
  assert.ok((await act(call)).ok);
  assert.ok(state.revokedValues.has(value));
  assert.equal(await read(call), 'present');
});

test('one that was taken out of its place has not ended by that, and cannot be revoked', async () => {
  const call = variableWith(mint.mint('github-classic'), 'TAKEN_OUT');
  documents.variables.add({ name: 'TAKEN_OUT', value: 'something else' });
  assert.equal(await read(call), 'incomplete');
  documents.variables.delete('TAKEN_OUT');
  const acted = await act(call);
  assert.ok(!acted.ok && acted.failure.kind === 'incomplete');
  assert.match(acted.failure.message, /does not end it/);
});

test('a refusal says what GitHub answered, and repeats nothing of what was sent', async () => {
  const value = mint.mint('github-classic');
  const call = variableWith(value, 'REFUSED');
  const body = JSON.stringify({ message: `${value} is no credential` });
  const lift = app.tenant.faults.add({
    vendor: 'github',
    path: /credentials\/revoke/,
    effect: { kind: 'answer', status: 422, body },
  });
  const acted = await act(call);
  lift();
  assert.equal(acted.ok, false);
  assert.equal(JSON.stringify(acted).includes(value.slice(4, -4)), false);
});
