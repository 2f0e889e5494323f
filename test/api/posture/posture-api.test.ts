import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Run } from '../../../src/api/case-view.ts';
import { putFirst, replaceLatest } from '../../../src/connectors/storage/evidence/evidence.ts';
import type { PostureInput } from '../../../src/intake/runs/start-posture.ts';
import { READINGS } from '../../../src/posture/readings-needed.ts';
import { LATEST, runName } from '../../../src/posture/runs/run-id.ts';
import { assessed, failure, run } from '../../posture/support/made-run.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const now = new Date('2026-11-23T10:41:12Z');
const reason = 'After the new gateway policy.';

const begun: (readonly [id: string, input: PostureInput])[] = [];
const engine = new Map<string, Run>();
beforeEach(() => {
  begun.length = 0;
  engine.clear();
});
const api = askApi(app);
async function ask(
  path: string,
  body?: object,
  roles = ['Offboarding.Operate'],
  settings = app.config,
): Promise<Answered> {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'], roles };
  const tools = {
    now: () => now,
    settings,
    readRun: async (id: string) => engine.get(id),
    startPosture: async (id: string, input: PostureInput) => void begun.push([id, input]),
  };
  return api(path, { token: await app.tenant.tokens.issue(claims), tools, ...(body === undefined ? {} : { body }) });
}
const jsonOf = ({ body }: Answered) => JSON.parse(body);

const ONE = run([assessed({ status: 'fail', failures: [failure({ id: 'P-000000000001' })] })], {
  runId: '2026-11-22-timer',
  at: '2026-11-22T04:10:00.000Z',
});
const TWO = run([assessed({ status: 'fail', failures: [failure({ id: 'P-000000000002' })] })], {
  runId: '2026-11-23-timer',
});

test('before the first run there is nothing, and the answer says how to begin', async () => {
  const answer = await ask('/api/posture');
  assert.deepEqual([answer.status, answer.problem], [404, 'not-found']);
  assert.match(answer.body, /POST \/api\/posture/);
});

test('whoever operates begins a run that reads everything; a reader begins none, nor does anybody without the identity', async () => {
  const answer = await ask('/api/posture', { reason });
  assert.equal(answer.status, 202);
  assert.equal(answer.headers.get('location'), '/api/posture/runs/2026-11-23T10-41-12-000Z-asked');
  const [[id, input] = []] = begun;
  assert.equal(id, 'posture:2026-11-23T10-41-12-000Z-asked');
  assert.deepEqual(
    [input?.trigger, input?.by, input?.readings],
    ['asked', WORLD.operator.oid, READINGS.map((each) => each.id)],
  );
  assert.equal((await ask('/api/posture', { reason, after: 'deployment' })).status, 202);
  assert.equal(begun[1]?.[1].trigger, 'deployment');
  assert.equal((await ask('/api/posture', { reason }, ['Offboarding.Read'])).status, 403);
  assert.equal((await ask('/api/posture', {})).status, 422);
  const { ASSESSOR_CLIENT_ID: _, ...without } = app.config;
  const refused = await ask('/api/posture', { reason }, ['Offboarding.Operate'], without);
  assert.deepEqual([refused.status, refused.problem], [409, 'posture-not-set-up']);
  assert.equal(begun.length, 2);
});

test('a run that goes on says so; one of which nobody knows is not found', async () => {
  engine.set('posture:2026-11-23T10-41-12-000Z-asked', { runtimeStatus: 'Running', customStatus: null });
  const running = await ask('/api/posture/runs/2026-11-23T10-41-12-000Z-asked');
  assert.deepEqual(jsonOf(running), { runId: '2026-11-23T10-41-12-000Z-asked', state: 'running' });
  assert.equal((await ask('/api/posture/runs/2026-11-21-timer')).status, 404);
  assert.equal((await ask('/api/posture/runs/..%2Fcases')).status, 422);
});

test('a run that broke, and a page that is not filed yet, are not told as a run that never was', async () => {
  const id = '2026-11-23T10-41-12-000Z-asked';
  engine.set(`posture:${id}`, { runtimeStatus: 'Failed', customStatus: null });
  for (const path of [`/api/posture/runs/${id}`, `/api/posture/runs/${id}/report.html`]) {
    const broke = await ask(path);
    assert.equal(broke.status, 404);
    assert.match(broke.body, /The run broke and was not filed/);
  }
  engine.set(`posture:${id}`, { runtimeStatus: 'Running', customStatus: null });
  for (const document of ['report.html', 'junit.xml'])
    assert.match((await ask(`/api/posture/runs/${id}/${document}`)).body, /The run goes on/);
});

test('filed runs are read, listed, compared, and told to a pipeline', async () => {
  for (const each of [ONE, TWO]) await putFirst(app.config, 'evidence', runName(each.runId), JSON.stringify(each));
  await replaceLatest(app.config, LATEST, { runId: TWO.runId });
  const roles = ['Offboarding.Read'];
  assert.equal(jsonOf(await ask('/api/posture', undefined, roles)).runId, TWO.runId);
  assert.equal(jsonOf(await ask(`/api/posture/runs/${ONE.runId}`, undefined, roles)).run.runId, ONE.runId);
  const listed = jsonOf(await ask('/api/posture/runs', undefined, roles));
  assert.deepEqual(listed, { month: '2026-11', runs: [{ runId: TWO.runId }, { runId: ONE.runId }] });
  const { checks } = jsonOf(await ask(`/api/posture/diff?from=${ONE.runId}&to=${TWO.runId}`, undefined, roles));
  assert.deepEqual(
    [checks[0].change, checks[0].fails[0].id, checks[0].gone[0].id],
    ['new-fail', 'P-000000000002', 'P-000000000001'],
  );
  const swapped = await ask(`/api/posture/diff?from=${TWO.runId}&to=${ONE.runId}`, undefined, roles);
  assert.deepEqual([swapped.status, swapped.problem], [422, 'invalid-request']);
  const junit = await ask(`/api/posture/runs/${TWO.runId}/junit.xml`, undefined, roles);
  assert.match(junit.headers.get('content-type') ?? '', /^application\/xml/);
  assert.match(junit.body, /failures="1"/);
  assert.equal((await ask(`/api/posture/runs/${TWO.runId}/report.html`, undefined, roles)).status, 404);
});

test('of a run that cannot be read the answer says which it is and what to do, and the others are read as before', async () => {
  const roles = ['Offboarding.Read'];
  const whole = { ...ONE, runId: '2026-11-19-timer', at: '2026-11-19T04:10:00.000Z' };
  await putFirst(app.config, 'evidence', runName(whole.runId), JSON.stringify(whole));
  for (const [runId, filed, why] of [
    ['2026-11-20-timer', '{', /The run 2026-11-20-timer is filed, and is not JSON/],
    [
      '2026-11-21-timer',
      '{"schemaVersion":"9.0"}',
      /The run 2026-11-21-timer is filed, and says nothing that this release/,
    ],
  ] as const) {
    await putFirst(app.config, 'evidence', runName(runId), filed);
    await replaceLatest(app.config, LATEST, { runId });
    for (const path of [
      '/api/posture',
      `/api/posture/runs/${runId}`,
      `/api/posture/runs/${runId}/junit.xml`,
      `/api/posture/diff?from=${whole.runId}&to=${runId}`,
      `/api/posture/diff?from=${runId}&to=${whole.runId}`,
    ]) {
      const answer = await ask(path, undefined, roles);
      assert.deepEqual([answer.status, answer.problem], [500, 'run-unreadable'], path);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
      const { detail, whatToDo } = jsonOf(answer);
      assert.match(detail, why);
      assert.match(whatToDo, /POST \/api\/posture/);
    }
    assert.equal((await ask(`/api/posture/runs/${whole.runId}`, undefined, roles)).status, 200);
  }
  await replaceLatest(app.config, LATEST, { runs: [] });
  const last = await ask('/api/posture', undefined, roles);
  assert.deepEqual([last.status, last.problem], [500, 'run-unreadable']);
  assert.match(jsonOf(last).detail, /which run was the last/);
});

test('of a month with a run after each deployment the newest is in the list', async () => {
  const { vendors } = app.context;
  const names = Array.from({ length: 900 }, (_, n) => {
    const minute = new Date(Date.UTC(2026, 10, 1, 0, n * 45)).toISOString().slice(0, 16).replace(':', '-');
    return [`posture/${minute}-00-000Z-deployment.html`, `posture/${minute}-00-000Z-deployment.json`];
  }).flat();
  const listNames = async (_: string, __: string, most: number) => names.slice(0, most);
  const tools = { now: () => now, vendors: { ...vendors, storage: { ...vendors.storage, listNames } } };
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'] };
  const token = await app.tenant.tokens.issue({ ...claims, roles: ['Offboarding.Read'] });
  const { runs } = jsonOf(await api('/api/posture/runs', { token, tools: tools as never }));
  assert.deepEqual([runs.length, runs[0].runId], [900, '2026-11-29T02-15-00-000Z-deployment']);
});

const RULE = `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/g/providers/Microsoft.Insights/scheduledQueryRules/canary`;
const withCanary = {
  ...app.config,
  CANARY_CLIENT_ID: WORLD.app.canary.clientId,
  CANARY_URL: 'https://mcp.example/mcp/canary',
  CANARY_RULE_ID: RULE,
};

test('whoever operates asks for a canary, which begins at a good minute; the last ones are there for readers', async () => {
  const operator = ['Offboarding.Operate'];
  const asked = await ask('/api/posture/canary', { reason }, operator, withCanary);
  assert.equal(asked.status, 202);
  const canary = { id: '2026-11-23T10-41-12-000Z-asked', state: 'scheduled', by: WORLD.operator.oid };
  const due = { ...canary, dueAt: '2026-11-23T10:41:12.000Z', calls: 0, answered: 0 };
  assert.deepEqual(jsonOf(asked), due);
  assert.deepEqual(jsonOf(await ask('/api/posture/canary', { reason }, operator, withCanary)), due);
  const listed = jsonOf(await ask('/api/posture/canary', undefined, ['Offboarding.Read'], withCanary));
  assert.deepEqual(listed, { setUp: true, canaries: [due] });
});

test('without its settings there is no canary to ask for, and a reader asks for none', async () => {
  const refused = await ask('/api/posture/canary', { reason });
  assert.deepEqual([refused.status, refused.problem], [409, 'canary-not-set-up']);
  assert.equal((await ask('/api/posture/canary', { reason }, ['Offboarding.Read'], withCanary)).status, 403);
  assert.equal(jsonOf(await ask('/api/posture/canary')).setUp, false);
});
