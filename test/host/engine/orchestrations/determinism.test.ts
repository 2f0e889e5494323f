import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Clock } from '../../../../local/host/engine/clock.ts';
import { EVENT } from '../../../../local/host/engine/replay/history.ts';
import { outside, world } from '../../fixtures/durable/world.ts';
import { gate, hostUnderTest, outputOf } from '../../host-under-test.ts';
import { countOf, host, reset } from './world.ts';

after(() => host.stop());

beforeEach(reset);

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
