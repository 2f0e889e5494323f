import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { keepProjected } from '../../../src/intake/containing/keep-projected.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { type StartCase, startOpenCase } from '../../../src/intake/starting/start-row.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { administrator, app, config, deleted, event, isListed, requestFor, reset, vendors } from './world.ts';

after(() => app.stop());

beforeEach(reset);

const down: StartCase = async () => {
  throw new Error('the engine is down');
};

for (const trigger of ['hr-queue', 'api'] as const) {
  test(`restored before the case of ${trigger} was started: it is not started later, and the person gets in`, async () => {
    const oid = await deleted();
    const request = requestFor(oid, { trigger, dedupeKey: `${trigger}:${oid}` });
    await assert.rejects(openCase(vendors, config, request, down), /engine/);
    assert.ok(isListed(oid));
    await administrator.restoreUser(oid);
    const [stored] = await vendors.storage.casesOf(oid);
    assert.ok(stored !== undefined);
    assert.equal(await startOpenCase(vendors, config, stored.row, app.start), 'not-open');
    assert.equal(isListed(oid), false);
    assert.deepEqual(app.startsOf(oid), []);
    const [after] = await vendors.storage.casesOf(oid);
    assert.equal(after?.row.state, 'refused');
    assert.match(after?.row.refusal ?? '', /restored before it was started/);
  });

  test(`restored before the request of ${trigger} is delivered again: it starts nothing, and the person gets in`, async () => {
    const oid = await deleted();
    const request = requestFor(oid, { trigger, dedupeKey: `${trigger}:${oid}` });
    await assert.rejects(openCase(vendors, config, request, down), /engine/);
    await administrator.restoreUser(oid);
    const said = { confirmUserPrincipalName: app.directory.users.get(oid)?.userPrincipalName ?? '' };
    const again = await openCase(vendors, config, request, app.start, undefined, said);
    assert.equal(again.kind, 'refused');
    assert.equal(isListed(oid), false);
    assert.deepEqual(app.startsOf(oid), []);
  });
}

test('a case of a leave date that was put off, and was never started, is refused, and the person gets in', async () => {
  const past = new Date(Date.now() - 86_400_000).toISOString();
  const oid = app.hire({ employeeLeaveDateTime: past });
  await assert.rejects(openCase(vendors, config, requestFor(oid, { trigger: 'sweep' }), down), /engine/);
  assert.ok(isListed(oid));
  await administrator.updateUser(oid, { employeeLeaveDateTime: new Date(Date.now() + 9e9).toISOString() });
  const [stored] = await vendors.storage.casesOf(oid);
  assert.ok(stored !== undefined);
  const soon = { ...config, REPLICATION_SECONDS: 3_600 };
  assert.equal(await startOpenCase(vendors, soon, stored.row, app.start), 'unreadable');
  assert.equal(await startOpenCase(vendors, config, stored.row, app.start), 'not-open');
  const [after] = await vendors.storage.casesOf(oid);
  assert.equal(after?.row.state, 'refused');
  assert.match(after?.row.refusal ?? '', /No reason for the case was left/);
  assert.deepEqual([isListed(oid), app.startsOf(oid)], [false, []]);
});

test('who was denied before a case that never started stays denied when it is refused', async () => {
  const oid = await deleted();
  await vendors.denied.deny({ oid, kind: 'person', why: 'By hand.', at: new Date().toISOString() });
  await assert.rejects(openCase(vendors, config, requestFor(oid), down), /engine/);
  await administrator.restoreUser(oid);
  const [stored] = await vendors.storage.casesOf(oid);
  assert.ok(stored !== undefined);
  assert.equal(await startOpenCase(vendors, config, stored.row, app.start), 'not-open');
  assert.ok(isListed(oid));
});

test('shown again by a replica that has not heard of the deletion: an unstarted case waits, and nobody is let in', async () => {
  const oid = await deleted();
  await assert.rejects(openCase(vendors, config, requestFor(oid), down), /engine/);
  await administrator.restoreUser(oid);
  const [stored] = await vendors.storage.casesOf(oid);
  assert.ok(stored !== undefined);
  const slow = { ...config, REPLICATION_SECONDS: 120 };
  assert.equal(await startOpenCase(vendors, slow, stored.row, app.start), 'unreadable');
  assert.ok(isListed(oid));
  assert.equal((await vendors.storage.casesOf(oid))[0]?.row.state, 'open');
});

test('deleted by mistake and restored: the event of the restore ends the denial, and a late event of the deletion does not begin it again', async () => {
  const oid = await deleted();
  const late = app.updated(oid);
  await event(oid);
  assert.ok(isListed(oid));
  await administrator.restoreUser(oid);
  await event(oid);
  assert.equal(isListed(oid), false);
  const row = await vendors.storage.getDenied(oid);
  assert.deepEqual([row?.state, row?.released?.by], ['released', 'entra']);
  await receiveEntraEvent(vendors, config, late, app.start, app.log);
  await keepProjected(vendors, config, app.log);
  assert.equal(isListed(oid), false);
});

test('restored but disabled, or named by HR: the denial stands', async () => {
  const disabled = await deleted();
  await event(disabled);
  await administrator.restoreUser(disabled);
  await administrator.updateUser(disabled, { accountEnabled: false });
  await event(disabled);
  assert.ok(isListed(disabled));
  const named = app.hire();
  await openCase(vendors, config, requestFor(named), app.start);
  await event(named);
  assert.ok(isListed(named));
});

test('a second deletion after a restore is another leaving, and denies again', async () => {
  const oid = await deleted();
  await event(oid);
  await administrator.restoreUser(oid);
  await event(oid);
  await administrator.deleteUser(oid);
  await event(oid);
  assert.ok(isListed(oid));
  assert.equal((await vendors.storage.getDenied(oid))?.caseId, `${oid}-2`);
});
