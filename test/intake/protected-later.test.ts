import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { releaseHeld } from '../../src/intake/starting/release-held.ts';
import { startScheduled } from '../../src/intake/starting/scheduled-cases.ts';
import { startOpenCase } from '../../src/intake/starting/start-row.ts';
import type { Oid } from '../../src/people/oid.ts';
import {
  app,
  become,
  config,
  council,
  directory,
  down,
  GROUP,
  leftOpen,
  requestFor,
  rowOf,
  vendors,
} from './protected-later/world.ts';

after(() => app.stop());

beforeEach(() => app.tenant.faults.clear());

async function assertRefused(oid: Oid, why: RegExp): Promise<void> {
  const { refusal, ...rest } = await become(oid);
  assert.deepEqual(rest, { state: 'refused', told: ['refused'], isListed: false, starts: 0 });
  assert.match(refusal ?? '', why);
}
const unreadable = () =>
  app.tenant.faults.add({ vendor: 'graph', path: /checkMemberGroups/, effect: { kind: 'answer', status: 503 } });

test('left open, and protected by its id, by a group, or nobody knows: refused, told, and let in again', async () => {
  const [byId, byGroup, unknown] = [await leftOpen(), await leftOpen(), await leftOpen()];
  assert.equal((await become(byId)).isListed, true);
  council.add(byGroup);
  const named = { ...config, PROTECTED_OIDS: [byId] };
  const wrong = { ...config, PROTECTED_GROUPS: [GROUP, '9a000000-0000-4000-8000-0000000000ff'] };
  assert.equal(await startOpenCase(vendors, named, await rowOf(byId), app.start), 'not-open');
  assert.equal(await startOpenCase(vendors, config, await rowOf(byGroup), app.start), 'not-open');
  assert.equal(await startOpenCase(vendors, wrong, await rowOf(unknown), app.start), 'not-open');
  await assertRefused(byId, /PROTECTED_OIDS/);
  await assertRefused(byGroup, /Works council/);
  await assertRefused(unknown, /not known/);
  const denied = await vendors.storage.getDenied(byId);
  assert.deepEqual([denied?.state, denied?.released?.by], ['released', 'settings']);
});

test('a directory that does not say who is in the groups: a case that cuts waits, a plan starts', async () => {
  const [oid, planned] = [await leftOpen(), await leftOpen({ mode: 'plan' })];
  const lift = unreadable();
  assert.equal(await startOpenCase(vendors, config, await rowOf(oid), app.start), 'unreadable');
  assert.equal(await startOpenCase(vendors, config, await rowOf(planned), app.start), 'started');
  lift();
  assert.deepEqual(await become(oid), { state: 'open', refusal: undefined, told: [], isListed: true, starts: 0 });
  assert.equal(await startOpenCase(vendors, config, await rowOf(oid), app.start), 'started');
});

test('whom somebody had denied by hand before stays denied', async () => {
  const oid = app.hire();
  await vendors.denied.deny({ oid, kind: 'person', why: 'By hand.', at: new Date().toISOString() });
  await assert.rejects(openCase(vendors, config, requestFor(oid), down), /engine/);
  council.add(oid);
  await startOpenCase(vendors, config, await rowOf(oid), app.start);
  const { state, isListed } = await become(oid);
  assert.deepEqual([state, isListed], ['refused', true]);
});

test('the same request again does not start a case of somebody who is protected by now', async () => {
  const oid = await leftOpen();
  council.add(oid);
  assert.equal((await openCase(vendors, config, requestFor(oid), app.start)).kind, 'refused');
  await assertRefused(oid, /Works council/);
});

test('what turned out to be no person is refused and told, and is let in', async () => {
  const oid = await leftOpen();
  const user = directory.users.get(oid);
  assert.ok(user !== undefined);
  directory.users.delete(oid);
  directory.servicePrincipals.add({
    ...{ id: oid, appId: '5e000000-0000-4000-8000-0000000000b1', displayName: 'prod-agent' },
    ...{ appRoleAssignmentRequired: false, appRoles: [] },
  });
  assert.equal(await startOpenCase(vendors, config, await rowOf(oid), app.start), 'not-open');
  await assertRefused(oid, /a service principal/);
  directory.servicePrincipals.delete(oid);
});

test('the same request again does not contain them by a case on hold either', async () => {
  const oid = app.hire();
  const strict = { ...config, MAX_CASES_PER_HOUR: 1 };
  await openCase(vendors, config, requestFor(app.hire()), app.start);
  await openCase(vendors, strict, requestFor(oid), app.start);
  const { caseId } = await rowOf(oid);
  await vendors.storage.updateCase(caseId, ({ contained: _, ...row }) => row);
  council.add(oid);
  assert.equal((await openCase(vendors, strict, requestFor(oid), app.start)).kind, 'refused');
  await assertRefused(oid, /Works council/);
});

test('released by an operator, a held case of somebody protected since is refused', async () => {
  const oid = app.hire();
  await openCase(vendors, config, requestFor(app.hire()), app.start);
  await openCase(vendors, { ...config, MAX_CASES_PER_HOUR: 1 }, requestFor(oid), app.start);
  council.add(oid);
  const by = { caller: 'operator', reason: 'they are meant' };
  const done = await releaseHeld(vendors, config, {}, by, app.start, () => new Date());
  assert.deepEqual(done, { started: 0, notStarted: 1, left: 0 });
  await assertRefused(oid, /Works council/);
});

test('on the day a scheduled case asks about the groups as well, and waits where it gets no answer', async () => {
  const oid = app.hire();
  const startsAt = new Date(Date.now() + 3_600_000).toISOString();
  await openCase(vendors, config, requestFor(oid, { startsAt }), app.start);
  const row = await rowOf(oid);
  const onTheDay = async () => {
    const stored = await vendors.storage.getCase(row.caseId);
    assert.ok(stored !== undefined);
    return (await startScheduled(vendors, config, stored, app.start, () => new Date(startsAt))).kind;
  };
  const lift = unreadable();
  assert.equal(await onTheDay(), 'unreadable');
  lift();
  assert.equal((await become(oid)).state, 'scheduled');
  council.add(oid);
  assert.equal(await onTheDay(), 'refused');
  await assertRefused(oid, /Works council/);
  assert.equal(await onTheDay(), 'not-scheduled');
});
