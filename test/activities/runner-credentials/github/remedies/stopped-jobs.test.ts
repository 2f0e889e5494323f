import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunJob } from '../../../../../local/tenant/github/state/state-actions.ts';
import type { RemedyCall } from '../../../../../src/steps/registry.ts';
import { ORGANISATION } from '../case-study.ts';
import { type GithubRemediesWorld, repository, startGithubRemedies } from './github-remedies-world.ts';

let app: GithubRemediesWorld['app'];
let state: GithubRemediesWorld['state'];
let organisation: GithubRemediesWorld['organisation'];
let installation: GithubRemediesWorld['installation'];
let documents: GithubRemediesWorld['documents'];
let read: GithubRemediesWorld['read'];
let act: GithubRemediesWorld['act'];
before(async () => {
  ({ app, state, organisation, installation, documents, read, act } = await startGithubRemedies());
});
after(() => app.stop());

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
