import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { startOpenCase } from '../../../src/intake/starting/start-row.ts';
import { app, become, config, council, down, leftOpen, requestFor, rowOf, vendors } from './world.ts';

after(() => app.stop());

beforeEach(() => app.tenant.faults.clear());

test('what another host started meanwhile is not refused, and whom it contained stays out', async () => {
  const oid = await leftOpen();
  const before = await rowOf(oid);
  await vendors.storage.updateCase(before.caseId, (row) => ({ ...row, state: 'running' }));
  council.add(oid);
  await startOpenCase(vendors, config, before, app.start);
  const { state, isListed } = await become(oid);
  assert.deepEqual([state, isListed], ['running', true]);
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
