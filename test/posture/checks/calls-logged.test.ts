import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { ensureDeadLetters } from '../../../src/connectors/storage/evidence/dead-letters.ts';
import { callsLogged } from '../../../src/posture/checks/calls-logged.ts';
import { callsLogged as reading } from '../../../src/posture/readings/calls/calls-logged.ts';
import { gatewayApis } from '../../../src/posture/readings/gateway/gateway-apis.ts';
import { checked, told } from '../support/checked.ts';
import { SITUATIONS } from './situations/calls-logged.ts';
import {
  app,
  busyDay,
  calls,
  daysAgo,
  forget,
  logs,
  reset,
  take,
  workingDay,
} from './situations/calls-logged-world.ts';

after(() => app.stop());
await ensureDeadLetters(app.config);

beforeEach(reset);

const outcome = async (settings = {}): Promise<string> => told(await checked(app, callsLogged, settings));

for (const [situation, make, said] of SITUATIONS) {
  test(`${situation}: ${said}`, async () => {
    await make();
    assert.equal(await outcome(), said);
  });
}

test('a day on which one of fifty is missing fails, although all together are enough', async () => {
  calls(daysAgo(8), 2_000);
  const { rows } = calls(daysAgo(4, 5), 48);
  take(logs.rows, rows.slice(0, 1));
  assert.equal(await outcome(), `fail: day-incomplete ${daysAgo(4).toISOString().slice(0, 10)}`);
});

test('a working day on which nobody called fails, less gravely: it may be a holiday', async () => {
  const at = daysAgo(workingDay());
  forget((each) => each.getTime() === at.getTime());
  const assessed = await checked(app, callsLogged);
  assert.equal(told(assessed), `fail: day-empty ${at.toISOString().slice(0, 10)}`);
  assert.deepEqual([assessed.severity, assessed.failures[0]?.severity], ['critical', 'medium']);
});

test('what is shown: the share, never rounded up, of each day, and the ids that are missing', async () => {
  take(logs.rows, busyDay.rows.slice(0, 1));
  const { shows, failures } = await checked(app, callsLogged);
  const id = String(busyDay.rows[0]?.apim_request_id_s);
  assert.deepEqual([shows.calls, shows.logged, shows.percent, shows.missing], [500, 499, 99.8, [id]]);
  const calledThen = busyDay.rows.length;
  const share = Math.floor(((calledThen - 1) / calledThen) * 100_000) / 1_000;
  const told = `${daysAgo(3).toISOString().slice(0, 10)} ${calledThen - 1}/${calledThen} ${share} %`;
  assert.ok((shows.by_day as string[]).includes(told));
  assert.equal(failures[0]?.says, 'Of 500 tool calls, 1 have no row.');
});

test('no gateway is named: nobody can say', async () => {
  assert.equal(await outcome({ GATEWAY_APIM_ID: undefined }), 'unknown: not-configured');
});

for (const id of new Set([...reading.permissions, ...gatewayApis.permissions])) {
  const permission = id
    .split('/')
    .slice(id.startsWith('assessor/logs/') ? 2 : 3)
    .join('/');
  test(`without ${permission} nobody can say`, async () => {
    const held = id.startsWith('assessor/logs/') ? app.assessor.logs : app.assessor.azure;
    const name = held.has(permission) ? permission : logs.workspaceId;
    held.delete(name);
    try {
      assert.equal(await outcome(), `unknown: denied ${permission}`);
    } finally {
      held.add(name);
    }
  });
}

test('throttled to the end: nobody can say', async () => {
  const effect = { kind: 'answer', status: 429, body: '{"error":{"code":"ThrottledError"}}' } as const;
  const lift = app.tenant.faults.add({ vendor: 'logs', effect });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('an answer that is cut after a day that is not whole fails', async () => {
  take(logs.rows, busyDay.rows.slice(0, 100));
  logs.answers = 'partial';
  assert.match(await outcome(), /^fail: .*day-incomplete/);
});

test('an answer that is cut passes nothing', async () => {
  logs.answers = 'partial';
  assert.match(await outcome(), /^unknown: .*partial/);
});
