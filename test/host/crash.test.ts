import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { HostProcess } from './host-process.ts';
import { startHostProcess, startInstance, statusOf } from './host-process.ts';
import { stateFolder } from './host-under-test.ts';

/** What an activity asks for, and how the test answers it. */
let onAsk: (what: string, response: ServerResponse) => void = () => undefined;
const server = createServer((request, response) => onAsk((request.url ?? '').slice(1), response));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const env = { ASK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
const state = stateFolder();
after(() => {
  server.close();
  server.closeAllConnections();
  state.remove();
});

/** Runs the instance to its end, killing the host at these asks: before the activity is answered or right after. */
async function runWithKills(id: string, killAt: ReadonlyMap<number, 'before' | 'after'>) {
  const asked: string[] = [];
  let host: HostProcess = await startHostProcess('crash', state.path, env);
  await startInstance(host.url, 'work', id);
  for (let finished = false; !finished; ) {
    const { promise, resolve } = Promise.withResolvers<'killed' | 'finished'>();
    onAsk = (what, response) => {
      asked.push(what);
      const kill = killAt.get(asked.length);
      if (kill !== 'before') response.end(`${what} done`);
      if (kill !== undefined) {
        onAsk = () => undefined;
        resolve('killed');
      } else if (what === 'last') resolve('finished');
    };
    finished = (await promise) === 'finished';
    if (finished) break;
    assert.equal(await host.end('SIGKILL'), null);
    host = await startHostProcess('crash', state.path, env);
  }
  let status = await statusOf(host.url, id);
  while (status.runtimeStatus === 'Running') status = await statusOf(host.url, id);
  const child = await statusOf(host.url, `${id}:child`);
  assert.equal(await host.end('SIGTERM'), 0);
  return { asked, status, child };
}

const count = (events: readonly { readonly EventType: string }[], type: string): number =>
  events.filter(({ EventType }) => EventType === type).length;

for (const [title, kills] of [
  ['in the middle of activities', [1, 4, 9, 13].map((ask) => [ask, 'before'] as const)],
  ['right after activities', [1, 3, 6, 8, 10].map((ask) => [ask, 'after'] as const)],
] as const) {
  test(`an orchestration that is killed ${title} finishes after each restart, and schedules nothing twice`, async () => {
    const { asked, status, child } = await runWithKills(`case ${title.length}`.replace(' ', '-'), new Map(kills));
    assert.equal(status.runtimeStatus, 'Completed');
    assert.deepEqual(status.output, {
      first: 'first done',
      many: ['a done', 'b done', 'c done', 'd done', 'e done'],
      child: ['x done', 'y done'],
      last: 'last done',
    });
    assert.equal(count(status.historyEvents, 'TaskCompleted'), 7);
    assert.equal(count(status.historyEvents, 'TaskScheduled'), 0);
    assert.equal(count(status.historyEvents, 'SubOrchestrationInstanceCompleted'), 1);
    assert.equal(count(child.historyEvents, 'TaskCompleted'), 2);
    assert.deepEqual([...new Set(asked)].sort(), ['a', 'b', 'c', 'd', 'e', 'first', 'last', 'x', 'y']);
  });
}

test('a timer that falls due while the host is down fires when it is back', async () => {
  const first = await startHostProcess('crash', state.path, env);
  await startInstance(first.url, 'nap', 'nap-1');
  let status = await statusOf(first.url, 'nap-1');
  while (status.customStatus === null) status = await statusOf(first.url, 'nap-1');
  await first.end('SIGKILL');
  const due = Date.parse(String(status.customStatus));
  await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
  const second = await startHostProcess('crash', state.path, env);
  status = await statusOf(second.url, 'nap-1');
  while (status.runtimeStatus !== 'Completed') status = await statusOf(second.url, 'nap-1');
  assert.equal(status.output, 'awake');
  await second.end('SIGTERM');
});

test('an activity that is under way when the host is told to stop ends in order, and what it started goes on', async () => {
  const first = await startHostProcess('crash', state.path, env);
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  onAsk = (_, response) => resolve(response);
  await startInstance(first.url, 'starts-another', 'starter');
  const response = await promise;
  const ended = first.end('SIGTERM');
  response.end();
  assert.equal(await ended, 0);
  onAsk = (what, next) => next.end(`${what} done`);
  const second = await startHostProcess('crash', state.path, env);
  let another = await statusOf(second.url, 'another');
  while (another.runtimeStatus !== 'Completed') another = await statusOf(second.url, 'another');
  assert.deepEqual(another.output, ['x done', 'y done']);
  assert.equal((await statusOf(second.url, 'starter')).output, 'another');
  await second.end('SIGTERM');
});
