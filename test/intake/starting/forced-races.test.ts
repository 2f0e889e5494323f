import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { lostUpdates } from '../../../bench/containment/lost-updates.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { startScheduledCases } from '../../../src/duties/cases/start-scheduled-cases.ts';
import { projectDenied } from '../../../src/duties/project-denied.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import type { Oid } from '../../../src/people/oid.ts';
import {
  administrator,
  app,
  arm,
  barrier,
  begun,
  config,
  contextOf,
  deleted,
  type Gateway,
  host,
  isListed,
  plain,
  reset,
  rowsOf,
  type Storage,
  start,
  startsOf,
  told,
} from './forced-races/world.ts';

after(() => app.stop());

beforeEach(reset);

describe('the list is repaired while a new leaver is contained:', () => {
  /** Somebody who is denied, and whom a hand took off the list. */
  const drifted = async (): Promise<Oid> => {
    const oid = await deleted();
    await told(oid, plain);
    for (const row of arm.namedValues.all()) row.value = ',none,';
    return oid;
  };
  const assertBothRefused = async (lost: Oid, leaver: Oid): Promise<void> => {
    assert.deepEqual([isListed(lost), isListed(leaver)], [true, true]);
    const denied = (await plain.storage.listDenied()).map(({ oid, state }) => [oid, state]);
    assert.deepEqual(denied.sort(), [lost, leaver].map((oid) => [oid, 'denied']).sort());
    const rows = await rowsOf(leaver);
    assert.deepEqual(
      rows.map(({ state, contained }) => [state, contained]),
      [['running', 'done']],
    );
    assert.equal(startsOf(makeCaseId(leaver, 1)), 1);
  };

  test('the repair was decided before the leaver was on the list, and is written after', async () => {
    const [lost, leaver] = [await drifted(), await deleted()];
    const gate = barrier();
    const takeTurn: Storage['takeTurn'] = async (ms) => {
      await gate.pass();
      return plain.storage.takeTurn(ms);
    };
    const repair = projectDenied.run(contextOf(host({ storage: { takeTurn } })));
    await gate.arrived;
    await told(leaver, host());
    assert.deepEqual([isListed(lost), isListed(leaver)], [true, true]);
    gate.open();
    await repair;
    await assertBothRefused(lost, leaver);
  });

  test('the leaver comes while the repair writes: it waits, and is on the list before its case begins', async () => {
    const [lost, leaver] = [await drifted(), await deleted()];
    const [writing, waiting] = [barrier(), barrier()];
    const changeDenyList: Gateway['changeDenyList'] = (decide, beforeWrite) =>
      plain.gateway.changeDenyList(decide, async (images) => {
        await writing.pass();
        await beforeWrite?.(images);
      });
    const takeTurn: Storage['takeTurn'] = async (ms) => {
      const turn = await plain.storage.takeTurn(ms);
      void waiting.pass();
      return turn;
    };
    const repair = projectDenied.run(contextOf(host({ gateway: { changeDenyList } })));
    await writing.arrived;
    const contained = told(leaver, host({ storage: { takeTurn } }));
    await waiting.arrived;
    assert.deepEqual([isListed(leaver), startsOf(makeCaseId(leaver, 1))], [false, 0]);
    writing.open();
    await Promise.all([repair, contained]);
    await assertBothRefused(lost, leaver);
  });

  test('the leaver’s row is written, and the repair puts them on the list first', async () => {
    const [lost, leaver] = [await drifted(), await deleted()];
    const gate = barrier();
    const changeDenyList: Gateway['changeDenyList'] = async (...decide) => {
      await gate.pass();
      return plain.gateway.changeDenyList(...decide);
    };
    const contained = told(leaver, host({ gateway: { changeDenyList } }));
    await gate.arrived;
    await projectDenied.run(contextOf(host()));
    assert.equal(isListed(leaver), true);
    gate.open();
    await contained;
    await assertBothRefused(lost, leaver);
  });
});

describe('deleted in the minute of the last day’s end:', () => {
  const DAY_MS = 86_400_000;
  const later = (): Date => new Date(Date.now() + DAY_MS + 1_000);
  const scheduled = async (): Promise<{ readonly oid: Oid; readonly caseId: CaseId }> => {
    const oid = app.hire();
    const at = new Date();
    const startsAt = new Date(at.getTime() + DAY_MS).toISOString();
    const word = { reason: 'HR reported a leaver.', requestedBy: 'hr', requestedAt: at.toISOString() };
    await openCase(
      plain,
      config,
      { oid, trigger: 'hr-queue', mode: 'apply', ...word, startsAt, lastDay: startsAt.slice(0, 10) },
      start,
    );
    return { oid, caseId: makeCaseId(oid, 1) };
  };
  const round = (vendors: Vendors): Promise<number> => startScheduledCases.run(contextOf(vendors, later()));
  const assertOne = async (oid: Oid, caseId: CaseId): Promise<void> => {
    await plain.storage.updateCase(caseId, (row) => ({ ...row, state: 'filed' }));
    await round(plain);
    const rows = await rowsOf(oid);
    assert.deepEqual([rows.length, startsOf(caseId), isListed(oid)], [1, 1, true]);
    assert.deepEqual(
      rows[0]?.merged.map(({ trigger }) => trigger),
      ['entra-event'],
    );
    assert.ok(rows[0]?.deletedAt, 'the deletion stands on the row');
    assert.deepEqual(await plain.storage.dueStarts(later(), 10), []);
  };
  /** A host that waits before its first change of a row. */
  const heldAtRow = (gate: ReturnType<typeof barrier>): Vendors =>
    host({
      storage: {
        updateCase: async (...change) => {
          await gate.pass();
          return plain.storage.updateCase(...change);
        },
      },
    });

  test('the day starts the case while the deletion is about to join it', async () => {
    const { oid, caseId } = await scheduled();
    await administrator.deleteUser(oid);
    const gate = barrier();
    const event = told(oid, heldAtRow(gate));
    await gate.arrived;
    assert.equal(await round(plain), 1);
    gate.open();
    await event;
    await assertOne(oid, caseId);
  });

  test('the deletion starts the case while the day is about to', async () => {
    const { oid, caseId } = await scheduled();
    const gate = barrier();
    const day = round(heldAtRow(gate));
    await gate.arrived;
    await administrator.deleteUser(oid);
    await told(oid, plain);
    gate.open();
    assert.equal(await day, 0);
    await assertOne(oid, caseId);
  });

  test('the day has begun with it, and the deletion comes before the leaver is contained', async () => {
    const { oid, caseId } = await scheduled();
    const gate = barrier();
    const changeDenied: Storage['changeDenied'] = async (...change) => {
      await gate.pass();
      return plain.storage.changeDenied(...change);
    };
    const day = round(host({ storage: { changeDenied } }));
    await gate.arrived;
    await administrator.deleteUser(oid);
    await told(oid, plain);
    assert.equal(startsOf(caseId), 1);
    gate.open();
    await day;
    await assertOne(oid, caseId);
  });
});

test('forty leave at once, every fourth event comes to both hosts: nothing is lost or doubled', async () => {
  const leavers: Oid[] = [];
  while (leavers.length < 40) leavers.push(await deleted());
  const hosts = [host(), host()];
  await Promise.all(
    leavers.flatMap((oid, at) =>
      hosts.filter((_, index) => at % 4 === 0 || at % 2 === index).map((each) => told(oid, each)),
    ),
  );
  const started = new Map(begun.map((caseId) => [`case-${caseId}`, 0]));
  assert.deepEqual(await lostUpdates(leavers, { config, arm, started }), []);
  for (const oid of leavers) assert.equal(startsOf(makeCaseId(oid, 1)), 1);
});
