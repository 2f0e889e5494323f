import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ArmNamedValue } from '../../local/tenant/arm/state.ts';
import { makeArm, seedArm } from '../../local/tenant/arm/vendor.ts';
import type { CaseRow, OffboardingRequest } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { keepProjected } from '../../src/intake/containing/keep-projected.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { type StartCase, startOpenCase } from '../../src/intake/starting/start-row.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveEntraEvent } from '../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';
import { forgetDenied } from '../support/forget-denied.ts';
import { seedContext } from '../support/seed-context.ts';

const arm = seedArm(seedContext());
const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)] });
after(() => app.stop());
const { config, administrator } = app;
const vendors = openVendors(config);
const [list] = arm.namedValues.all() as [ArmNamedValue];
const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(oid));
const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await administrator.deleteUser(oid);
  return oid;
};
const event = (oid: Oid) => receiveEntraEvent(vendors, config, app.updated(oid), app.start, app.log);
const requestFor = (oid: Oid, more: Partial<OffboardingRequest> = {}): OffboardingRequest => ({
  oid,
  trigger: 'hr-queue',
  reason: 'left',
  requestedBy: 'hr',
  requestedAt: new Date().toISOString(),
  mode: 'apply',
  lastDay: '2026-01-31',
  ...more,
});

beforeEach(async () => {
  app.tenant.faults.clear();
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await forgetDenied(config);
});

test('with an engine that is down the leaver is contained all the same', async () => {
  const oid = app.hire();
  const broken: StartCase = async () => {
    throw new Error('the engine is down');
  };
  await assert.rejects(openCase(vendors, config, requestFor(oid), broken), /engine/);
  assert.ok(isListed(oid));
});

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

test('the case is given the generation of the row that intake wrote', async () => {
  const oid = await deleted();
  await event(oid);
  const started = app.started.find(({ input }) => input.person.oid === oid);
  assert.equal(started?.input.denialGeneration, (await vendors.storage.getDenied(oid))?.generation);
  assert.notEqual(started?.input.denialGeneration, undefined);
});

test('a plan denies nobody, and no row says so', async () => {
  const oid = app.hire();
  await openCase(vendors, config, requestFor(oid, { mode: 'plan' }), app.start);
  assert.deepEqual([isListed(oid), await vendors.storage.getDenied(oid)], [false, undefined]);
});

test('a gateway that does not answer stops no case; the timer writes the list when it does', async () => {
  const oid = await deleted();
  const lift = app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  await event(oid);
  await keepProjected(vendors, config, app.log);
  lift();
  assert.deepEqual([app.startsOf(oid).length, isListed(oid)], [1, false]);
  assert.ok(app.logged.some((line) => line.includes('the deny list was not projected')));
  await keepProjected(vendors, config, app.log);
  assert.ok(isListed(oid));
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

test('a list that somebody emptied, and a table that was lost, are errors in the log', async () => {
  const oid = await deleted();
  await event(oid);
  list.value = ',none,';
  const later = (): Date => new Date(Date.now() + 10 * 60_000);
  await keepProjected(vendors, config, app.log, later);
  assert.ok(isListed(oid));
  assert.ok(app.logged.some((line) => line.includes('deny-list-drifted') && line.includes(oid)));
  await forgetDenied(config);
  await keepProjected(vendors, config, app.log, later);
  assert.ok(isListed(oid));
  assert.ok(app.logged.some((line) => line.includes('deny-list-blocked')));
});

test('who was deleted for good a month ago makes room; who was only disabled does not', async () => {
  const [gone, disabled] = [await deleted(), app.hire({ accountEnabled: false })];
  await event(gone);
  await openCase(vendors, config, requestFor(disabled), app.start);
  app.directory.deletedUsers.delete(gone);
  const at = (days: number) => (): Date => {
    const date = new Date(Date.now() + days * 86_400_000);
    date.setUTCMinutes(1);
    return date;
  };
  await keepProjected(vendors, config, app.log, at(30));
  assert.ok(isListed(gone));
  // Denied long ago, and when the account ended is not known, or was the other day.
  await keepProjected(vendors, config, app.log, at(33));
  assert.ok(isListed(gone));
  await vendors.storage.updateCase(makeCaseId(gone, 1), (row) => ({ ...row, goneAt: at(33)().toISOString() }));
  await keepProjected(vendors, config, app.log, at(63));
  assert.ok(isListed(gone));
  await keepProjected(vendors, config, app.log, at(65));
  assert.deepEqual([isListed(gone), isListed(disabled)], [false, true]);
  assert.equal((await vendors.storage.getDenied(gone))?.released?.by, 'expiry');
});

test('where nobody can be looked for who makes room, the list is written all the same', async () => {
  const oid = await deleted();
  await event(oid);
  list.value = ',none,';
  const storage: typeof vendors.storage = {
    ...vendors.storage,
    listDenied: async () => {
      throw new Error('it cannot be read');
    },
  };
  const hourly = new Date();
  hourly.setUTCMinutes(1);
  await keepProjected({ ...vendors, storage }, config, app.log, () => hourly);
  assert.ok(isListed(oid));
});

test('a containment that failed stands on the row with its reason, is an error at once, and is told until it is mended', async () => {
  const oid = await deleted();
  const lift = app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  app.logged.length = 0;
  await event(oid);
  const told = () => app.logged.filter((line) => line.includes('containment-failed') && line.includes(oid)).length;
  assert.equal(told(), 1);
  const failed = (await vendors.storage.casesOf(oid))[0]?.row;
  assert.deepEqual([failed?.contained, (failed?.containedWhy ?? '').length > 0], ['failed', true]);
  await keepProjected(vendors, config, app.log);
  assert.equal(told(), 2);
  lift();
  await keepProjected(vendors, config, app.log);
  await keepProjected(vendors, config, app.log);
  assert.equal(told(), 2);
  const mended = (await vendors.storage.casesOf(oid))[0]?.row;
  assert.deepEqual([mended?.contained, mended?.containedWhy], ['done', undefined]);
});

test('a case whose row says that it failed, of somebody released since, is told no longer', async () => {
  const oid = await deleted();
  const lift = app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  await event(oid);
  await vendors.denied.release({ oid, at: new Date().toISOString(), by: 'operator', why: 'by mistake' });
  lift();
  await keepProjected(vendors, config, app.log);
  assert.equal((await vendors.storage.casesOf(oid))[0]?.row.contained, 'released');
  assert.deepEqual((await vendors.storage.listUncontained()).rows, []);
});

test('a case on hold is contained, and nothing is started', async () => {
  const crowd = [await deleted(), await deleted()];
  for (const oid of crowd) await openCase(vendors, { ...config, MAX_CASES_PER_HOUR: 1 }, requestFor(oid), app.start);
  const [, held] = crowd as [Oid, Oid];
  const row = (await vendors.storage.casesOf(held))[0]?.row;
  assert.deepEqual([row?.state, row?.contained, isListed(held), app.startsOf(held)], ['open', 'done', true, []]);
  assert.notEqual(row?.onHold, undefined);
});

const unwritten = {
  ...vendors,
  denied: {
    ...vendors.denied,
    deny: async () => {
      throw new Error('the table is away');
    },
  },
};

test('whose denial could not even be written is denied by the next round, and is not called contained before', async () => {
  const oid = await deleted();
  await openCase(unwritten, config, requestFor(oid), app.start);
  const contained = async () => (await vendors.storage.casesOf(oid))[0]?.row.contained;
  assert.deepEqual([await contained(), isListed(oid)], ['failed', false]);
  await keepProjected(unwritten, config, app.log);
  assert.equal(await contained(), 'failed');
  assert.equal((await vendors.storage.listUncontained()).rows.length, 1);
  await keepProjected(vendors, config, app.log);
  assert.deepEqual([await contained(), isListed(oid)], ['done', true]);
  assert.deepEqual((await vendors.storage.listUncontained()).rows, []);
});

test('the release of an older case does not pass for the containment of the newer one', async () => {
  const oid = await deleted();
  await event(oid);
  await administrator.restoreUser(oid);
  await event(oid);
  await administrator.deleteUser(oid);
  await receiveEntraEvent(unwritten, config, app.updated(oid), app.start, app.log);
  assert.equal(isListed(oid), false);
  await keepProjected(vendors, config, app.log);
  assert.deepEqual([(await vendors.storage.casesOf(oid))[1]?.row.contained, isListed(oid)], ['done', true]);
});

test('whose case is refused, or who is back, before the denial could be written is not denied by a late try', async () => {
  const [refused, back] = [await deleted(), await deleted()];
  for (const oid of [refused, back]) await openCase(unwritten, config, requestFor(oid), app.start);
  const change = async (oid: Oid, more: Partial<CaseRow>): Promise<void> => {
    const [stored] = await vendors.storage.casesOf(oid);
    assert.ok(stored !== undefined);
    await vendors.storage.updateCase(stored.row.caseId, (row) => ({ ...row, ...more }));
  };
  await change(refused, { state: 'refused' });
  await change(back, { restoredAt: new Date().toISOString() });
  await keepProjected(vendors, config, app.log);
  assert.deepEqual([isListed(refused), isListed(back)], [false, false]);
  // Who is back is told of on: nothing says that the gateway refuses them.
  assert.deepEqual(
    (await vendors.storage.listUncontained()).rows.map(({ oid }) => oid),
    [back],
  );
  await vendors.storage.removeUncontained(makeCaseId(back, 1));
});

test('one that cannot be looked at, and one whose case is not there, keep no other from being contained', async () => {
  const [broken, oid] = [await deleted(), await deleted()];
  const lost = makeCaseId(app.hire({ id: '00000000-0000-4000-8000-000000000001' }), 1);
  for (const each of [broken, oid]) await openCase(unwritten, config, requestFor(each), app.start);
  const since = new Date().toISOString();
  await vendors.storage.enterUncontained({ caseId: lost, oid: broken, since, why: 'x' });
  const storage: typeof vendors.storage = {
    ...vendors.storage,
    getDenied: async (asked) => {
      if (asked === broken) throw new Error('it cannot be read');
      return vendors.storage.getDenied(asked);
    },
  };
  await keepProjected({ ...vendors, storage }, config, app.log);
  assert.ok(isListed(oid));
  await keepProjected(vendors, config, app.log);
  assert.ok(isListed(broken));
  assert.deepEqual((await vendors.storage.listUncontained()).rows, []);
});
