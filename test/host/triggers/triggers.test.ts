import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { world } from '../fixtures/triggers/world.ts';
import { hostUnderTest } from '../host-under-test.ts';

const settings = {
  TICK_SCHEDULE: '0 */15 * * * *',
  LEAVERS_QUEUE: 'leavers',
  // Nothing listens there: this file is about the other triggers.
  Leavers: 'DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;QueueEndpoint=http://127.0.0.1:1/none;',
};
const host = await hostUnderTest('triggers', { settings });
after(() => host.stop());
beforeEach(() => {
  world.calls.length = 0;
  world.fail.clear();
});

const send = (path: string, init: RequestInit = {}): Promise<Response> => fetch(host.url + path, init);
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

test('an HTTP function sees method, address, parameters, query, headers and body, and answers in full', async () => {
  const response = await send('/V1/MIRROR/42/a/b%20c?q=1&q=2&r=%26', {
    method: 'POST',
    body: 'text',
    headers: { 'x-sent': 'header' },
  });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('x-mirror'), 'yes');
  assert.equal(response.headers.get('set-cookie'), 'seen=a%20b; Path=/; Max-Age=60; HttpOnly; SameSite=Strict');
  assert.deepEqual(await response.json(), {
    method: 'POST',
    url: `${host.url}/V1/MIRROR/42/a/b%20c?q=1&q=2&r=%26`,
    params: { id: '42', rest: 'a/b c' },
    query: { q: '1,2', r: '&' },
    header: 'header',
    body: 'text',
  });
});

test('a route constraint keeps other values out, and a wrong method is not found, as on Azure', async () => {
  assert.equal((await send('/v1/mirror/x/y')).status, 404);
  assert.equal((await send('/v1/mirror/1/y', { method: 'DELETE' })).status, 404);
  assert.equal((await send('/mirror/1/y')).status, 404);
});

test('a literal segment wins over a parameter, and an optional parameter may be left out', async () => {
  assert.equal(await (await send('/v1/items/newest')).text(), 'the newest');
  assert.equal(await (await send('/v1/items/7')).text(), 'item 7');
  assert.equal(await (await send('/v1/items')).text(), 'item undefined');
});

test('bytes come and go unchanged', async () => {
  const sent = Uint8Array.from({ length: 256 }, (_, i) => i);
  const response = await send('/v1/bytes', { method: 'POST', body: sent });
  assert.deepEqual(new Uint8Array(await response.arrayBuffer()), sent.reverse());
});

test('a body that comes in chunks, without its length, is dropped as on Azure', async () => {
  const body = new Blob(['text']).stream();
  const response = await send('/v1/mirror/42/a', { method: 'POST', body, duplex: 'half' });
  assert.equal(((await response.json()) as { body: string }).body, '');
});

test('a stream is sent whole', async () => {
  assert.equal(await (await send('/v1/stream')).text(), 'one two');
});

test('a function that returns nothing answers 204', async () => {
  assert.equal((await send('/v1/nothing')).status, 204);
});

test('a function that throws answers 500 without the reason, which is logged', async () => {
  const response = await send('/v1/throws');
  assert.deepEqual([response.status, await response.text()], [500, '']);
  assert.ok(host.logged.some(({ message }) => message === 'the reason stays in the log'));
});

test('a timer runs when it is due and not before', async () => {
  host.clock.advance(15 * 60_000 - 1 - (host.clock.now() % (15 * 60_000)));
  assert.equal(world.calls.length, 0);
  const { promise, resolve } = Promise.withResolvers<void>();
  world.onCall = () => resolve();
  host.clock.advance(1);
  await promise;
  const [call] = world.calls as { input: { isPastDue: boolean; scheduleStatus: { next: string } } }[];
  assert.equal(call?.input.isPastDue, false);
  assert.equal(Date.parse(call?.input.scheduleStatus.next ?? ''), host.clock.now() + 15 * 60_000);
});

test('a function that is not HTTP can be run by hand', async () => {
  assert.equal((await post('/admin/functions/tick?wait=true', {})).status, 200);
  assert.equal((await post('/admin/functions/GRID?wait=true', { input: '{"id":"1"}' })).status, 200);
  assert.deepEqual(
    world.calls.map(({ name }) => name),
    ['tick', 'grid'],
  );
  assert.deepEqual(world.calls[1]?.input, { id: '1' });
  world.fail.add('grid');
  assert.equal((await post('/admin/functions/grid?wait=true', { input: '{}' })).status, 500);
  assert.equal((await post('/admin/functions/none', {})).status, 404);
});

const grid = '/runtime/webhooks/EventGrid?functionName=grid';
const cloudEvent = {
  specversion: '1.0',
  type: 'Microsoft.Graph.UserUpdated',
  source: '/tenants/t',
  id: 'e-1',
  data: { resource: 'Users/1' },
};

test('the Event Grid subscription handshake returns the validation code', async () => {
  const event = { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'C-0-D-E' } };
  const response = await post(grid, [event], { 'aeg-event-type': 'SubscriptionValidation' });
  assert.deepEqual([response.status, await response.json()], [200, { validationResponse: 'C-0-D-E' }]);
  assert.equal(world.calls.length, 0);
});

test('the CloudEvents handshake allows the sender that asks', async () => {
  const response = await send(grid, {
    method: 'OPTIONS',
    headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('webhook-allowed-origin'), 'eventgrid.azure.net');
});

test('Event Grid deliveries reach the function one event at a time, whatever the schema', async () => {
  const notification = { 'aeg-event-type': 'Notification' };
  assert.equal((await post(grid, cloudEvent, notification)).status, 202);
  const gridEvent = { id: 'e-2', eventType: 'x', subject: 's', data: { n: 1 }, dataVersion: '1' };
  assert.equal((await post(grid, [gridEvent, { ...gridEvent, id: 'e-3' }], notification)).status, 202);
  assert.deepEqual(
    world.calls.map(({ input }) => (input as { id: string }).id),
    ['e-1', 'e-2', 'e-3'],
  );
  assert.deepEqual(world.calls[0], { name: 'grid', input: cloudEvent, metadata: { data: cloudEvent.data } });
});

test('a failing Event Grid function answers 500, so that the sender tries again', async () => {
  world.fail.add('grid');
  assert.equal((await post(grid, cloudEvent, { 'aeg-event-type': 'Notification' })).status, 500);
});

test('what is not an Event Grid delivery is refused', async () => {
  const to = (name: string): string => `/runtime/webhooks/eventgrid?functionName=${name}`;
  assert.equal((await post(to('none'), cloudEvent, { 'aeg-event-type': 'Notification' })).status, 404);
  assert.equal((await post(to('hub'), cloudEvent, { 'aeg-event-type': 'Notification' })).status, 404);
  assert.equal((await post(to('grid'), cloudEvent)).status, 400);
  assert.equal((await post(to('grid'), 'text', { 'aeg-event-type': 'Notification' })).status, 400);
  assert.equal(world.calls.length, 0);
});

test('Event Hub events arrive as one batch with their metadata side by side', async () => {
  const events = [
    { body: { n: 1 }, properties: { a: 1 }, systemProperties: { 'iothub-x': 'y' }, partitionKey: 'p' },
    { body: 'two' },
  ];
  assert.equal((await post('/runtime/webhooks/eventhub/hub?envelope=true', events)).status, 202);
  const { input, metadata } = world.calls[0] as { input: unknown; metadata: Record<string, unknown> };
  assert.deepEqual(input, [{ n: 1 }, 'two']);
  assert.deepEqual(metadata.propertiesArray, [{ a: 1 }, {}]);
  assert.deepEqual(metadata.systemPropertiesArray, [{ 'iothub-x': 'y' }, {}]);
  assert.deepEqual(metadata.partitionKeyArray, ['p', null]);
});

test('with cardinality one every Event Hub event is a call of its own', async () => {
  assert.equal((await post('/runtime/webhooks/eventhub/hub-one', [{ n: 1 }, { n: 2 }])).status, 202);
  assert.deepEqual(
    world.calls.map(({ input }) => input),
    [{ n: 1 }, { n: 2 }],
  );
});

test('an Event Hub function that fails answers 500, and what is no list is refused', async () => {
  world.fail.add('hub');
  assert.equal((await post('/runtime/webhooks/eventhub/hub', [1])).status, 500);
  assert.equal((await post('/runtime/webhooks/eventhub/hub', { n: 1 })).status, 400);
  assert.equal((await post('/runtime/webhooks/eventhub/grid', [1])).status, 404);
});
