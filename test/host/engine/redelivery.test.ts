import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { world } from '../fixtures/durable/world.ts';
import { gate, hostUnderTest, outputOf } from '../host-under-test.ts';

beforeEach(() => {
  world.calls.length = 0;
  world.gates.clear();
});

const untilCalled = async (times: number): Promise<void> => {
  while (world.calls.length < times) await new Promise(setImmediate);
};

test('unasked, every activity is delivered once', async () => {
  const host = await hostUnderTest('durable');
  outputOf(await host.finish('steps', ['a', 'b']));
  assert.deepEqual(world.calls, ['a', 'b']);
  await host.stop();
});

test('overlapping: the second delivery begins before the first has ended, and one result is recorded', async () => {
  const host = await hostUnderTest('durable', { deliverTwice: ['overlapping'] });
  const held = gate();
  world.gates.set('a', held.passed);
  const id = host.begin('steps', ['a']);
  await untilCalled(2);
  held.open();
  assert.deepEqual(outputOf(await host.now(id)), ['a']);
  assert.deepEqual(world.calls, ['a', 'a']);
  await host.stop();
});

test('late: the second delivery comes once the result was recorded, and what becomes of it changes nothing', async () => {
  const host = await hostUnderTest('durable', { deliverTwice: ['late'] });
  const held = gate();
  world.gates.set('a', held.passed);
  const id = host.begin('steps', ['a', 'b']);
  await untilCalled(1);
  const refused = Promise.reject(new Error('not again'));
  refused.catch(() => undefined);
  world.gates.set('a', refused);
  held.open();
  assert.deepEqual(outputOf(await host.now(id)), ['a', 'b']);
  assert.deepEqual([...world.calls].sort(), ['a', 'a', 'b', 'b']);
  const warnings = host.logged.filter(({ category }) => category === 'Host.Redelivery').map(({ message }) => message);
  assert.deepEqual(warnings, [
    "The second delivery (late) of 'record' failed: Activity function 'record' failed: not again",
  ]);
  await host.stop();
});

test('after-end: everything that a family of orchestrations asked for comes again once the first of them has ended', async () => {
  const host = await hostUnderTest('durable', { deliverTwice: ['after-end'] });
  const id = host.begin('parent', { child: 'steps', input: ['a', 'b'] });
  assert.deepEqual(outputOf(await host.now(id)), { child: ['a', 'b'] });
  assert.deepEqual(world.calls, ['a', 'b', 'a', 'b']);
  assert.ok(host.logged.some(({ activities, instanceId }) => activities === 2 && instanceId === id));
  await host.stop();
});
