import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { ArmNamedValue } from '../../local/tenant/arm/state.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { keepProjected } from '../../src/intake/containing/keep-projected.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import type { StartCase } from '../../src/intake/starting/start-row.ts';
import { forgetDenied } from '../support/forget-denied.ts';
import { app, arm, config, deleted, event, isListed, requestFor, reset, vendors } from './contained-first/world.ts';

after(() => app.stop());

const [list] = arm.namedValues.all() as [ArmNamedValue];

beforeEach(reset);

test('with an engine that is down the leaver is contained all the same', async () => {
  const oid = app.hire();
  const broken: StartCase = async () => {
    throw new Error('the engine is down');
  };
  await assert.rejects(openCase(vendors, config, requestFor(oid), broken), /engine/);
  assert.ok(isListed(oid));
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
