import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Clock } from '../../../local/host/engine/clock.ts';
import { EVENT } from '../../../local/host/engine/replay/history.ts';
import { outside, world } from '../fixtures/durable/world.ts';
import { gate, hostUnderTest, outputOf } from '../host-under-test.ts';

const host = await hostUnderTest('durable');
after(() => host.stop());
beforeEach(() => {
  world.calls.length = 0;
  world.failuresLeft.clear();
  world.gates.clear();
});

const eventTypes = (id: string): number[] => host.engine.history(id).map(({ EventType }) => EventType);
const countOf = (id: string, type: number): number => eventTypes(id).filter((each) => each === type).length;

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

test('Task.all fails as soon as one task fails, and the next step waits for the others, as on Azure', async () => {
  const held = gate();
  world.failuresLeft.set('bad', 1);
  world.gates.set('slow', held.passed);
  const id = host.begin('all-fail-fast');
  while (countOf(id, EVENT.taskFailed) === 0) await new Promise(setImmediate);
  assert.equal(countOf(id, EVENT.taskScheduled), 2);
  held.open();
  assert.equal(outputOf(await host.now(id)), 'caught, then next');
});

for (const days of [5, 7, 20]) {
  test(`a timer of ${days} days fires when it is due`, async () => {
    const began = host.clock.now();
    const row = await host.finish('long-timer', days);
    assert.equal(Date.parse(String(outputOf(row))) - began, days * 24 * 60 * 60_000);
  });
}

test('the custom status of the latest step shows while the instance runs', async () => {
  const held = gate();
  world.gates.set('two', held.passed);
  const id = host.begin('steps', ['one', 'two']);
  while (!world.calls.includes('two')) await new Promise(setImmediate);
  assert.equal(host.engine.instance(id)?.customStatus, '{"step":"two"}');
  held.open();
  await host.now(id);
});

test('a custom status of more than 16 KB in UTF-16 fails the instance', async () => {
  assert.equal((await host.finish('big-status', 8_000)).status, 'Completed');
  const row = await host.finish('big-status', 9_000);
  assert.match(row.output ?? '', /UTF-16 size .* must not exceed 16 KB/);
});

for (const [what, activity, input] of [
  ['another activity', 'echo', 'a'],
  ['another input', 'record', 'b'],
] as const) {
  test(`a replay that schedules ${what} than before fails and names both`, async () => {
    Object.assign(outside, { activity: 'record', input: 'a' });
    const id = host.begin('non-deterministic');
    await host.now(id);
    Object.assign(outside, { activity, input });
    host.engine.raiseEvent(id, 'go', null);
    const row = await host.now(id);
    assert.equal(row.status, 'Failed');
    const produced = `instance '${id}', action 0: history recorded activity 'record', this replay produced activity '${activity}'`;
    assert.ok(row.output?.includes(produced), row.output ?? '');
  });
}

test('a task that is put into a second Task.any fails loudly instead of running twice on Azure', async () => {
  const row = await host.finish('reuses-task');
  assert.match(row.output ?? '', /already scheduled \(activity 'echo'\).*issue 574/);
});

for (const [what, orchestrator] of [
  ['a retry goes on after its Task.all has failed', 'abandons-retry'],
  ['a timer of more than six days is cancelled and others follow', 'abandons-long-timer'],
] as const) {
  test(`where ${what}, and results would go astray on Azure, the instance fails`, async () => {
    world.failuresLeft.set('bad', 1).set('retried', 2);
    const row = await host.finish(orchestrator);
    assert.match(row.output ?? '', /number this orchestration's tasks differently/);
  });
}

test('calling an activity that does not exist fails the instance', async () => {
  const row = await host.finish('calls-nothing');
  assert.match(row.output ?? '', /'not there' doesn't exist/);
});

test('the size of a case counts the history of everything it started', async () => {
  const row = await host.finish('parent', { child: 'sum', instanceId: 'measured-child', input: [1, 2] });
  const child = host.engine.size('measured-child');
  const whole = host.engine.size(row.instanceId);
  assert.ok(child && whole);
  assert.deepEqual([child.instances, whole.instances], [1, 2]);
  assert.ok(whole.bytes > child.bytes && child.bytes > 500);
});

test('with determinism by names, as on Azure, another input is accepted and another name is not', async (t) => {
  const lenient = await hostUnderTest('durable', { determinism: 'names' });
  t.after(() => lenient.stop());
  for (const [changed, status] of [
    [{ activity: 'record', input: 'b' }, 'Completed'],
    [{ activity: 'echo', input: 'a' }, 'Failed'],
  ] as const) {
    Object.assign(outside, { activity: 'record', input: 'a' });
    const id = lenient.begin('non-deterministic');
    await lenient.now(id);
    Object.assign(outside, changed);
    lenient.engine.raiseEvent(id, 'go', null);
    assert.equal((await lenient.now(id)).status, status);
  }
});

test('a timer that falls due while the host looks for work is not missed', async () => {
  // Time goes on at every look at the clock, as it does under load.
  let time = Date.UTC(2026, 0, 5, 9);
  const creeping: Clock = {
    now: () => {
      time += 1;
      return time;
    },
    setTimer: (at, fire) => {
      const handle = setImmediate(() => {
        time = Math.max(time, at);
        fire();
      });
      return () => clearImmediate(handle);
    },
  };
  const hurried = await hostUnderTest('durable', { clock: creeping });
  try {
    for (let ms = 1; ms <= 40; ms += 1) {
      const id = hurried.begin('long-timer', ms / 86_400_000);
      for (let turn = 0; turn < 500 && hurried.engine.instance(id)?.status !== 'Completed'; turn += 1) {
        await new Promise(setImmediate);
      }
      assert.equal(hurried.engine.instance(id)?.status, 'Completed', `a timer of ${ms} ms`);
    }
  } finally {
    await hurried.stop();
  }
});
