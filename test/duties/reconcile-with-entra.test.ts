import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { makeCaseId } from '../../src/cases/ids.ts';
import { casesOf, updateCase } from '../../src/connectors/storage/cases/case-table.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { reconcile } from '../../src/duties/reconcile-with-entra.ts';
import { readState } from '../../src/duties/reconciliation/kept-state.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveEntraEvent } from '../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const vendors = openVendors(app.config);
const { delta } = app.directory.switches;
let at = Date.now();

/** What the timer does, so many minutes after the time before. */
function round(minutes = 15, settings = app.config): Promise<number> {
  at += minutes * 60_000;
  const now = (): Date => new Date(at);
  return reconcile({ vendors, settings, log: app.log, start: app.start, now });
}
const rowsOf = async (oid: Oid) => (await casesOf(app.config, oid)).map(({ row }) => row);
const statesOf = async (oid: Oid): Promise<string[]> => (await rowsOf(oid)).map(({ state }) => state);
const event = (oid: Oid): Promise<void> => receiveEntraEvent(vendors, app.config, app.updated(oid), app.start, app.log);
const file = (oid: Oid, n = 1) => updateCase(app.config, makeCaseId(oid, n), (row) => ({ ...row, state: 'filed' }));
const told = (oid: Oid): string[] =>
  app.logged.filter(
    (line) => line.startsWith('Somebody about whom there is a case works here again') && line.includes(oid),
  );

const before = app.hire();
await app.administrator.deleteUser(before);
await round();
afterEach(async () => {
  app.tenant.faults.clear();
  Object.assign(delta, { replays: false, emptyPages: false, lost: undefined });
  delta.late.clear();
  app.directory.switches.pageSize = 100;
  await round();
});

test('who was deleted before the app first looked gets a case', async () => {
  assert.deepEqual(await statesOf(before), ['running']);
});

test('a deletion of which no event told becomes a case within a quarter of an hour, and not before it is due', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await round(5);
  assert.deepEqual(await statesOf(oid), []);
  await round(10);
  const [row, ...others] = await rowsOf(oid);
  assert.deepEqual(others, []);
  assert.equal(row?.trigger, 'entra-event');
  assert.equal(row?.state, 'running');
  assert.ok(row?.deletedAt);
});

test('where the event was faster, nothing is added to its case, however often the change is shown', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  await event(oid);
  delta.replays = true;
  delta.emptyPages = true;
  await round();
  await round();
  await round(24 * 60);
  assert.deepEqual(
    (await rowsOf(oid)).map(({ state, merged }) => [state, merged]),
    [['running', []]],
  );
});

test('more changes than a page holds, and pages that are empty: each deletion becomes its case', async () => {
  app.directory.switches.pageSize = 2;
  delta.emptyPages = true;
  const people = Array.from({ length: 5 }, () => app.hire());
  for (const oid of people) await app.administrator.deleteUser(oid);
  await round();
  for (const oid of people) assert.deepEqual(await statesOf(oid), ['running']);
});

for (const status of [400, 410] as const) {
  test(`a token that is answered with ${status}: what happened since is read among the deleted items`, async () => {
    const oid = app.hire();
    const restored = app.hire();
    await app.administrator.deleteUser(restored);
    await event(restored);
    await file(restored);
    await round();
    await app.administrator.deleteUser(oid);
    await app.administrator.restoreUser(restored);
    delta.lost = status;
    await round();
    delta.lost = undefined;
    assert.deepEqual(await statesOf(oid), ['running']);
    assert.equal(told(restored).length, 1);
    // Followed from there on.
    const next = app.hire();
    await app.administrator.deleteUser(next);
    await round();
    assert.deepEqual(await statesOf(next), ['running']);
  });
}

test('while the deleted items cannot be read, a list that begins anew is not taken for whole', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  delta.lost = 410;
  app.tenant.faults.add({ vendor: 'graph', path: /deletedItems\/microsoft/, effect: { kind: 'answer', status: 503 } });
  await round();
  delta.lost = undefined;
  assert.deepEqual(await statesOf(oid), []);
  app.tenant.faults.clear();
  await round(1);
  assert.deepEqual(await statesOf(oid), ['running']);
});

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

test('who cannot be read keeps nobody else waiting, and is read again', async () => {
  const [oid, other] = [app.hire(), app.hire()];
  await app.administrator.deleteUser(oid);
  await app.administrator.deleteUser(other);
  const path = new RegExp(oid);
  app.tenant.faults.add({ vendor: 'graph', path, effect: { kind: 'answer', status: 503 } });
  await round();
  assert.deepEqual(await statesOf(other), ['running']);
  assert.deepEqual(
    (await readState(vendors)).waiting.map((each) => each.oid),
    [oid],
  );
  app.tenant.faults.clear();
  await round(1);
  assert.deepEqual(await statesOf(oid), ['running']);
});

test('Graph that throttles is asked again, and a row that cannot be read leads to the deleted items', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const path = /users\/delta/;
  app.tenant.faults.add({
    vendor: 'graph',
    path,
    times: 1,
    effect: { kind: 'answer', status: 429, headers: { 'retry-after': '60' } },
  });
  const alter = (body: unknown): unknown => ({ ...(body as object), value: [{ id: 'not an id' }] });
  await round();
  assert.deepEqual(await statesOf(oid), []);
  app.tenant.faults.add({ vendor: 'graph', path, times: 1, effect: { kind: 'alter', alter } });
  await round(1);
  assert.deepEqual(await statesOf(oid), ['running']);
});

test('two hosts at the same moment open one case', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  at += 15 * 60_000;
  await Promise.all([round(0), round(0)]);
  assert.deepEqual(
    (await rowsOf(oid)).map(({ state }) => state),
    ['running'],
  );
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('an account that worked and is disabled for so many days is a case, and one that never worked is not', async () => {
  const days = { ...app.config, DISABLED_MEANS_LEFT_AFTER_DAYS: 3 };
  const long = { createdDateTime: new Date(at - 400 * 86_400_000).toISOString() };
  const [oid, back] = [app.hire(long), app.hire(long)];
  await round(15, days);
  const mailbox = app.hire({ createdDateTime: new Date(at).toISOString(), accountEnabled: false });
  for (const each of [oid, back]) await app.administrator.updateUser(each, { accountEnabled: false });
  await round(15, days);
  await round(24 * 60, days);
  await vendors.storage.rememberDisabled(await heldUntil(at), []);
  await round(24 * 60, days);
  await app.administrator.updateUser(back, { accountEnabled: true });
  await round(15, days);
  await vendors.storage.rememberDisabled(await heldUntil(at), []);
  assert.deepEqual(await statesOf(oid), []);
  await round(24 * 60, days);
  await round(15, days);
  assert.deepEqual(
    (await rowsOf(oid)).map(({ state, trigger }) => [state, trigger]),
    [['running', 'sweep']],
  );
  assert.deepEqual([await statesOf(mailbox), await statesOf(back)], [[], []]);
});

/** What the sweep does every hour: says that they are disabled still. */
async function heldUntil(instant: number) {
  return (await vendors.storage.readDisabled()).sightings.map((each) => ({
    ...each,
    to: new Date(instant).toISOString(),
  }));
}
