import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { principal } from '../../../local/tenant/core/principals.ts';
import { startTenant } from '../../../local/tenant/core/start-tenant.ts';
import { serveReceivers } from '../../../local/tenant/event-hub/receivers.ts';
import { append, type EventHubState, emptyEventHub } from '../../../local/tenant/event-hub/state.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { type HubCall, world } from '../fixtures/event-hub/world.ts';
import { type HostUnderTest, hostUnderTest, stateFolder } from '../host-under-test.ts';

const reader = principal('reader', WORLD.app.ingestor.clientId, WORLD.app.ingestor.oid);
reader.eventHubs.add('receive');
const tenant = await startTenant({ tenantId: WORLD.tenantId, principals: [reader], vendors: () => [] });
Object.assign(process.env, tenant.identityEnvironment);
after(() => tenant.close());

/** As the Functions worker hands on a 64-bit number. */
const long = (low: number) => ({ low, high: 0, unsigned: false });

const GROUPS = ['patient', 'stubborn', 'careless'] as const;

/** A host over a hub of its own in which only one function listens. */
async function hubUnderTest(group: (typeof GROUPS)[number], partitions = 1) {
  const hub: EventHubState = { ...emptyEventHub(partitions), consumerGroups: GROUPS };
  const receivers = await serveReceivers(tenant.core, hub);
  const state = stateFolder();
  const settings = {
    LOCAL_EVENT_HUBS: receivers.url,
    HUB: hub.hub,
    Hub__fullyQualifiedNamespace: 'hub.servicebus.localhost',
    Hub__clientId: reader.clientId,
    ...Object.fromEntries(
      GROUPS.filter((each) => each !== group).map((each) => [`AzureWebJobs.${each}.Disabled`, '1']),
    ),
  };
  const waiting: ((call: HubCall) => void)[] = [];
  const calls: HubCall[] = [];
  world.onCall = (call) => {
    const taker = waiting.shift();
    if (taker === undefined) calls.push(call);
    else taker(call);
  };
  const start = (): Promise<HostUnderTest> => hostUnderTest('event-hub', { settings, stateDir: state.path });
  let host = await start();
  return {
    send: (partition: number, ...bodies: readonly (string | Uint8Array)[]) =>
      append(
        hub,
        partition,
        bodies.map((body) => ({ body: Buffer.from(body), partitionKey: null, properties: {} })),
        new Date('2026-11-23T10:00:00Z'),
      ),
    /** The next call of the function, in the middle of it. */
    next: async (): Promise<HubCall> => calls.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    /** Waits until the host waits, then lets that time pass and says how long it was. */
    pass: async (): Promise<number> => {
      while (host.clock.nextTimerAt() === undefined) await tick();
      const before = host.clock.now();
      host.clock.advanceToNextTimer();
      return host.clock.now() - before;
    },
    /** The next call, however often the host waits before it. */
    nextAfterWaiting: async (): Promise<HubCall> => {
      const taken = Promise.withResolvers<HubCall>();
      waiting.push(taken.resolve);
      let open = true;
      void taken.promise.then(() => {
        open = false;
      });
      while (open) {
        host.clock.advanceToNextTimer();
        await tick();
      }
      return taken.promise;
    },
    restart: async () => {
      await host.stop();
      host = await start();
    },
    logged: () => host.logged,
    stop: async () => {
      await host.stop();
      await receivers.close();
      state.remove();
    },
  };
}

test('each partition’s events arrive in order, in batches of host.json’s size, with their places beside them', async () => {
  const hub = await hubUnderTest('patient', 2);
  hub.send(0, 'a', 'b', 'c', 'd');
  const first = await hub.next();
  assert.deepEqual(
    first.bodies,
    ['a', 'b', 'c'].map((text) => Buffer.from(text)),
  );
  assert.deepEqual(first.metadata.sequenceNumberArray, [0, 1, 2].map(long));
  assert.deepEqual(first.metadata.enqueuedTimeUtcArray, Array(3).fill('2026-11-23T10:00:00.000Z'));
  assert.deepEqual(first.metadata.partitionContext, {
    fullyQualifiedNamespace: 'hub.servicebus.localhost',
    eventHubName: 'mcp-tool-calls',
    consumerGroup: 'patient',
    partitionId: '0',
  });
  hub.send(1, 'x');
  const other = await hub.next();
  assert.deepEqual([other.bodies, other.metadata.sequenceNumberArray], [[Buffer.from('x')], [long(0)]]);
  other.succeed();
  first.succeed();
  const rest = await hub.next();
  assert.deepEqual(rest.bodies, [Buffer.from('d')]);
  rest.succeed();
  await hub.stop();
});

test('without a data type, JSON arrives parsed and anything else as text', async () => {
  const hub = await hubUnderTest('careless');
  hub.send(0, '{"n":1}', 'no {json');
  const call = await hub.next();
  assert.deepEqual(call.bodies, [{ n: 1 }, 'no {json']);
  call.succeed();
  await hub.stop();
});

test('a batch that fails comes again after the policy’s delay, and nothing overtakes it', async () => {
  const hub = await hubUnderTest('patient');
  hub.send(0, 'a');
  const first = await hub.next();
  hub.send(0, 'b');
  first.fail();
  assert.equal(await hub.pass(), 10_000);
  const again = await hub.next();
  assert.deepEqual([again.bodies, first.retryCount, again.retryCount], [first.bodies, undefined, 1]);
  again.succeed();
  const following = await hub.next();
  assert.deepEqual([following.bodies, following.retryCount], [[Buffer.from('b')], undefined]);
  following.succeed();
  await hub.stop();
});

test('once the policy is used up the batch is passed over, as on Azure', async () => {
  const hub = await hubUnderTest('patient');
  hub.send(0, 'bad');
  for (const delay of [10_000, 10_000]) {
    (await hub.next()).fail();
    assert.equal(await hub.pass(), delay);
  }
  (await hub.next()).fail();
  hub.send(0, 'good');
  const next = await hub.next();
  assert.deepEqual(next.bodies, [Buffer.from('good')]);
  next.succeed();
  await hub.stop();
});

test('a function without a policy that fails has lost its batch', async () => {
  const hub = await hubUnderTest('careless');
  hub.send(0, 'lost');
  (await hub.next()).fail();
  hub.send(0, 'next');
  const next = await hub.next();
  assert.deepEqual(next.bodies, ['next']);
  next.succeed();
  await hub.stop();
});

test('a policy without an end tries for ever, at growing distances up to its limit', async () => {
  const hub = await hubUnderTest('stubborn');
  hub.send(0, 'a');
  const delays: number[] = [];
  for (let retry = 0; retry < 4; retry += 1) {
    const call = await hub.next();
    assert.equal(call.retryCount ?? 0, retry);
    call.fail();
    delays.push(await hub.pass());
  }
  assert.deepEqual(delays, [5_000, 10_000, 15_000, 15_000]);
  (await hub.next()).succeed();
  await hub.stop();
});

test('a host that ends between two tries delivers the batch again at its next start, and what succeeded never', async () => {
  const hub = await hubUnderTest('stubborn');
  hub.send(0, 'done');
  (await hub.next()).succeed();
  hub.send(0, 'open');
  (await hub.next()).fail();
  await hub.restart();
  const again = await hub.next();
  assert.deepEqual([again.bodies, again.retryCount], [['open'], undefined]);
  again.succeed();
  await hub.stop();
});

test('an identity without the role receives nothing until it has it, and the log says so', async () => {
  reader.eventHubs.delete('receive');
  const hub = await hubUnderTest('patient');
  hub.send(0, 'a');
  await hub.pass();
  assert.ok(hub.logged().some(({ message }) => /cannot be read.*'Listen' claim/.test(message)));
  reader.eventHubs.add('receive');
  const call = await hub.nextAfterWaiting();
  assert.deepEqual(call.bodies, [Buffer.from('a')]);
  call.succeed();
  await hub.stop();
});
