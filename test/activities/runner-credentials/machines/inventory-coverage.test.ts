import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { scanOrganisation } from '../../../../activities/runner-credentials/github/organisation/scan-organisation.ts';
import { inventoryCoverage } from '../../../../activities/runner-credentials/machines/inventory-coverage.ts';
import type { RunJob } from '../../../../local/tenant/github/state/state-actions.ts';
import type { Repository } from '../../../../local/tenant/github/state/state-repository.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import type { StepResult } from '../../../../src/cases/step-result.ts';
import { ensureTables } from '../../../../src/connectors/storage/base/tables.ts';
import { ensureContainers, getJson } from '../../../../src/connectors/storage/evidence/evidence.ts';
import type { Sayer } from '../../../../src/machines/kept.ts';
import { aReport } from '../../../machines/a-report.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../../support/storage-in-memory/tables.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from '../github/case-study.ts';

keepBlobsInMemory();
keepTablesInMemory();
const { app, state, organisation, installation } = await startCaseStudyGitHub({ repositories: 0 });
await Promise.all([ensureTables(app.config), ensureContainers(app.config)]);
after(() => app.stop());
const { context, tenant } = app;
const documents = state.repositories.get(`${ORGANISATION}/document-pipeline`) as Repository;
const seeded = [...documents.runs];
const LAPTOP = { id: 23, name: 'laptop-amoreau', group: 1, online: true };
const BUILD = { id: 41, name: 'build-01', group: 1, online: true };
let at = new Date('2026-11-23T10:00:00.000Z');

afterEach(async () => {
  tenant.faults.clear();
  installation.permissions.set('actions', 'write');
  documents.runs.splice(0, documents.runs.length, ...seeded);
  await context.vendors.storage.forgetMachines(new Date(Date.now() + 60_000), 100);
});

const runs = (id: number, jobs: readonly Partial<RunJob>[], attempt = 1): void => {
  documents.runs.push({
    ...{ id, workflowId: 1, actorId: 1, event: 'push', createdAt: at, attempt },
    jobs: jobs.map((job, index) => ({
      ...{ id: id * 1_000 + index, name: 'build', runnerId: 0, status: 'completed' },
      ...job,
    })),
  });
};
async function tells(
  name: string,
  runId: number,
  more: { readonly attempt?: number; readonly check?: number; readonly at?: string } = {},
) {
  const sayer: Sayer = {
    ...{ kind: 'github-job', owner: ORGANISATION, ownerId: 1, repository: `${ORGANISATION}/document-pipeline` },
    ...{ repositoryId: documents.id, runId: `${runId}`, runAttempt: `${more.attempt ?? 1}` },
    ...(more.check === undefined ? {} : { checkRunId: `${more.check}` }),
  };
  const machine = { name, registeredAt: `https://github.com/${more.at ?? ORGANISATION}` };
  const report = aReport({ job: `${runId}/${JSON.stringify(more)}`, takenAt: at.toISOString(), machine });
  const { taken } = await context.vendors.storage.keepMachine(sayer, report, at);
  assert.equal(taken, 'new');
}
async function line(machines: readonly (typeof LAPTOP)[] = [LAPTOP]) {
  const from = tenant.calls.length;
  const where = { vendor: 'github', organisation: ORGANISATION, machines } as const;
  const { coverage, failures } = await inventoryCoverage(where, { ...context, now: () => at });
  const [only, ...more] = coverage;
  assert.deepEqual(more, []);
  const asked = tenant.calls.slice(from).flatMap(({ path }) => (path.includes('/attempts/') ? [path] : []));
  return { state: only?.state, told: only?.looked.count, detail: only?.detail ?? '', asked, failures };
}

test('a job that ran on the machine closes its gap; GitHub is asked once, and never again of a run that is over', async () => {
  runs(900, [{ runnerId: 41 }, { runnerId: 23 }]);
  await tells('laptop-amoreau', 900);
  const first = await line();
  assert.deepEqual([first.state, first.told, first.asked.length], ['not-examined', 1, 1]);
  assert.match(first.asked[0] ?? '', /\/actions\/runs\/900\/attempts\/1\/jobs/);
  documents.runs.splice(0);
  const second = await line();
  assert.deepEqual([second.state, second.asked.length], ['not-examined', 0]);
});

test('a job that ran elsewhere leaves the gap, and says whose it was', async () => {
  runs(901, [{ runnerId: 41 }]);
  await tells('laptop-amoreau', 901);
  const told = await line();
  assert.deepEqual([told.state, told.told], ['partial', 0]);
  assert.match(
    told.detail,
    /laptop-amoreau: named in a report of a job of \S+\/document-pipeline \(run 901, attempt 1\), .* GitHub shows no job of that run on this machine/,
  );
  at = new Date(at.getTime() + 3 * 3_600_000);
  assert.equal((await line()).asked.length, 0, 'a run that is over says nothing new');
});

test('of a run that ran again, each attempt speaks for itself, and so does each job whose token says which it was', async () => {
  runs(902, [{ runnerId: 41 }, { runnerId: 23, attempt: 2 }, { runnerId: 41, attempt: 2 }], 2);
  await tells('laptop-amoreau', 902);
  assert.equal((await line()).told, 0);
  await tells('laptop-amoreau', 902, { attempt: 2, check: 902_002 });
  assert.equal((await line()).told, 0, 'the job that told ran on another machine');
  await tells('laptop-amoreau', 902, { attempt: 2, check: 902_001 });
  assert.equal((await line()).told, 1);
});

test('a matrix on many machines is one question, with all of its pages', async () => {
  const many = Array.from({ length: 130 }, (_, index) => ({ runnerId: index === 129 ? 23 : index === 0 ? 41 : 0 }));
  runs(903, many);
  await tells('laptop-amoreau', 903);
  await tells('build-01', 903);
  const { told, asked } = await line([LAPTOP, BUILD]);
  assert.equal(told, 2);
  // A list of several pages is read until it stands still, whatever number of machines it is asked for.
  assert.equal(new Set(asked).size, 2, asked.join());
  assert.equal(asked.length, 4, asked.join());
});

test('a run that goes on, or that GitHub does not show, is asked about again after an hour', async () => {
  runs(904, [{ runnerId: 0, status: 'queued' }]);
  await tells('laptop-amoreau', 904);
  assert.match((await line()).detail, /GitHub does not say yet on which machine that job runs/);
  assert.equal((await line()).asked.length, 0);
  documents.runs.splice(0);
  at = new Date(at.getTime() + 2 * 3_600_000);
  const gone = await line();
  assert.match(gone.detail, /GitHub does not show that run \(it was deleted, or the App does not see the repository\)/);
  assert.deepEqual([gone.asked.length, gone.failures], [1, []]);
  runs(904, [{ runnerId: 23 }]);
  at = new Date(at.getTime() + 2 * 3_600_000);
  assert.equal((await line()).told, 1);
});

test('where GitHub does not answer the gap stays, nothing is lost, and the next reading asks again', async () => {
  runs(905, [{ runnerId: 23 }]);
  await tells('laptop-amoreau', 905);
  tenant.faults.add({ vendor: 'github', path: /\/attempts\//, effect: { kind: 'answer', status: 503 } });
  const dark = await line();
  assert.deepEqual([dark.state, dark.failures.map(({ kind }) => kind)], ['partial', ['unavailable']]);
  assert.match(dark.detail, /GitHub was not asked where that run ran \(.*\): read the case again/);
  tenant.faults.clear();
  assert.equal((await line()).told, 1);
});

test('without the permission the gap says which one it is', async () => {
  runs(906, [{ runnerId: 23 }]);
  await tells('laptop-amoreau', 906);
  installation.permissions.delete('actions');
  const denied = await line();
  assert.equal(denied.told, 0);
  assert.match(denied.detail, /actions/);
});

test('a runner that the enterprise shares has told where a job of the organisation ran on it', async () => {
  const runner = { os: 'linux', status: 'online', busy: false, labels: [] } as const;
  const runners = [501, 502].map((id) => ({ ...runner, id, name: `shared-${id}` }));
  organisation.runnerGroups.add({ id: 9, name: 'everybody', inherited: true, runners });
  runs(907, [{ runnerId: 501, runnerName: 'shared-501' }]);
  for (const name of ['shared-501', 'shared-502']) await tells(name, 907, { at: 'enterprises/northwind-group' });
  const about = { caseId: makeCaseId(LEAVER.oid, 1), leaver: LEAVER, organisation: ORGANISATION };
  const { ref } = await scanOrganisation.handler(about, { ...context, now: () => at });
  const { coverage } = await getJson<StepResult>(app.config, ref);
  const [inventory] = coverage.filter(({ source }) => source === 'machines/inventory');
  assert.equal(inventory?.state, 'partial');
  assert.match(inventory.detail ?? '', /shared-502: named in a report of/);
  assert.doesNotMatch(inventory.detail ?? '', /shared-501/);
  organisation.runnerGroups.delete('9');
});
