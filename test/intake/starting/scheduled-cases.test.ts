import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { startScheduledCases } from '../../../src/duties/cases/start-scheduled-cases.ts';
import { noteReturn } from '../../../src/intake/containing/note-return.ts';
import {
  administrator,
  app,
  ask,
  at,
  clear,
  client,
  config,
  engine,
  event,
  isListed,
  isoAt,
  reset,
  round,
  rowOf,
  schedule,
  stateOf,
  vendors,
} from './scheduled-cases/world.ts';

after(() => app.stop());

beforeEach(reset);

test('before its instant nobody is cut off; from then on the leaver is contained and the case runs, once', async () => {
  const { oid, caseId } = await schedule();
  assert.deepEqual([await stateOf(caseId), isListed(oid)], ['scheduled', false]);
  await round(23.99);
  assert.deepEqual([await stateOf(caseId), isListed(oid), app.startsOf(oid)], ['scheduled', false, []]);
  assert.equal(await round(24), 1);
  assert.deepEqual([await stateOf(caseId), isListed(oid), app.startsOf(oid)], ['running', true, [`case-${caseId}`]]);
  assert.equal(await round(24), 0);
});

test('a timer that was away starts what it missed, and the case says how late', async () => {
  const { caseId } = await schedule();
  assert.equal(await round(27), 1);
  assert.match((await rowOf(caseId)).reason, /Scheduled for .* UTC, and began 3 hours late\.$/);
});

test('of a month of cases to come a round reads no row', async () => {
  await clear();
  for (let week = 1; week <= 4; week += 1) await schedule({ startsAt: isoAt(168 * week) });
  const read: string[] = [];
  const getCase: Vendors['storage']['getCase'] = (caseId) => {
    read.push(caseId);
    return vendors.storage.getCase(caseId);
  };
  await round(1, { ...vendors, storage: { ...vendors.storage, getCase } });
  assert.deepEqual(read, []);
  await clear();
});

test('two hosts at the same moment start each case once', async () => {
  const cases = await Promise.all(Array.from({ length: 4 }, () => schedule()));
  engine.asked = [];
  await Promise.all([round(25), round(25)]);
  await round(25);
  assert.deepEqual(engine.asked.toSorted(), cases.map(({ caseId }) => `case-${caseId}`).toSorted());
  for (const { caseId } of cases) assert.equal(await stateOf(caseId), 'running');
});

test('an engine that is down: the leaver is contained, and the case starts when it is back', async () => {
  const { oid, caseId } = await schedule();
  engine.down = true;
  assert.equal(await round(24), 0);
  engine.down = false;
  assert.deepEqual([isListed(oid), await stateOf(caseId)], [true, 'open']);
  assert.equal(await round(24.1), 1);
  assert.equal(await stateOf(caseId), 'running');
});

test('a directory that does not answer on the day: nothing is done, it is told, and the next round starts the case', async () => {
  const { oid, caseId } = await schedule();
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  await round(24);
  lift();
  assert.deepEqual([await stateOf(caseId), isListed(oid)], ['scheduled', false]);
  assert.ok(app.logged.some((line) => line.includes('the directory cannot be read') && line.includes(caseId)));
  assert.equal(await round(24.1), 1);
});

test('who was put under protection meanwhile is refused on the day', async () => {
  const { oid, caseId } = await schedule();
  const guarded = { ...config, PROTECTED_OIDS: [oid] };
  await startScheduledCases.run({ vendors, settings: guarded, log: app.log, client, now: at(24) });
  assert.deepEqual([await stateOf(caseId), isListed(oid)], ['refused', false]);
});

test('a deletion that comes early starts the case at once; its day then finds nothing left to do', async () => {
  const { oid, caseId } = await schedule();
  await administrator.deleteUser(oid);
  await ask(event(oid), 1);
  assert.deepEqual([await stateOf(caseId), isListed(oid), app.startsOf(oid)], ['running', true, [`case-${caseId}`]]);
  await vendors.storage.updateCase(caseId, (row) => ({ ...row, state: 'filed' }));
  await round(24);
  assert.equal((await vendors.storage.casesOf(oid)).length, 1);
});

test('who is to leave on a day to come has not come back by an edit of the profile', async () => {
  const { oid, caseId } = await schedule();
  const row = await rowOf(caseId);
  assert.deepEqual(await noteReturn(vendors, { oid, state: 'active' }, [row], at(1)()), []);
  assert.equal((await rowOf(caseId)).restoredAt, undefined);
});
