import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { payloadOf } from '../../local/tenant/entra/lifecycle-workflows.ts';
import type { TaskProcessingResultRow } from '../../local/tenant/entra/state/state-logs.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { CASE_STATES } from '../../src/cases/case.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { OUTCOMES } from '../../src/cases/outcome.ts';
import { casesOf, updateCase } from '../../src/connectors/storage/cases/case-table.ts';
import { listWorkflowTasks } from '../../src/connectors/storage/workflow-tasks.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { answerWorkflows, workflowStatusOf } from '../../src/duties/answer-workflows.ts';
import type { DutyContext } from '../../src/duties/duty.ts';
import type { Oid } from '../../src/people/oid.ts';
import { type Answered, askApi } from '../support/api/ask-api.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const vendors = openVendors(app.config);
const { workflowId, taskId, ...logicApp } = WORLD.lifecycleWorkflows;

let runs = 0;
const runFor = (subjectId: string): TaskProcessingResultRow => {
  runs += 1;
  const id = `6e1ec336-8d06-4386-a377-${String(runs).padStart(12, '0')}`;
  return app.directory.taskProcessingResults.add({ id, workflowId, taskId, subjectId, processingStatus: 'inProgress' });
};

interface Caller {
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  readonly roles?: readonly string[];
  readonly audience?: string;
}
const api = askApi(app);
const post = async (body: unknown, caller: Caller = {}, settings: object = {}): Promise<Answered> => {
  const token = await app.tenant.tokens.issue({ audience: WORLD.app.audience, ...logicApp, ...caller });
  return api('/api/lifecycle-workflows', { token, body, tools: { settings: { ...app.config, ...settings } } });
};
const payload = (row: TaskProcessingResultRow, waits = true): object =>
  payloadOf(app.tenant.core, app.directory, row, waits);

const round = (at = new Date()): Promise<number> => {
  const context: Pick<DutyContext, 'vendors' | 'log' | 'now'> = { vendors, log: app.log, now: () => at };
  return answerWorkflows.run(context as DutyContext);
};
const ended = (oid: Oid, outcome: string) =>
  updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed', outcome }));

test('a workflow’s task opens the case and is answered once it has ended, once, with how it ended', async () => {
  for (const [outcome, status] of [
    ['clear', 'completed'],
    ['attention', 'failed'],
  ] as const) {
    const oid = app.hire();
    const row = runFor(oid);
    const answer = await post(payload(row));
    assert.deepEqual(
      [answer.status, JSON.parse(String(answer.body))],
      [202, { caseId: `${oid}-1`, mode: 'apply', state: 'running' }],
    );
    assert.equal((await casesOf(app.config, oid))[0]?.row.trigger, 'lifecycle-workflow');
    assert.equal((await post(payload(row))).status, 202);
    await round();
    assert.equal(row.processingStatus, 'inProgress');
    await ended(oid, outcome);
    const told = await Promise.all([round(), round()]);
    assert.ok(told.some((count) => count === 1));
    assert.equal(app.directory.taskProcessingResults.get(row.id)?.processingStatus, status);
    assert.deepEqual((await listWorkflowTasks(app.config)).tasks, []);
  }
  assert.ok(!app.logged.some((line) => line.includes('waits no more')));
});

test('an answer that does not come through is given again; one that Entra does not wait for is given up', async () => {
  const oid = app.hire();
  const row = runFor(oid);
  await post(payload(row));
  await ended(oid, 'clear');
  app.directory.workflowResponder = 'nobody';
  await round();
  assert.equal((await listWorkflowTasks(app.config)).tasks.length, 1);
  app.directory.workflowResponder = WORLD.app.reader.clientId;
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  await round();
  lift();
  await round();
  assert.equal(row.processingStatus, 'completed');
  const other = app.hire();
  const late = runFor(other);
  await post(payload(late));
  late.processingStatus = 'failed';
  await ended(other, 'clear');
  await round();
  assert.deepEqual((await listWorkflowTasks(app.config)).tasks, []);
  assert.ok(app.logged.some((line) => line.includes('waits no more')));
});

test('who waits for the claim of a host that died sees the time pass', async () => {
  const oid = app.hire();
  const row = runFor(oid);
  await post(payload(row));
  await ended(oid, 'clear');
  const seen: number[] = [];
  const doOnce: typeof vendors.storage.doOnce = (once, act) => {
    seen.push(once.now().getTime(), once.now().getTime());
    return vendors.storage.doOnce(once, act);
  };
  let minutes = 0;
  const now = (): Date => {
    minutes += 1;
    return new Date(Date.now() + minutes * 60_000);
  };
  const storage = { ...vendors.storage, doOnce };
  const context: Pick<DutyContext, 'log' | 'now'> = { log: app.log, now };
  assert.equal(await answerWorkflows.run({ ...context, vendors: { ...vendors, storage } } as DutyContext), 1);
  const [before = 0, later = 0] = seen;
  assert.ok(later > before);
});

test('whoever is not the Logic App opens nothing, whatever its roles are', async () => {
  const oid = app.hire();
  const body = payload(runFor(oid));
  const operator = { roles: ['Offboarding.Administer'] };
  assert.equal((await post(body, { clientId: '99999999-0000-4000-8000-000000000000', ...operator })).status, 403);
  assert.equal((await post(body, { scopes: ['access'], ...operator })).status, 403);
  assert.equal((await post(body, { audience: 'https://management.azure.com' })).status, 401);
  assert.equal((await post(body, {}, { LIFECYCLE_WORKFLOWS_APP_ID: undefined })).status, 403);
  assert.deepEqual(await casesOf(app.config, oid), []);
});

test('a callback leads to Graph whatever the path says, and an id that is none leads nowhere', async () => {
  const oid = app.hire();
  const row = runFor(oid);
  const { data, ...rest } = payload(row) as { data: object };
  const path = { callbackUriPath: '@evil.example/x?' };
  assert.equal((await post({ ...rest, data: { ...data, ...path, task: { id: '../../users' } } })).status, 422);
  assert.equal((await post({ ...rest, data: { ...data, ...path } })).status, 202);
  await ended(oid, 'residual');
  assert.equal(await round(), 1);
  assert.equal(row.processingStatus, 'completed');
});

test('where there is no case the task fails, and one that does not wait gets no answer', async () => {
  const refused = runFor(WORLD.breakGlass.oid);
  assert.equal((await post(payload(refused))).status, 409);
  await round();
  assert.equal(refused.processingStatus, 'failed');
  const oid = app.hire();
  const careless = runFor(oid);
  assert.equal((await post(payload(careless, false))).status, 202);
  await ended(oid, 'clear');
  assert.equal(await round(), 0);
  assert.equal(careless.processingStatus, 'inProgress');
});

test('a task is completed by nothing but a case that was carried out and left nothing open', () => {
  for (const state of CASE_STATES)
    for (const mode of ['plan', 'apply'] as const)
      for (const outcome of OUTCOMES) {
        const isDone = state === 'filed' && mode === 'apply' && ['clear', 'residual'].includes(outcome);
        assert.equal(workflowStatusOf({ state, mode, outcome }) === 'Completed', isDone, `${state} ${mode} ${outcome}`);
      }
  assert.equal(workflowStatusOf({ state: 'running', mode: 'apply' }), undefined);
  assert.equal(workflowStatusOf({ state: 'open', mode: 'apply' }), undefined);
  assert.equal(workflowStatusOf({ state: 'cancelled', mode: 'apply' }), 'Failed');
});
