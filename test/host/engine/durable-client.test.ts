import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { world } from '../fixtures/durable/world.ts';
import { gate, hostUnderTest } from '../host-under-test.ts';

const host = await hostUnderTest('durable');
after(() => host.stop());
beforeEach(() => {
  world.calls.length = 0;
  world.gates.clear();
});

/** Calls the SDK's own client inside a function; rejects with the message it rejects with. */
async function client(method: string, ...args: unknown[]): Promise<unknown> {
  const response = await fetch(`${host.url}/api/client/${method}`, { method: 'POST', body: JSON.stringify(args) });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { result: unknown }).result;
}

const statusOf = (id: string) => client('getStatus', id) as Promise<Record<string, unknown>>;

test('the client starts an orchestration and reads its status', async () => {
  assert.equal(await client('startNew', 'sum', { instanceId: 'sum-1', input: [1, 2] }), 'sum-1');
  await host.now('sum-1');
  const { createdTime, lastUpdatedTime, ...status } = await statusOf('sum-1');
  assert.deepEqual(status, {
    name: 'sum',
    instanceId: 'sum-1',
    runtimeStatus: 'Completed',
    input: [1, 2],
    output: 3,
    customStatus: null,
  });
  assert.equal(createdTime, new Date(host.clock.now()).toISOString());
  assert.equal(lastUpdatedTime, createdTime);
});

test('an id is chosen where none is given, and an unknown orchestrator or a bad id is refused', async () => {
  assert.match(String(await client('startNew', 'sum', { input: [] })), /^[0-9a-f]{32}$/);
  await assert.rejects(client('startNew', 'no such', {}), /400.*'no such' doesn't exist/);
  await assert.rejects(client('startNew', 'echo', {}), /400.*not an orchestrator/);
  await assert.rejects(client('startNew', 'sum', { instanceId: '@x' }), /must not start with @/);
  await assert.rejects(client('startNew', 'sum', { instanceId: 'x'.repeat(101) }), /must not exceed 100/);
});

test('a running instance is not replaced, a finished one is', async () => {
  await client('startNew', 'decision', { instanceId: 'only-one' });
  await host.now('only-one');
  await assert.rejects(client('startNew', 'sum', { instanceId: 'only-one', input: [] }), /409.*Running already exists/);
  await client('raiseEvent', 'only-one', 'decision', 'no');
  await host.finished('only-one');
  await client('startNew', 'sum', { instanceId: 'only-one', input: [4] });
  assert.equal((await host.finished('only-one')).output, '4');
});

test('the status of an instance that does not exist is an error', async () => {
  await assert.rejects(statusOf('nobody'), /404/);
});

test('events, suspension, resumption and termination go through the client', async () => {
  await client('startNew', 'two-events', { instanceId: 'steered' });
  await client('raiseEvent', 'steered', 'go', { any: ['json'] });
  await client('suspend', 'steered', 'wait a moment');
  await host.now('steered');
  assert.equal((await statusOf('steered')).runtimeStatus, 'Suspended');
  await client('resume', 'steered', 'go on');
  await host.now('steered');
  assert.equal((await statusOf('steered')).runtimeStatus, 'Running');
  await client('terminate', 'steered', 'no longer needed');
  await host.now('steered');
  const { runtimeStatus, output } = await statusOf('steered');
  assert.deepEqual([runtimeStatus, output], ['Terminated', 'no longer needed']);
  await client('raiseEvent', 'steered', 'go', 1);
});

test('nobody can be told anything that does not exist', async () => {
  for (const [method, ...args] of [['raiseEvent', 'x'], ['terminate'], ['suspend'], ['resume']] as const) {
    await assert.rejects(client(method, 'nobody', ...args), /No instance with ID 'nobody' found/);
  }
});

test('instances are listed by status and by time, page by page', async () => {
  const from = new Date(host.clock.now() + 60_000);
  host.clock.advance(120_000);
  const ids = Array.from({ length: 230 }, (_, i) => `listed-${i}`);
  for (const id of ids) host.begin('sum', [], id);
  host.begin('decision', null, 'listed-running');
  await host.idle();
  const found = async (filter: object): Promise<string[]> =>
    ((await client('getStatusBy', filter)) as { instanceId: string }[]).map(({ instanceId }) => instanceId);
  assert.deepEqual(await found({ createdTimeFrom: from, runtimeStatus: ['Completed'] }), ids);
  assert.deepEqual(await found({ createdTimeFrom: from, runtimeStatus: ['Running', 'Pending'] }), ['listed-running']);
  assert.deepEqual(await found({ createdTimeFrom: new Date(host.clock.now() + 1) }), []);
  assert.ok(((await client('getStatusAll')) as unknown[]).length > ids.length);
});

test('history shows what ran and when, with inputs and outputs on request', async () => {
  await host.finish('parent', { child: 'sum', instanceId: 'shown-child', input: [5] });
  const url = `${host.url}/runtime/webhooks/durabletask/instances/shown-child?showHistory=true&showHistoryOutput=true`;
  const { historyEvents } = (await (await fetch(url)).json()) as { historyEvents: Record<string, unknown>[] };
  assert.deepEqual(
    historyEvents.map(({ EventType, FunctionName, Result }) => [EventType, FunctionName, Result]),
    [
      ['ExecutionStarted', 'sum', undefined],
      ['TaskCompleted', 'add', 5],
      ['ExecutionCompleted', undefined, 5],
    ],
  );
});

test('histories are purged one by one and by filter, never those of running instances', async () => {
  const from = new Date(host.clock.now() + 60_000);
  host.clock.advance(120_000);
  for (const id of ['purged-1', 'purged-2', 'purged-3']) host.begin('sum', [], id);
  host.begin('decision', null, 'purged-not');
  await host.idle();
  assert.deepEqual(await client('purgeInstanceHistory', 'purged-1'), { instancesDeleted: 1 });
  assert.deepEqual(await client('purgeInstanceHistory', 'purged-1'), { instancesDeleted: 0 });
  assert.deepEqual(await client('purgeInstanceHistoryBy', { createdTimeFrom: from }), { instancesDeleted: 2 });
  assert.equal((await statusOf('purged-not')).runtimeStatus, 'Running');
});

test('what is not supported says so', async () => {
  await client('startNew', 'failing', { instanceId: 'rewound' });
  await host.finished('rewound');
  await assert.rejects(client('rewind', 'rewound', 'again'), /does not support rewind/);
  await assert.rejects(client('readEntityState', { name: 'counter', key: 'a' }), /501.*entities/);
});

test('the links of a check-status response work for the instance', async () => {
  const held = gate();
  world.gates.set('linked', held.passed);
  host.begin('steps', ['linked'], 'linked-1');
  const response = await fetch(`${host.url}/api/check-status/linked-1`);
  assert.equal(response.status, 202);
  const links = (await response.json()) as Record<string, string>;
  assert.equal(response.headers.get('location'), links.statusQueryGetUri);
  assert.equal((await fetch(String(links.statusQueryGetUri))).status, 202);
  held.open();
  await host.now('linked-1');
  assert.equal((await fetch(String(links.statusQueryGetUri))).status, 200);
  const purged = await fetch(String(links.purgeHistoryDeleteUri), { method: 'DELETE' });
  assert.deepEqual(await purged.json(), { instancesDeleted: 1 });
});

test('what is not JSON is refused before anything starts', async () => {
  const api = `${host.url}/runtime/webhooks/durabletask`;
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(api + path, { method: 'POST', body, headers: { 'content-type': type } });
  assert.equal((await post('/orchestrators/sum/never', '{')).status, 400);
  await assert.rejects(statusOf('never'), /404/);
  host.begin('decision', null, 'json-only');
  assert.equal((await post('/instances/json-only/raiseEvent/decision', 'yes', 'text/plain')).status, 400);
  assert.equal((await post('/instances/json-only/raiseEvent/decision', '{')).status, 400);
});

test('new instances carry the app’s version, sub-orchestrations too, unless the client asks for another', async () => {
  await client('startNew', 'version', { instanceId: 'v-default' });
  assert.equal((await host.finished('v-default')).output, '["1.2","1.2"]');
  await client('startNew', 'version', { instanceId: 'v-older', version: '1.0' });
  assert.equal((await host.finished('v-older')).output, '["1.0","1.2"]');
});

test('an instance of a newer version than the app waits for an app that may run it', async () => {
  await client('startNew', 'version', { instanceId: 'v-newer', version: '2.0' });
  assert.equal((await host.now('v-newer')).status, 'Pending');
  assert.ok(host.logged.some(({ message }) => /'v-newer' has version '2.0', this app '1.2'/.test(message)));
});
