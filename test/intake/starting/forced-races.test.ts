import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { lostUpdates } from '../../../bench/containment/lost-updates.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { openDenied } from '../../../src/connectors/denied/index.ts';
import { openVendors, type Vendors } from '../../../src/connectors/vendors.ts';
import { startScheduledCases } from '../../../src/duties/cases/start-scheduled-cases.ts';
import { watchCases } from '../../../src/duties/cases/watch-cases.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { projectDenied } from '../../../src/duties/project-denied.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { startCaseWith } from '../../../src/intake/starting/start-case.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { makeEngine } from '../../support/engine.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { seedContext } from '../../support/seed-context.ts';
import { keepBlobsInMemory } from '../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../support/storage-in-memory/tables.ts';

/*
 * Two hosts at the same moment, each order of what they do to each other forced: one waits at a barrier in a call of
 * storage or of the gateway until the other has done its part.
 */
keepTablesInMemory();
keepBlobsInMemory();
const arm = seedArm(seedContext());
const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  storage: 'memory',
  settings: { MAX_CASES_PER_HOUR: '1000' },
});
after(() => app.stop());
const { config, administrator, log } = app;
const begun: string[] = [];
const engine = makeEngine((caseId) => begun.push(caseId));
const start = startCaseWith(engine.client);
const isListed = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(`,${oid},`));
beforeEach(async () => {
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await forgetDenied(config);
});

type Storage = Vendors['storage'];
type Gateway = Vendors['gateway'];

/** A host of its own, some of whose calls are others. */
function host(change: { readonly storage?: Partial<Storage>; readonly gateway?: Partial<Gateway> } = {}): Vendors {
  const opened = openVendors(config);
  const [storage, gateway] = [
    { ...opened.storage, ...change.storage },
    { ...opened.gateway, ...change.gateway },
  ];
  return { ...opened, storage, gateway, denied: openDenied({ storage, gateway, restMs: 0 }) };
}

/** Whoever comes to `pass` first waits until `open` is called. */
function barrier() {
  const [arrival, opening] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const pass = (): Promise<void> => {
    arrival.resolve();
    return opening.promise;
  };
  return { pass, arrived: arrival.promise, open: opening.resolve };
}

const plain = host();
const contextOf = (vendors: Vendors, now = new Date()): DutyContext => ({
  ...{ vendors, settings: config, log, client: engine.client },
  now: () => now,
});
const deleted = async (): Promise<Oid> => {
  const oid = app.hire();
  await administrator.deleteUser(oid);
  return oid;
};
const told = (oid: Oid, vendors: Vendors): Promise<void> =>
  receiveEntraEvent(vendors, config, app.updated(oid), start, log);
const rowsOf = async (oid: Oid) => (await plain.storage.casesOf(oid)).map(({ row }) => row);
const startsOf = (caseId: CaseId): number => begun.filter((each) => each === caseId).length;

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

describe('whoever opens a case is dead, or slow, before the leaver is contained:', () => {
  /** A leaver whose case is written, and its opener before the denial, or before the start. */
  const opening = async (at: 'denial' | 'start') => {
    const [oid, gate] = [await deleted(), barrier()];
    const changeDenied: Storage['changeDenied'] = async (...change) => {
      await gate.pass();
      return plain.storage.changeDenied(...change);
    };
    const slowly: typeof start = async (...begin) => {
      await gate.pass();
      return start(...begin);
    };
    const opener = receiveEntraEvent(
      at === 'denial' ? host({ storage: { changeDenied } }) : plain,
      config,
      app.updated(oid),
      at === 'start' ? slowly : start,
      log,
    );
    await gate.arrived;
    const openedAt = Date.parse((await rowsOf(oid))[0]?.openedAt ?? '');
    const look = (seconds: number): Promise<number> =>
      watchCases.run(contextOf(plain, new Date(openedAt + seconds * 1_000)));
    return { oid, caseId: makeCaseId(oid, 1), opener, look, ...gate };
  };
  const shown = async (oid: Oid) => {
    const rows = await rowsOf(oid);
    return [rows.map(({ state, contained }) => [state, contained]), isListed(oid), startsOf(makeCaseId(oid, 1))];
  };

  test('dead: the first round after a minute contains the leaver and starts the case', async () => {
    const { oid, look } = await opening('denial');
    await look(59);
    assert.deepEqual(await shown(oid), [[['open', undefined]], false, 0]);
    await look(60);
    assert.deepEqual(await shown(oid), [[['running', 'done']], true, 1]);
  });

  for (const at of ['denial', 'start'] as const)
    test(`slow at the ${at}: overtaken, it changes nothing, also where the case is filed by then`, async () => {
      for (const state of ['running', 'filed'] as const) {
        const { oid, caseId, opener, look, open } = await opening(at);
        await look(60);
        if (state === 'filed') await plain.storage.updateCase(caseId, (row) => ({ ...row, state }));
        open();
        await opener;
        assert.deepEqual(await shown(oid), [[[state, 'done']], true, 1]);
        assert.equal((await plain.storage.getDenied(oid))?.generation, 1);
      }
    });

  test('slow, and the person is restored meanwhile: refused by the round, and let in by whoever is last', async () => {
    const { oid, opener, look, open } = await opening('denial');
    await administrator.restoreUser(oid);
    await look(60 + config.REPLICATION_SECONDS);
    assert.deepEqual(await shown(oid), [[['refused', undefined]], false, 0]);
    open();
    await opener;
    assert.deepEqual(
      [(await rowsOf(oid))[0]?.state, isListed(oid), startsOf(makeCaseId(oid, 1))],
      ['refused', false, 0],
    );
  });
  for (const denied of ['nobody', 'somebody else'] as const)
    test(`refused while the opener is slow, which dies once it has denied them: ${denied} had denied them before`, async () => {
      const [oid, late, dead] = [await deleted(), barrier(), barrier()];
      const at = new Date(Date.now() - 3_600_000).toISOString();
      if (denied !== 'nobody') await plain.denied.deny({ oid, kind: 'person', why: 'By hand.', at });
      const changeDenied: Storage['changeDenied'] = async (...change) => {
        await late.pass();
        return plain.storage.changeDenied(...change);
      };
      const putFirst: Storage['putFirst'] = async (...file) => {
        if (file[1].includes('/actions/')) await dead.pass();
        return plain.storage.putFirst(...file);
      };
      void told(oid, host({ storage: { changeDenied, putFirst } }));
      await late.arrived;
      await plain.storage.updateCase(makeCaseId(oid, 1), (row) => ({ ...row, state: 'refused', refusal: 'Restored.' }));
      late.open();
      await dead.arrived;
      assert.equal(isListed(oid), true);
      await projectDenied.run(contextOf(plain));
      assert.equal(isListed(oid), denied !== 'nobody');
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
