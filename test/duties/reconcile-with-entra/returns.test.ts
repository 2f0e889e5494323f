import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { app, delta, event, file, reset, round, rowsOf, statesOf, told, vendors } from './world.ts';

after(() => app.stop());

await round();

afterEach(reset);

test('a case that was carried out is told once when the person is back, and undone by nobody', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await round();
  await file(oid);
  assert.equal((await vendors.storage.getDenied(oid))?.state, 'denied');
  await app.administrator.restoreUser(oid);
  await round();
  const [row] = await rowsOf(oid);
  assert.equal(row?.state, 'filed');
  assert.ok(row?.restoredAt);
  assert.equal(told(oid).length, 1);
  assert.equal((await vendors.storage.getDenied(oid))?.state, 'released');
  delta.replays = true;
  await event(oid);
  await round(24 * 60);
  assert.equal(told(oid).length, 1);
  // A leaving of its own.
  await app.administrator.deleteUser(oid);
  await round();
  assert.deepEqual(await statesOf(oid), ['filed', 'running']);
});

test('a case that never began is refused when the person is back, and they get in', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const down = (): Promise<void> => Promise.reject(new Error('the engine is down'));
  await assert.rejects(receiveEntraEvent(vendors, app.config, app.updated(oid), down, app.log), /engine/);
  await app.administrator.restoreUser(oid);
  await round();
  assert.deepEqual(await statesOf(oid), ['refused']);
  assert.equal((await vendors.storage.getDenied(oid))?.state, 'released');
  assert.deepEqual(app.startsOf(oid), []);
});

test('a case that its opener left unstarted is started', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const down = (): Promise<void> => Promise.reject(new Error('the engine is down'));
  await assert.rejects(receiveEntraEvent(vendors, app.config, app.updated(oid), down, app.log), /engine/);
  await round();
  assert.deepEqual(await statesOf(oid), ['running']);
});

test('a permanent deletion stands on the case, and is a case of its own after a return', async () => {
  const [oid, again] = [app.hire(), app.hire()];
  for (const each of [oid, again]) {
    await app.administrator.deleteUser(each);
    await round();
    await file(each);
  }
  await app.administrator.restoreUser(again);
  await round();
  await app.administrator.deletePermanently(oid);
  await app.administrator.deleteUser(again);
  await app.administrator.deletePermanently(again);
  await round();
  await round();
  const [row, ...others] = await rowsOf(oid);
  assert.deepEqual(others, []);
  assert.ok(row?.goneAt);
  assert.deepEqual(await statesOf(again), ['filed', 'running']);
});

test('what a late replica contradicts waits until the directory had its time', async () => {
  const slow = { ...app.config, REPLICATION_SECONDS: 120 };
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const user = app.directory.deletedUsers.get(oid);
  assert.ok(user);
  app.tenant.faults.add({
    vendor: 'graph',
    path: new RegExp(`/users/${oid}`),
    times: 1,
    effect: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: oid, accountEnabled: true }),
    },
  });
  await round(15, slow);
  assert.deepEqual(await statesOf(oid), []);
  await round(3, slow);
  assert.deepEqual(await statesOf(oid), ['running']);
});
