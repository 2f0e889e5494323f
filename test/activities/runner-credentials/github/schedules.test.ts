import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { LineChange } from '../../../../local/tenant/github/state/state-repository.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 8 });
after(() => app.stop());

const found = state.repositories.get(`${ORGANISATION}/payments-api`);
assert.ok(found !== undefined);
const payments = found;
const { leaver, colleagues } = WORLD;
const [colleague] = colleagues;
const YESTERDAY = new Date(Date.now() - 86_400_000);

afterEach(() => {
  for (const path of ['.github/workflows/new.yml', '.github/workflows/deploy@prod.yml']) {
    payments.files.delete(path);
    payments.blame.delete(path);
    for (const { id } of payments.workflows.where((each) => each.path === path)) payments.workflows.delete(String(id));
  }
  payments.runs.splice(
    0,
    payments.runs.length,
    ...payments.runs.filter(({ workflowId }) => workflowId < 9_000_000_000),
  );
  payments.history.clear();
});

/** A workflow in payments-api that runs every hour. */
function add(file: string, change: Omit<LineChange, 'from' | 'to' | 'at'>): number {
  const path = `.github/workflows/${file}`;
  const id = 9_000_000_000 + payments.workflows.size;
  payments.files.set(path, "on:\n  schedule:\n    - cron: '0 * * * *'\njobs: {}\n");
  payments.blame.set(path, [{ from: 1, to: 5, at: YESTERDAY, ...change }]);
  payments.workflows.add({ id, path, name: file, state: 'active' });
  return id;
}

function run(workflowId: number, actorId: number, headSha?: string): void {
  const id = workflowId + payments.runs.length;
  const sha = headSha === undefined ? {} : { headSha };
  // One after the other, the last one just now.
  const createdAt = new Date(Date.now() - 3_600_000 + payments.runs.length * 1_000);
  payments.runs.push({ id, workflowId, actorId, event: 'schedule', createdAt, ...sha });
}

async function schedules() {
  const { findings, coverage } = await scanAll();
  const line = coverage.find(({ source }) => source === `github/schedules:${ORGANISATION}`);
  const own = findings.filter(
    ({ kind, resource }) =>
      kind !== 'schedule-can-be-handed-over' && resource.id.startsWith(`${ORGANISATION}/payments-api/workflows/`),
  );
  return { own, line };
}

test('a schedule that the leaver wrote is found before it has run', async () => {
  add('new.yml', { authorId: leaver.githubId });
  const { own, line } = await schedules();
  assert.deepEqual(
    own.map(({ kind, status, resource }) => [kind, status, resource.name]),
    [['schedule-runs-as-leaver', 'awaiting-decision', '.github/workflows/new.yml']],
  );
  assert.match(own[0]?.title ?? '', /will run as amoreau/);
  assert.deepEqual([own[0]?.evidence.changedAt, own[0]?.evidence.lastRunAt], [YESTERDAY.toISOString(), null]);
  assert.equal(line?.state, 'complete');
});

test('a schedule that ran as the leaver can be ended or handed over, and both say so', async () => {
  run(add('new.yml', { authorId: colleague.githubId }), leaver.githubId);
  const { findings } = await scanAll();
  const [ends, instead] = ['schedule-runs-as-leaver', 'schedule-can-be-handed-over'].map((wanted) =>
    findings.find(({ kind, resource }) => kind === wanted && resource.name === '.github/workflows/new.yml'),
  );
  assert.deepEqual([ends?.remedy?.call.kind, instead?.remedy?.call.kind], ['disable-workflow', 'hand-over-schedule']);
  assert.match(ends?.reason ?? '', /two ways.*disable the workflow.*take it over by a pull request/);
  assert.match(instead?.reason ?? '', /The other way is to disable the workflow/);
  assert.deepEqual([instead?.closedWith, instead?.remedy?.risk], [ends?.id, 'disruptive']);
});

test('a schedule that ran as a colleague, and whose cron line the leaver changed since, is found', async () => {
  const id = add('new.yml', { authorId: leaver.githubId });
  payments.history.set(
    'before',
    new Map([['.github/workflows/new.yml', "on:\n  schedule:\n    - cron: '1 1 * * *'\n"]]),
  );
  run(id, colleague.githubId, 'before');
  const { own } = await schedules();
  assert.match(own[0]?.title ?? '', /will run as amoreau/);
  assert.equal(own[0]?.evidence.actor, colleague.githubLogin);
});

test('a schedule that ran as the leaver and was changed by a colleague since is told, and not disabled', async () => {
  const id = add('new.yml', { authorId: colleague.githubId });
  payments.history.set('before', new Map());
  run(id, leaver.githubId, 'before');
  const { own } = await schedules();
  assert.deepEqual([own[0]?.kind, own[0]?.severity, own[0]?.remedy], ['schedule-may-run-as-leaver', 'low', undefined]);
});

test('a file name may hold an @, and nothing of it is lost', async () => {
  run(add('deploy@prod.yml', { authorId: colleague.githubId }), leaver.githubId);
  const { own } = await schedules();
  assert.deepEqual(
    own.map(({ resource }) => resource.name),
    ['.github/workflows/deploy@prod.yml'],
  );
});

test('the leaver’s schedule is found behind more runs than a search returns', async () => {
  const busy = add('new.yml', { authorId: colleague.githubId });
  for (let n = 0; n < 1_100; n += 1) run(busy, leaver.githubId);
  run(busy, colleague.githubId);
  run(add('deploy@prod.yml', { authorId: colleague.githubId }), leaver.githubId);
  const { own, line } = await schedules();
  assert.deepEqual(
    own.map(({ resource }) => resource.name),
    ['.github/workflows/deploy@prod.yml'],
  );
  assert.equal(line?.state, 'complete');
});

test('a schedule that never ran and whose author nobody knows keeps the line from being complete', async () => {
  add('new.yml', { email: 'unknown@elsewhere.example' });
  const { own, line } = await schedules();
  assert.deepEqual(own, []);
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /new\.yml .* cannot be told: the commit that changed it last names no account/);
});

test('runs that are counted and not listed are not a schedule that never ran', async () => {
  run(add('new.yml', { authorId: colleague.githubId }), leaver.githubId);
  assert.equal((await schedules()).own.length, 1);
  app.tenant.faults.add({
    vendor: 'github',
    path: /workflows\/(new\.yml|90\d+)\/runs/,
    effect: { kind: 'alter', alter: (body) => ({ ...(body as object), workflow_runs: [] }) },
  });
  const { line } = await schedules();
  app.tenant.faults.clear();
  assert.equal(line?.state, 'partial');
});

for (const [what, path] of [
  ['runs', /workflows\/(new\.yml|90\d+)\/runs/],
  ['workflow', /workflows\/90\d+$/],
] as const) {
  test(`a schedule of which the ${what} cannot be found, although the rest of it is, keeps the line from being complete`, async () => {
    run(add('new.yml', { authorId: colleague.githubId }), leaver.githubId);
    app.tenant.faults.add({ vendor: 'github', path, effect: { kind: 'answer', status: 404 } });
    const { line } = await schedules();
    app.tenant.faults.clear();
    assert.equal(line?.state, 'partial');
  });
}

test('a file with a schedule of the leaver’s, of which Actions knows no workflow yet, keeps the line from being complete', async () => {
  const id = add('new.yml', { authorId: leaver.githubId });
  payments.workflows.delete(String(id));
  const { own, line } = await schedules();
  assert.deepEqual(own, []);
  assert.equal(line?.state, 'partial');
  assert.match(line?.detail ?? '', /new\.yml in .* has a schedule that the leaver wrote .* Look at the file/);
});

test('a disabled workflow that the leaver wrote runs as nobody', async () => {
  const id = add('new.yml', { authorId: leaver.githubId });
  payments.workflows.patch(String(id), { state: 'disabled_manually' });
  assert.deepEqual((await schedules()).own, []);
});

test('without a known account, a schedule that runs as one with the leaver’s name is told', async () => {
  const { findings } = await scanAll({ ...LEAVER, github: [] });
  const may = findings.filter(({ kind }) => kind === 'schedule-may-run-as-leaver');
  assert.deepEqual(may.map(({ resource }) => resource.name).sort(), [
    '.github/workflows/export.yml',
    '.github/workflows/nightly-documents.yml',
  ]);
});

for (const [fault, effect, expected] of [
  [
    'a query that went wrong',
    { message: 'Something went wrong while executing your query. Please include `x`' },
    'unavailable',
  ],
  [
    'a limit of GraphQL by another name',
    { type: 'RATE_LIMIT', code: 'graphql_rate_limit', message: 'limit' },
    'unavailable',
  ],
] as const) {
  test(`${fault}, with status 200, is no answer about schedules`, async () => {
    const lift = app.tenant.faults.add({
      vendor: 'github',
      path: /graphql/,
      effect: {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ data: null, errors: [effect] }),
      },
    });
    const { coverage, refs } = await scanAll();
    lift();
    const lines = coverage.filter(({ source }) => /schedules|workflow-files|repositories/.test(source));
    assert.deepEqual([...new Set(lines.map((line) => line.state))], [expected]);
    assert.ok(refs.some(({ tryAgainAfterMs }) => tryAgainAfterMs !== undefined));
  });
}
