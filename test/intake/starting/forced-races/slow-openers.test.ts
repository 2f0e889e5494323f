import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { watchCases } from '../../../../src/duties/cases/watch-cases.ts';
import { projectDenied } from '../../../../src/duties/project-denied.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../../src/triggers/entra/entra-events.ts';
import {
  administrator,
  app,
  barrier,
  config,
  contextOf,
  deleted,
  host,
  isListed,
  log,
  plain,
  reset,
  rowsOf,
  type Storage,
  start,
  startsOf,
  told,
} from './world.ts';

after(() => app.stop());

beforeEach(reset);

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
