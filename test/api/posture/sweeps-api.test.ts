import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Run } from '../../../src/api/case-view.ts';
import { putFirst } from '../../../src/connectors/storage/evidence/evidence.ts';
import { type Answered, askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { config } = app;
const now = new Date('2026-11-23T10:41:12Z');
const reason = 'The contractors left at noon.';

/** What the engine knows, by instance. */
const engine = new Map<string, Run>();
const begun: string[] = [];
beforeEach(() => {
  engine.clear();
  begun.length = 0;
});
const run = (runtimeStatus: string, customStatus: unknown = null): Run => ({ runtimeStatus, customStatus });
const api = askApi(app);
async function ask(path: string, body?: object, roles = ['Offboarding.Operate']): Promise<Answered> {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'cli', scopes: ['access'], roles };
  const tools = {
    now: () => now,
    readRun: async (id: string) => engine.get(id),
    startSweep: async (id: string) => {
      if (!engine.has(id)) begun.push(id);
      engine.set(id, run('Pending'));
    },
  };
  return api(path, { token: await app.tenant.tokens.issue(claims), tools, ...(body === undefined ? {} : { body }) });
}
interface Named {
  readonly sweepId: string;
  readonly state: string;
}
const jsonOf = ({ body }: Answered) => JSON.parse(body) as unknown;

const filed = (sweepId: string, at: string) =>
  putFirst(
    config,
    'evidence',
    `sweeps/${sweepId}.json`,
    JSON.stringify({
      ...{ schemaVersion: '1.0', sweepId, at, finishedAt: at, coverage: [], faults: ['GitHub did not answer.'] },
      ...{ looked: { people: 3, credentials: 2, unlinked: 0 }, unowned: [] },
      orphaned: [
        { oid: WORLD.leaver.oid, result: 'opened', caseId: `${WORLD.leaver.oid}-1`, mode: 'plan', credentials: [] },
      ],
      counts: { opened: 1, known: 0, 'on-hold': 0, refused: 0, returned: 0, unreadable: 0 },
    }),
  );

/** What runs or ran when somebody asks for a sweep at 10:41, and what comes of it. */
const SITUATIONS: readonly (readonly [
  what: string,
  Readonly<Record<string, string>>,
  began?: string | undefined,
  runs?: string,
])[] = [
  ['nothing ever ran', {}, 'sweep:asked:2026-11-23T10:1'],
  ['the timer’s of this hour has ended', { 'sweep:ci:2026-11-23T10': 'Completed' }, 'sweep:asked:2026-11-23T10:1'],
  ['the timer’s broke', { 'sweep:ci:2026-11-23T10': 'Failed' }, 'sweep:asked:2026-11-23T10:1'],
  ['the timer’s goes on', { 'sweep:ci:2026-11-23T10': 'Running' }, undefined, 'sweep:ci:2026-11-23T10'],
  [
    'the timer’s of two hours ago goes on',
    { 'sweep:ci:2026-11-23T08': 'Running' },
    undefined,
    'sweep:ci:2026-11-23T08',
  ],
  ['one that never ends is too old to count', { 'sweep:ci:2026-11-23T04': 'Running' }, 'sweep:asked:2026-11-23T10:1'],
  ['one that was asked for has ended', { 'sweep:asked:2026-11-23T10:1': 'Completed' }, 'sweep:asked:2026-11-23T10:2'],
  [
    'one that was asked for goes on',
    { 'sweep:asked:2026-11-23T09:1': 'Completed', 'sweep:asked:2026-11-23T09:2': 'Pending' },
    undefined,
    'sweep:asked:2026-11-23T09:2',
  ],
];
for (const [what, states, began, runs] of SITUATIONS)
  test(`somebody asks for a sweep, and ${what}`, async () => {
    for (const [id, status] of Object.entries(states)) engine.set(id, run(status));
    const answer = await ask('/api/sweeps', { reason });
    assert.equal(answer.headers.get('location'), `/api/sweeps/${began ?? runs}`);
    assert.deepEqual([answer.status, answer.problem], began === undefined ? [409, 'sweep-runs'] : [202, undefined]);
    assert.equal((jsonOf(answer) as Named).sweepId, began ?? runs);
    assert.deepEqual(begun, began === undefined ? [] : [began]);
  });

test('two who ask at the same moment begin one sweep, and a reader begins none', async () => {
  const both = await Promise.all([ask('/api/sweeps', { reason }), ask('/api/sweeps', { reason })]);
  for (const { status } of both) assert.ok([202, 409].includes(status), String(status));
  assert.deepEqual(begun, ['sweep:asked:2026-11-23T10:1']);
  assert.equal((await ask('/api/sweeps', { reason }, ['Offboarding.Read'])).status, 403);
  assert.equal((await ask('/api/sweeps', {})).status, 422);
});

test('the sweeps of a day are listed, the newest first, with those that go on', async () => {
  await filed('sweep:ci:2026-11-22T09', '2026-11-22T09:00:00.000Z');
  await filed('sweep:ci:2026-11-23T08', '2026-11-23T08:00:00.000Z');
  await filed('sweep:asked:2026-11-23T08:1', '2026-11-23T08:30:00.000Z');
  engine.set('sweep:ci:2026-11-23T10', run('Running', { at: '2026-11-23T10:00:00.000Z', doing: 'opening cases' }));
  const read = ['Offboarding.Read'];
  const today = jsonOf(await ask('/api/sweeps', undefined, read)) as {
    filed: { sweepId: string; counts: { opened: number }; faults: string[] }[];
    running: { sweepId: string; progress: { doing: string } }[];
  };
  assert.deepEqual(
    today.filed.map(({ sweepId, counts, faults }) => [sweepId, counts.opened, faults.length]),
    [
      ['sweep:asked:2026-11-23T08:1', 1, 1],
      ['sweep:ci:2026-11-23T08', 1, 1],
    ],
  );
  assert.deepEqual(
    today.running.map(({ sweepId, progress }) => [sweepId, progress.doing]),
    [['sweep:ci:2026-11-23T10', 'opening cases']],
  );
  const before = jsonOf(await ask('/api/sweeps?day=2026-11-22', undefined, read)) as {
    filed: unknown[];
    running: unknown[];
  };
  assert.deepEqual([before.filed.length, before.running.length], [1, 0]);
});

test('one sweep tells how far it is, or what it found; what is none is not found', async () => {
  engine.set('sweep:asked:2026-11-23T10:1', run('Running', { at: now.toISOString(), doing: 'filing' }));
  const running = jsonOf(await ask('/api/sweeps/sweep:asked:2026-11-23T10:1')) as { state: string; report?: object };
  assert.deepEqual([running.state, running.report], ['running', undefined]);
  assert.equal((jsonOf(await ask('/api/sweeps/latest')) as Named).sweepId, 'sweep:asked:2026-11-23T10:1');
  await filed('sweep:ci:2026-11-23T07', '2026-11-23T07:00:00.000Z');
  const one = jsonOf(await ask('/api/sweeps/sweep%3Aci%3A2026-11-23T07')) as {
    state: string;
    report: { orphaned: { caseId: string }[] };
  };
  assert.deepEqual([one.state, one.report.orphaned[0]?.caseId], ['filed', `${WORLD.leaver.oid}-1`]);
  engine.set('sweep:ci:2026-11-23T06', run('Failed'));
  assert.equal((jsonOf(await ask('/api/sweeps/sweep:ci:2026-11-23T06')) as Named).state, 'failed');
  engine.set('case-x', run('Running'));
  for (const id of ['sweep:ci:2026-11-23T05', 'case-x', '..%2Fcases%2Fx', 'sweep:asked:2026-11-23T10:0', 'x'])
    assert.equal((await ask(`/api/sweeps/${id}`)).status, 404, id);
});
