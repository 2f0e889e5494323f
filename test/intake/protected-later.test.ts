import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import type { CaseRow, OffboardingRequest } from '../../src/cases/case.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { releaseHeld } from '../../src/intake/starting/release-held.ts';
import { startScheduled } from '../../src/intake/starting/scheduled-cases.ts';
import { type StartCase, startOpenCase } from '../../src/intake/starting/start-row.ts';
import type { Oid } from '../../src/people/oid.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { seedContext } from '../support/seed-context.ts';

const GROUP = '9a000000-0000-4000-8000-000000000001';
const arm = seedArm(seedContext());
const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  settings: {
    ...{ PROTECTED_GROUPS: GROUP, ISSUE_MOMENTS: 'none', TEAMS_WEBHOOK_URL: 'https://teams.localhost/hook' },
    TEAMS_MOMENTS: 'refused',
  },
});
after(() => app.stop());
const { config, directory } = app;
const vendors = openVendors(config);
const council = new Set<string>();
directory.groups.add({ id: GROUP, displayName: 'Works council', memberIds: council });
beforeEach(() => app.tenant.faults.clear());

const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  ...{ oid, trigger: 'hr-queue', reason: 'left', requestedBy: 'hr', requestedAt: new Date().toISOString() },
  ...{ mode: 'apply', lastDay: '2026-01-31', dedupeKey: `hr:${oid}` },
  ...more,
});
const down: StartCase = async () => {
  throw new Error('the engine is down');
};
const rowOf = async (oid: Oid): Promise<CaseRow> => {
  const [stored] = await vendors.storage.casesOf(oid);
  assert.ok(stored !== undefined);
  return stored.row;
};
/** Somebody whose case was written, and contained them, and was not started. */
async function leftOpen(more: Partial<OffboardingRequest> = {}): Promise<Oid> {
  const oid = app.hire();
  await assert.rejects(openCase(vendors, config, requestFor(oid, more), down), /engine/);
  return oid;
}
const become = async (oid: Oid) => {
  const { caseId, state, refusal } = await rowOf(oid);
  const told = (await vendors.storage.messagesOf(caseId)).map(({ moment }) => moment);
  const isListed = arm.namedValues.all().some(({ value }) => value.includes(oid));
  return { state, refusal, told, isListed, starts: app.startsOf(oid).length };
};
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

test('what another host started meanwhile is not refused, and whom it contained stays out', async () => {
  const oid = await leftOpen();
  const before = await rowOf(oid);
  await vendors.storage.updateCase(before.caseId, (row) => ({ ...row, state: 'running' }));
  council.add(oid);
  await startOpenCase(vendors, config, before, app.start);
  const { state, isListed } = await become(oid);
  assert.deepEqual([state, isListed], ['running', true]);
});

test('the same request again does not start a case of somebody who is protected by now', async () => {
  const oid = await leftOpen();
  council.add(oid);
  assert.equal((await openCase(vendors, config, requestFor(oid), app.start)).kind, 'refused');
  await assertRefused(oid, /Works council/);
});

test('a redelivery asks who is protected once', async () => {
  const oid = await leftOpen();
  const asked: string[] = [];
  const memberGroupsAmong: typeof vendors.graph.memberGroupsAmong = (...about) => {
    asked.push(about[0]);
    return vendors.graph.memberGroupsAmong(...about);
  };
  const counting = { ...vendors, graph: { ...vendors.graph, memberGroupsAmong } };
  assert.equal((await openCase(counting, config, requestFor(oid), app.start)).kind, 'duplicate');
  assert.deepEqual([asked, app.startsOf(oid).length], [[oid], 1]);
});

for (const [when, hooked] of [
  ['before the denial is written', 'deny'],
  ['after it, before the row says so', 'updateCase'],
] as const)
  test(`refused by another host ${when}: whoever is last lets them in, and nothing is started`, async () => {
    const oid = app.hire();
    const denied = { ...vendors.denied, deny: (): Promise<never> => Promise.reject(new Error('died')) };
    await assert.rejects(openCase({ ...vendors, denied }, config, requestFor(oid), down), /engine/);
    const { caseId } = await rowOf(oid);
    let refused = false;
    const refuse = async (): Promise<void> => {
      if (refused) return;
      refused = true;
      council.add(oid);
      assert.equal(await startOpenCase(vendors, config, await rowOf(oid), app.start), 'not-open');
      council.delete(oid);
    };
    const slow = {
      ...vendors,
      denied: {
        ...vendors.denied,
        deny: async (...about: Parameters<typeof vendors.denied.deny>) => {
          if (hooked === 'deny') await refuse();
          return vendors.denied.deny(...about);
        },
      },
      storage: {
        ...vendors.storage,
        updateCase: async (...about: Parameters<typeof vendors.storage.updateCase>) => {
          if (hooked === 'updateCase') await refuse();
          return vendors.storage.updateCase(...about);
        },
      },
    };
    assert.equal((await openCase(slow, config, requestFor(oid), app.start)).kind, 'refused');
    const { refusal, told: _, ...rest } = await become(oid);
    assert.deepEqual(rest, { state: 'refused', isListed: false, starts: 0 });
    assert.match(refusal ?? '', /Works council/);
    assert.notEqual((await vendors.storage.getDenied(oid))?.state, 'denied');
    assert.equal((await rowOf(oid)).caseId, caseId);
  });

test('whoever denied late died before reading the row again: the next delivery lets them in', async () => {
  const oid = await leftOpen();
  await vendors.storage.updateCase((await rowOf(oid)).caseId, (row) => ({ ...row, state: 'refused', refusal: 'No.' }));
  assert.equal((await become(oid)).isListed, true);
  assert.equal((await openCase(vendors, config, requestFor(oid), app.start)).kind, 'refused');
  assert.equal((await become(oid)).isListed, false);
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

test('started by another host while it is being refused, it is answered as the case that runs', async () => {
  const oid = await leftOpen();
  const { caseId } = await rowOf(oid);
  council.add(oid);
  const updateCase: typeof vendors.storage.updateCase = async (id, change) => {
    await vendors.storage.updateCase(caseId, (row) => ({ ...row, state: 'running' }));
    return vendors.storage.updateCase(id, change);
  };
  const late = { ...vendors, storage: { ...vendors.storage, updateCase } };
  const again = await openCase(late, config, requestFor(oid), app.start);
  assert.deepEqual([again.kind, (await become(oid)).isListed], ['duplicate', true]);
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
