import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { fileReport } from '../../../activities/case/report/file-report.ts';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { filedAs } from '../../../src/cases/following/attempts.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import { openVendors, type Vendors } from '../../../src/connectors/vendors.ts';
import { decideCase, recheckCase } from '../../../src/intake/deciding/decide-case.ts';
import { readBecauseOf } from '../../../src/intake/deciding/read-because-of.ts';
import { readSealed } from '../../../src/intake/deciding/read-sealed.ts';
import { restoreCase } from '../../../src/intake/deciding/restore-case.ts';
import { readAgain } from '../../../src/intake/read-again.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { runCase } from '../../activities/case/run-case.ts';
import { caseStudy } from '../../report/sample/case-study.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { seedContext } from '../../support/seed-context.ts';
import { keepBlobsInMemory } from '../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../support/storage-in-memory/tables.ts';

/*
 * What has a filed case go on, two at the same moment, each order forced: the one waits before it writes the row until the
 * other has done all of its part.
 */
keepTablesInMemory();
keepBlobsInMemory();
const arm = seedArm(seedContext());
const app = await startIntakeApp({ vendors: (core) => [makeArm(core, arm)], storage: 'memory' });
after(() => app.stop());
const { config, log } = app;
const plain = openVendors(config);
const SECOND = WORLD.operator.oid as Oid;
const AT = new Date(Date.now() - 3_600_000);

/** A case that is filed, of which something waits, and whose first follow-up is due. */
async function filedCase(): Promise<CaseRow> {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const asked = { reason: 'left', requestedBy: 'entra', requestedAt: AT.toISOString(), mode: 'apply' } as const;
  await openCase(plain, config, { oid, trigger: 'entra-event', ...asked }, app.start);
  const caseId = makeCaseId(oid, 1);
  const { row } = (await plain.storage.getCase(caseId)) ?? assert.fail();
  const ran = await runCase(config, 1, oid);
  const waits = caseStudy()
    .parts.flatMap(({ findings }) => findings)
    .filter(({ remedy }) => remedy?.risk === 'disruptive');
  const remedies = waits.map(({ id: findingId, title, remedy }) => ({ findingId, title, remedy }));
  const plan = await plain.storage.putJson('work', `${caseId}/plan-with-what-waits`, {
    ...{ caseId, hash: 'c'.repeat(64), remedies, known: [], places: [] },
  });
  const context = { vendors: plain, settings: config, log, now: () => AT } as never;
  const { report, outcome, incident } = await fileReport.handler(
    { ...ran, plan, row: { ...ran.row, ...row } },
    context,
  );
  const filed = { filedAt: AT.toISOString(), outcome, incident, report: report.name };
  const followUps = [{ which: '24h', at: AT.toISOString() }] as const;
  const written = await plain.storage.updateCase(caseId, (current) => ({ ...filedAs(current, filed), followUps }));
  return written.row;
}

interface Word {
  readonly what: string;
  /** Says it over these vendors. @returns whether the row must hold it now */
  readonly say: (vendors: Vendors, row: CaseRow) => Promise<boolean>;
  /** Whether the row holds it: its reading goes on or is to come, and what was said is on record. */
  readonly holds: (row: CaseRow) => boolean;
}

const now = (): Date => new Date();
const WORDS: readonly Word[] = [
  {
    what: 'an approval',
    say: async (vendors, row) => {
      const { plan, waiting = new Set() } = (await readSealed(vendors, row)) ?? assert.fail();
      const approve = (plan?.remedies ?? []).filter(({ findingId }) => waiting.has(findingId)).slice(0, 1);
      assert.equal(approve.length, 1, 'something waits');
      const said = { by: SECOND, planHash: plan?.hash ?? '', reason: 'So be it.', emergency: false, reject: [] };
      const decided = await decideCase(
        vendors,
        config,
        row,
        { ...said, approve: approve.map(({ findingId }) => findingId) },
        now(),
      );
      return decided.kind === 'decided';
    },
    holds: ({ decisions }) => decisions?.length === 1,
  },
  {
    what: 'an undoing of the whole case',
    say: async (vendors, row) => {
      const said = { by: SECOND, reason: 'The wrong person.', revision: 1, what: 'all' } as const;
      return (await restoreCase(vendors, row, { ...said, undoneBy: () => 'app' }, now())).kind === 'restoring';
    },
    holds: ({ restores }) => restores?.length === 1,
  },
  {
    what: 'a recheck',
    say: async (vendors, row) => (await recheckCase(vendors, config, row, now())).kind === 'decided',
    holds: ({ because }) => because === 'recheck',
  },
  {
    what: 'a follow-up',
    say: async (vendors, row) => (await readAgain(vendors, config, row, now())).kind === 'due',
    // Whatever reading comes is this one as well.
    holds: ({ state, followUps = [] }) => state === 'running' && followUps.every(({ which }) => which !== '24h'),
  },
  {
    what: 'an answer',
    say: async (vendors, { oid }) => {
      await readBecauseOf(vendors, config, oid, now().toISOString(), false);
      return true;
    },
    holds: ({ because, followUps = [] }) => because === 'answer' || followUps.some(({ which }) => which === 'answer'),
  },
];

/** Vendors whose first write of a case row waits. */
function slow(): { readonly vendors: Vendors; readonly arrived: Promise<void>; readonly open: () => void } {
  const [arrival, opening] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const opened = openVendors(config);
  const updateCase: Vendors['storage']['updateCase'] = async (caseId: CaseId, change) => {
    arrival.resolve();
    await opening.promise;
    return plain.storage.updateCase(caseId, change);
  };
  const vendors = { ...opened, storage: { ...opened.storage, updateCase } };
  return { vendors, arrived: arrival.promise, open: opening.resolve };
}

describe('of two that have a filed case go on, one does, and neither is lost:', () => {
  for (const first of WORDS)
    for (const second of WORDS)
      test(`${first.what} is about to be written, and ${second.what} comes`, async () => {
        const row = await filedCase();
        const { vendors, arrived, open } = slow();
        const late = first.say(vendors, row);
        await arrived;
        const counts = await second.say(plain, row);
        open();
        const also = await late;
        assert.equal(counts, true, `${second.what} found a filed case`);
        const after = (await plain.storage.getCase(row.caseId))?.row ?? assert.fail();
        assert.deepEqual([after.state, after.revisions?.length, after.generation], ['running', 1, 1]);
        assert.equal(second.holds(after), true, JSON.stringify(after));
        if (also) assert.equal(first.holds(after), true, JSON.stringify(after));
      });
});
