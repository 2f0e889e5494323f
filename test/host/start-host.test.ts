import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { virtualClock } from '../../local/host/engine/clock.ts';
import { world } from './fixtures/triggers/world.ts';
import { hostUnderTest, stateFolder } from './host-under-test.ts';

const settings = {
  TICK_SCHEDULE: '0 0 * * * *',
  LEAVERS_QUEUE: 'leavers',
  'AzureWebJobs.leavers.Disabled': 'true',
};

test('a function that the settings disable is not there', async (t) => {
  const host = await hostUnderTest('triggers', { settings: { ...settings, 'AzureWebJobs.item.Disabled': '1' } });
  t.after(() => host.stop());
  assert.equal((await fetch(`${host.url}/v1/items/7`)).status, 404);
  assert.ok(!host.functions.includes('leavers'));
  assert.equal((await fetch(`${host.url}/v1/items/newest`)).status, 200);
});

test('the app’s hooks are called around its life and around each call', async () => {
  world.hooks.length = 0;
  const host = await hostUnderTest('triggers', { settings });
  await fetch(`${host.url}/v1/nothing`);
  await fetch(`${host.url}/v1/throws`);
  await host.stop();
  assert.deepEqual(world.hooks, [
    'start',
    'before nothing',
    "log nothing { to: 'say' }",
    'after nothing',
    'before throws',
    'after throws, failed',
    'terminate',
  ]);
});

test('with timers by hand none runs when it is due, and each when it is asked to', async (t) => {
  const clock = virtualClock(Date.UTC(2026, 0, 5, 9, 30));
  const host = await hostUnderTest('triggers', { settings: { ...settings, LOCAL_TIMERS: 'by-hand' }, clock });
  t.after(() => host.stop());
  world.calls.length = 0;
  clock.advance(3 * 3_600_000);
  await host.idle();
  assert.deepEqual(world.calls, []);
  const ran = await fetch(`${host.url}/admin/functions/tick?wait=true`, { method: 'POST' });
  assert.deepEqual([ran.status, world.calls.map(({ name }) => name)], [200, ['tick']]);
});

test('a timer that was missed while the host was down runs once at the start, past due', async (t) => {
  const state = stateFolder();
  t.after(() => state.remove());
  const clock = virtualClock(Date.UTC(2026, 0, 5, 9, 30));
  const first = await hostUnderTest('triggers', { settings, stateDir: state.path, clock });
  await first.stop();
  world.calls.length = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  world.onCall = () => resolve();
  clock.advance(5 * 60 * 60_000);
  const second = await hostUnderTest('triggers', { settings, stateDir: state.path, clock });
  t.after(() => second.stop());
  await promise;
  assert.deepEqual(
    world.calls.map(({ name, input }) => [name, (input as { isPastDue: boolean }).isPastDue]),
    [['tick', true]],
  );
});

for (const [fault, wrong, message] of [
  ['a setting that a trigger needs is missing', { TICK_SCHEDULE: undefined }, /TICK_SCHEDULE is not set/],
  ['a schedule is wrong', { TICK_SCHEDULE: 'now and then' }, /neither an NCRONTAB expression/],
  ['a connection is missing', { 'AzureWebJobs.leavers.Disabled': 'false' }, /"Leavers" is not set/],
] as const) {
  test(`the host does not start where ${fault}`, async () => {
    await assert.rejects(hostUnderTest('triggers', { settings: { ...settings, ...wrong } }), message);
  });
}

test('what an instance was given lies in the task hub’s file until it is purged', async (t) => {
  const state = stateFolder();
  t.after(() => state.remove());
  const hub = (): string => readFileSync(path.join(state.path, 'task-hub.sqlite'), 'latin1');
  const canary = 'canary-7d1f';
  const first = await hostUnderTest('durable', { stateDir: state.path });
  const row = await first.finish('payloads', [canary]);
  await first.stop();
  assert.ok(hub().includes(canary));
  const second = await hostUnderTest('durable', { stateDir: state.path });
  assert.equal(second.engine.instance(row.instanceId)?.status, 'Completed');
  second.engine.purge([row.instanceId]);
  await second.stop();
  assert.ok(!hub().includes(canary));
});
