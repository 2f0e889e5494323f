import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { servePlain } from '../../../local/tenant/core/server.ts';
import { type EventGridOptions, eventGridSink } from '../../../local/tenant/entra/event-grid-sink.ts';
import { administratorOf } from '../../../local/tenant/entra/people/administrator.ts';
import type { UserEvent } from '../../../local/tenant/entra/people/user-event.ts';
import { makeGraph, seedEntra } from '../../../local/tenant/entra/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

interface Delivery {
  readonly type: string | null;
  readonly functionName: string | null;
  readonly body: UserEvent | UserEvent[];
}
const deliveries: Delivery[] = [];
const answers: number[] = [];
const receiver = await servePlain(async (request) => {
  deliveries.push({
    type: request.headers.get('content-type'),
    functionName: new URL(request.url).searchParams.get('functionName'),
    body: (await request.json()) as UserEvent,
  });
  return new Response(null, { status: answers.shift() ?? 202 });
});
const trigger: { -readonly [K in keyof EventGridOptions]: EventGridOptions[K] } = {
  deliverTo: () => `http://127.0.0.1:${receiver.port}`,
  retryDelayMs: 1,
  attempts: 5,
};
const lost: UserEvent[] = [];
const app = await startApp({
  vendors: (core) => [makeGraph(core, seedEntra(seedContext()))],
  events: eventGridSink({
    deliverTo: () => trigger.deliverTo(),
    route: (events) => trigger.route?.(events) ?? events.map((event) => [event]),
    onLost: (events) => lost.push(...events),
    retryDelayMs: 1,
    attempts: 5,
  }),
});
after(() => Promise.all([app.stop(), receiver.close()]));
const admin = administratorOf(app.tenant.core, WORLD.operator.oid);
const leaver = WORLD.leaver.oid;
const listening = trigger.deliverTo;
beforeEach(() => {
  deliveries.length = 0;
  trigger.deliverTo = listening;
  delete trigger.route;
});

test('deleting a user publishes an update, restoring another one, and only deleting for good a deletion', async () => {
  await admin.deleteUser(leaver);
  await app.tenant.core.events.idle();
  await admin.restoreUser(leaver);
  await app.tenant.core.events.idle();
  await admin.deleteUser(WORLD.colleagues[1].oid);
  await admin.deletePermanently(WORLD.colleagues[1].oid);
  await app.tenant.core.events.idle();
  assert.deepEqual(
    deliveries.map(({ body }) => (Array.isArray(body) ? body.map(({ type }) => type) : body.type)),
    ['UserUpdated', 'UserUpdated', 'UserUpdated', 'UserDeleted'].map((type) => `Microsoft.Graph.${type}`),
  );
});

test('the event is a CloudEvent that carries the object id and nothing about the person', async () => {
  await admin.updateUser(leaver, { displayName: 'Alexandra Moreau' });
  await app.tenant.core.events.idle();
  const [delivery] = deliveries;
  assert.ok(delivery !== undefined && !Array.isArray(delivery.body));
  const { id, time, source, data, ...envelope } = delivery.body;
  assert.deepEqual(envelope, {
    type: 'Microsoft.Graph.UserUpdated',
    subject: `Users/${leaver}`,
    datacontenttype: 'application/json',
    specversion: '1.0',
  });
  assert.match(source, new RegExp(`^/tenants/${WORLD.tenantId}/applications/`));
  assert.deepEqual([data.changeType, data.tenantId, data.resourceData.id], ['updated', WORLD.tenantId, leaver]);
  assert.deepEqual([data.resourceData.eventTime, id.length], [time, 36]);
  assert.doesNotMatch(JSON.stringify(delivery.body), /moreau/i);
  assert.deepEqual(
    [delivery.type, delivery.functionName],
    ['application/cloudevents+json; charset=utf-8', 'entraEvents'],
  );
});

test('an event that the app refuses is delivered again until it is taken', async () => {
  answers.push(500, 503);
  await admin.updateUser(leaver, { displayName: 'Alex Moreau' });
  await app.tenant.core.events.idle();
  const ids = deliveries.map(({ body }) => (body as UserEvent).id);
  assert.equal(ids.length, 3);
  assert.equal(new Set(ids).size, 1);
});

test('events wait while the app does not listen, and can then arrive repeated, in a batch and out of order', async () => {
  trigger.deliverTo = () => undefined;
  trigger.route = (events) => {
    const [first, second] = events;
    assert.ok(first !== undefined && second !== undefined && events.length === 2);
    return [[second], [first, first]];
  };
  const deleted = admin.deleteUser(leaver).then(() => admin.restoreUser(leaver));
  await deleted;
  trigger.deliverTo = listening;
  await app.tenant.core.events.idle();
  const bodies = deliveries.map(({ body }) => body);
  assert.deepEqual(
    bodies.map((body) => Array.isArray(body)),
    [false, true],
  );
  const [second, [first, again]] = bodies as [UserEvent, [UserEvent, UserEvent]];
  assert.equal(first.id, again.id);
  assert.ok(first.data.resourceData.sequenceNumber < second.data.resourceData.sequenceNumber);
});

test('what nobody takes is lost in the end, and somebody hears of it', async () => {
  answers.push(500, 500, 500, 500, 500);
  await admin.updateUser(leaver, { accountEnabled: true });
  await app.tenant.core.events.idle();
  assert.equal(deliveries.length, 5);
  assert.equal(lost.length, 1);
});
