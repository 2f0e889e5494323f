import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hostUnderTest, outputOf } from '../host-under-test.ts';

const v4 = await hostUnderTest('durable');
const v3 = await hostUnderTest('durable', { schema: 'V3' });
after(() => Promise.all([v4.stop(), v3.stop()]));

const overdrawn = { errorType: 'OverdrawnError', errorMessage: '7 are missing', properties: { missing: 7 } };

test('by default an orchestrator learns what the app’s provider says of an activity’s error', async () => {
  assert.deepEqual(outputOf(await v4.finish('catches', { input: 7 })), overdrawn);
});

test('an activity’s error that ends a sub-orchestration reaches the parent whole', async () => {
  assert.deepEqual(outputOf(await v4.finish('catches', { child: 'pays', input: 7 })), overdrawn);
});

test('in V3 the same is text in the error’s message', async () => {
  for (const child of [{}, { child: 'pays' }]) {
    const { message } = outputOf(await v3.finish('catches', { ...child, input: 7 })) as { message: string };
    assert.match(message, /failed: \{"errorType":"OverdrawnError"/);
  }
});

test('an error of which the provider says nothing is the same text in both', async () => {
  const ends = await Promise.all([v3, v4].map(async (host) => outputOf(await host.finish('catches', { input: 0 }))));
  const [inV3, inV4] = ends.map((end) => (end as { message: string }).message.split('\n')[0]);
  assert.equal(inV4, "Activity function 'overdraws' failed: nothing is missing ");
  assert.equal(inV4, inV3);
});

test('a critical section is the SDK’s fault in V3 and this host’s limit in V4', async () => {
  const [inV3, inV4] = [await v3.finish('locks'), await v4.finish('locks')];
  assert.deepEqual([inV3.status, inV4.status], ['Failed', 'Failed']);
  assert.match(inV3.output ?? '', /requires .* schema V4 or higher/);
  assert.match(inV4.output ?? '', /The local host does not support lock/);
});
