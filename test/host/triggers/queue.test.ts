import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, beforeEach, test } from 'node:test';
import { QueueServiceClient } from '@azure/storage-queue';
import { world as plain } from '../fixtures/plain-queue/world.ts';
import type { Call } from '../fixtures/triggers/world.ts';
import { world } from '../fixtures/triggers/world.ts';
import { hostUnderTest } from '../host-under-test.ts';
import { startQueueStorage } from './queue-storage.ts';

const storage = await startQueueStorage();
const service = QueueServiceClient.fromConnectionString(storage.connectionString);
const settings = {
  TICK_SCHEDULE: '0 0 0 1 1 *',
  LEAVERS_QUEUE: `leavers-${randomBytes(4).toString('hex')}`,
  Leavers: storage.connectionString,
};
const queue = service.getQueueClient(settings.LEAVERS_QUEUE);
const poisoned = service.getQueueClient(`${settings.LEAVERS_QUEUE}-poison`);
const host = await hostUnderTest('triggers', { settings });
after(async () => {
  await host.stop();
  await storage.close();
});
beforeEach(() => {
  world.calls.length = 0;
  world.fail.clear();
});

const base64 = (value: string): string => Buffer.from(value).toString('base64');

function calls(count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  world.onCall = () => {
    if (world.calls.length >= count) resolve();
  };
  return promise;
}

async function lengthOf(client: typeof queue): Promise<number> {
  return (await client.getProperties()).approximateMessagesCount ?? 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('a queue that is made after the start is read, and a message that was handled is gone', async () => {
  const handled = calls(1);
  await queue.create();
  await queue.sendMessage(base64('{"upn":"ann@example.com"}'));
  await handled;
  const [{ input, metadata }] = world.calls as [Call];
  assert.deepEqual(input, { upn: 'ann@example.com' });
  assert.equal((metadata as { dequeueCount: number }).dequeueCount, 1);
  await until(async () => (await lengthOf(queue)) === 0);
});

test('a message that fails as often as host.json allows goes to the poison queue', async () => {
  world.fail.add('leavers');
  const handled = calls(2);
  await queue.sendMessage(base64('no json'));
  await handled;
  await until(async () => (await poisoned.exists()) && (await lengthOf(poisoned)) === 1);
  assert.deepEqual(
    world.calls.map(({ input, metadata }) => [input, (metadata as { dequeueCount: number }).dequeueCount]),
    [
      ['no json', 1],
      ['no json', 2],
    ],
  );
  assert.equal(await lengthOf(queue), 0);
  const { receivedMessageItems } = await poisoned.receiveMessages();
  assert.equal(receivedMessageItems[0]?.messageText, base64('no json'));
  await poisoned.clearMessages();
});

test('a message that is not base64 goes to the poison queue without a call', async () => {
  await poisoned.createIfNotExists();
  await queue.sendMessage('plain text!');
  await until(async () => (await lengthOf(poisoned)) === 1);
  assert.deepEqual(world.calls, []);
  assert.equal(await lengthOf(queue), 0);
});

test('with the encoding none the function gets the text as it is, base64 too', async () => {
  const plainQueue = service.getQueueClient('plain');
  await plainQueue.create();
  const { promise, resolve } = Promise.withResolvers<void>();
  plain.onCall = () => {
    if (plain.seen.length === 2) resolve();
  };
  const other = await hostUnderTest('plain-queue', { settings });
  await plainQueue.sendMessage('{"plain":true}');
  await plainQueue.sendMessage(base64('{"plain":false}'));
  await promise;
  await other.stop();
  assert.deepEqual(new Set(plain.seen), new Set([{ plain: true }, base64('{"plain":false}')]));
});

test('what cannot be decoded in a poison queue reaches no function and no further queue, and stays', async () => {
  const name = `poisoned-${randomBytes(4).toString('hex')}-poison`;
  const own = service.getQueueClient(name);
  await own.create();
  await own.sendMessage('plain text!');
  const other = await hostUnderTest('triggers', { settings: { ...settings, LEAVERS_QUEUE: name } });
  await until(async () => other.logged.some(({ message }) => message.includes('is not base64')));
  await other.stop();
  assert.deepEqual(world.calls, []);
  assert.equal(await lengthOf(own), 1);
  assert.equal(await service.getQueueClient(`${name}-poison`).exists(), false);
});
