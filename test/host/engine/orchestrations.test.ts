import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { world } from '../fixtures/durable/world.ts';
import { gate, outputOf } from '../host-under-test.ts';
import { host, reset } from './orchestrations/world.ts';

after(() => host.stop());

beforeEach(reset);

test('activities called one after the other see each other’s results', async () => {
  assert.equal(outputOf(await host.finish('sum', [1, 2, 3])), 6);
});

test('a fan-out keeps the order of its tasks, whatever the order of completion', async () => {
  const expected = Array.from({ length: 100 }, (_, i) => i);
  assert.deepEqual(outputOf(await host.finish('fan-out', 100)), expected);
});

test('no more activities run at a time than host.json allows', async () => {
  const names = Array.from({ length: 15 }, (_, i) => `held ${i}`);
  const gates = names.map((name) => [name, gate()] as const);
  for (const [name, { passed }] of gates) world.gates.set(name, passed);
  const id = host.begin('record-all', names);
  while (world.calls.length < 10) await new Promise(setImmediate);
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  assert.deepEqual(world.calls, names.slice(0, 10));
  for (const [, { open }] of gates) open();
  assert.deepEqual(outputOf(await host.now(id)), names);
});

test('activities get their input as on Azure: JSON values parsed, booleans as text, nothing as undefined', async () => {
  const values = ['abc', '123', '{"a":1}', 5, 1.5, { a: [1] }, [1], true, null];
  assert.deepEqual(outputOf(await host.finish('payloads', values)), [
    ['abc', 'string'],
    ['123', 'string'],
    ['{"a":1}', 'string'],
    [5, 'number'],
    [1.5, 'number'],
    [{ a: [1] }, 'object'],
    [[1], 'object'],
    ['True', 'string'],
    [null, 'undefined'],
  ]);
});

test('a failing activity is tried again after growing delays', async () => {
  world.failuresLeft.set('shaky', 2);
  const began = host.clock.now();
  const row = await host.finish('with-retry', 'shaky');
  assert.equal(outputOf(row), 'shaky worked');
  assert.equal(world.calls.length, 3);
  assert.equal(host.clock.now() - began, 60_000 + 120_000);
});

test('an activity that fails every attempt fails the call with the extension’s message', async () => {
  world.failuresLeft.set('hopeless', 99);
  const row = await host.finish('with-retry', 'hopeless');
  assert.equal(outputOf(row), "gave up: Activity function 'flaky' failed: hopeless fails, 97 left ");
  assert.equal(world.calls.length, 3);
});

test('retries that overlap keep their results apart', async () => {
  world.failuresLeft.set('a', 1).set('b', 2);
  assert.deepEqual(outputOf(await host.finish('retries-side-by-side', ['a', 'b'])), [
    ['a worked', 'b worked'],
    'after',
  ]);
});

test('a timer that loses and is cancelled does not hold the orchestration', async () => {
  const began = host.clock.now();
  const id = host.begin('decision');
  await host.now(id);
  host.engine.raiseEvent(id, 'decision', '"yes"');
  assert.deepEqual(outputOf(await host.now(id)), { decided: 'yes', after: 'after' });
  assert.equal(host.clock.now(), began);
});

test('a timer that loses and is not cancelled keeps the orchestration running until it fires', async () => {
  const id = host.begin('decision', { keepTimer: true });
  await host.now(id);
  host.engine.raiseEvent(id, 'decision', '"yes"');
  assert.equal((await host.now(id)).status, 'Running');
  host.clock.advance(60 * 60_000);
  assert.deepEqual(outputOf(await host.now(id)), { decided: 'yes', after: 'after' });
});

test('a timer that wins ends the wait', async () => {
  assert.equal(outputOf(await host.finish('decision')), 'timed out');
});

test('events that arrive before they are waited for are kept, in order', async () => {
  const held = gate();
  const id = host.begin('two-events', undefined, 'early');
  world.gates.set('early:start', held.passed);
  host.engine.raiseEvent(id, 'go', '1');
  host.engine.raiseEvent(id, 'go', '2');
  host.engine.raiseEvent(id, 'go', '3');
  held.open();
  assert.deepEqual(outputOf(await host.now(id)), [1, 2]);
});

test('an event that arrives twice satisfies two waits, not one', async () => {
  const id = host.begin('two-events');
  await host.now(id);
  host.engine.raiseEvent(id, 'go', '"first"');
  assert.equal((await host.now(id)).status, 'Running');
  host.engine.raiseEvent(id, 'go', '"first"');
  assert.deepEqual(outputOf(await host.now(id)), ['first', 'first']);
});

test('a sub-orchestration’s result reaches its parent', async () => {
  assert.deepEqual(outputOf(await host.finish('parent', { child: 'sum', input: [2, 3] })), { child: 5 });
});

test('a sub-orchestration’s failure reaches its parent as an error that it can catch', async () => {
  const row = await host.finish('parent', { child: 'failing', instanceId: 'child-1' });
  assert.deepEqual(outputOf(row), { failed: "Orchestrator function 'failing' failed: no way forward " });
  assert.equal(host.engine.instance('child-1')?.status, 'Failed');
});

test('the termination of a sub-orchestration fails its parent, which cannot catch it, as on Azure', async () => {
  const id = host.begin('parent', { child: 'decision', instanceId: 'ended-child' });
  await host.now(id);
  host.engine.terminate('ended-child', 'enough');
  const row = await host.now(id);
  assert.equal(row.status, 'Failed');
  assert.match(row.output ?? '', /could not parse its exception data/);
});

test('an orchestrator can tell what it repeats from what is new', async () => {
  const row = await host.finish('observes-replay');
  assert.deepEqual(world.calls, ['one new', 'one replayed', 'two new', 'one replayed', 'two replayed']);
  assert.equal(outputOf(row), 'no parent');
});

test('a sub-orchestration is not started over a running instance of the same id', async () => {
  const other = host.begin('decision', null, 'taken');
  await host.now(other);
  const row = await host.finish('parent', { child: 'sum', instanceId: 'taken', input: [1] });
  assert.match(String(Object.values(outputOf(row) as object)[0]), /'taken' could not be started/);
  assert.equal(host.engine.instance('taken')?.name, 'decision');
});
