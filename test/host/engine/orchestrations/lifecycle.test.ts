import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { EVENT } from '../../../../local/host/engine/replay/history.ts';
import { world } from '../../fixtures/durable/world.ts';
import { gate, outputOf } from '../../host-under-test.ts';
import { countOf, host, reset } from './world.ts';

after(() => host.stop());

beforeEach(reset);

test('continue-as-new starts over with the new input and an empty history', async () => {
  const id = host.begin('eternal', 1);
  await host.now(id);
  assert.deepEqual(world.calls, ['round 1', 'round 2', 'round 3']);
  assert.equal(countOf(id, EVENT.executionStarted), 1);
  host.engine.raiseEvent(id, 'late', '"here"');
  assert.deepEqual(outputOf(await host.now(id)), { rounds: 3, event: 'here' });
});

test('an event that comes after the step that continues as new reaches the next generation', async () => {
  const held = gate();
  world.gates.set('round 2', held.passed);
  const id = host.begin('eternal', 2);
  while (!world.calls.includes('round 2')) await new Promise(setImmediate);
  host.engine.suspend(id, null);
  held.open();
  await host.now(id);
  host.engine.raiseEvent(id, 'late', '"kept"');
  host.engine.resume(id, null);
  assert.deepEqual(outputOf(await host.now(id)), { rounds: 3, event: 'kept' });
});

test('an event that nobody waited for before a continue-as-new is lost, as on Azure, and the log says so', async () => {
  const held = gate();
  world.gates.set('round 2', held.passed);
  const id = host.begin('eternal', 2);
  while (!world.calls.includes('round 2')) await new Promise(setImmediate);
  host.engine.raiseEvent(id, 'late', '"too early"');
  while (countOf(id, EVENT.eventRaised) === 0) await new Promise(setImmediate);
  held.open();
  assert.equal((await host.now(id)).status, 'Running');
  assert.ok(host.logged.some(({ message, instanceId }) => instanceId === id && /dropped.*: late/.test(message)));
});

test('a terminated instance takes no further step and tells the reason', async () => {
  const held = gate();
  world.gates.set('one', held.passed);
  const id = host.begin('steps', ['one', 'two']);
  while (!world.calls.includes('one')) await new Promise(setImmediate);
  assert.equal(host.engine.terminate(id, 'enough'), 'accepted');
  held.open();
  const row = await host.now(id);
  assert.deepEqual([row.status, row.output], ['Terminated', '"enough"']);
  assert.deepEqual(world.calls, ['one']);
  assert.equal(host.engine.terminate(id, 'again'), 'gone');
});

test('a suspended instance keeps what arrives and goes on from there when resumed', async () => {
  const held = gate();
  world.gates.set('one', held.passed);
  const id = host.begin('steps', ['one', 'two']);
  while (!world.calls.includes('one')) await new Promise(setImmediate);
  host.engine.suspend(id, 'holiday');
  held.open();
  assert.equal((await host.now(id)).status, 'Suspended');
  assert.deepEqual(world.calls, ['one']);
  host.engine.resume(id, 'back');
  assert.deepEqual(outputOf(await host.now(id)), ['one', 'two']);
});

test('an event for a suspended instance waits for its resumption', async () => {
  const id = host.begin('decision');
  await host.now(id);
  host.engine.suspend(id, null);
  host.engine.raiseEvent(id, 'decision', '"yes"');
  assert.equal((await host.now(id)).status, 'Suspended');
  host.engine.resume(id, null);
  assert.deepEqual(outputOf(await host.now(id)), { decided: 'yes', after: 'after' });
});

test('purge removes a finished instance and leaves a running one', async () => {
  const finished = await host.finish('sum', [1]);
  const running = host.begin('decision');
  await host.now(running);
  assert.equal(host.engine.purge([finished.instanceId, running]), 1);
  assert.equal(host.engine.instance(finished.instanceId), undefined);
  assert.equal(host.engine.history(finished.instanceId).length, 0);
  assert.equal(host.engine.instance(running)?.status, 'Running');
});
