import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { readState } from '../../src/duties/reconciliation/kept-state.ts';
import {
  app,
  clock,
  delta,
  event,
  file,
  reset,
  round,
  rowsOf,
  statesOf,
  told,
  vendors,
} from './reconcile-with-entra/world.ts';

after(() => app.stop());

const before = app.hire();
await app.administrator.deleteUser(before);
await round();

afterEach(reset);

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
  clock.at += 15 * 60_000;
  await Promise.all([round(0), round(0)]);
  assert.deepEqual(
    (await rowsOf(oid)).map(({ state }) => state),
    ['running'],
  );
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('an account that worked and is disabled for so many days is a case, and one that never worked is not', async () => {
  const days = { ...app.config, DISABLED_MEANS_LEFT_AFTER_DAYS: 3 };
  const long = { createdDateTime: new Date(clock.at - 400 * 86_400_000).toISOString() };
  const [oid, back] = [app.hire(long), app.hire(long)];
  await round(15, days);
  const mailbox = app.hire({ createdDateTime: new Date(clock.at).toISOString(), accountEnabled: false });
  for (const each of [oid, back]) await app.administrator.updateUser(each, { accountEnabled: false });
  await round(15, days);
  await round(24 * 60, days);
  await vendors.storage.rememberDisabled(await heldUntil(clock.at), []);
  await round(24 * 60, days);
  await app.administrator.updateUser(back, { accountEnabled: true });
  await round(15, days);
  await vendors.storage.rememberDisabled(await heldUntil(clock.at), []);
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
