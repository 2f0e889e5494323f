import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { CaseRow } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { keepProjected } from '../../../src/intake/containing/keep-projected.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { administrator, app, config, deleted, event, isListed, requestFor, reset, vendors } from './world.ts';

after(() => app.stop());

beforeEach(reset);

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
