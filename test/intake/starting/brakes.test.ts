import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import { filedAs } from '../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { readAgain } from '../../../src/intake/read-again.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { releaseHeld } from '../../../src/intake/starting/release-held.ts';
import {
  administrator,
  app,
  by,
  config,
  deleted,
  isListed,
  requestFor,
  reset,
  rowOf,
  vendors,
} from './brakes/world.ts';

after(() => app.stop());

beforeEach(reset);

test('of all who are on hold those are released who are meant, and nobody who came back', async () => {
  const tight = { ...config, MAX_CASES_PER_HOUR: 1 };
  const [first, held, back, later] = [await deleted(), await deleted(), await deleted(), await deleted()] as const;
  for (const oid of [first, held, back])
    await openCase(vendors, tight, requestFor(oid, { trigger: 'sweep' }), app.start);
  const soon = new Date(Date.now() + 60_000);
  await openCase(vendors, tight, requestFor(later, { trigger: 'sweep' }), app.start, () => soon);
  await administrator.restoreUser(back);
  const which = { heldBy: 'mass-leaving', openedTo: new Date(soon.getTime() - 1).toISOString() } as const;
  const done = await releaseHeld(vendors, config, which, by, app.start, () => new Date());
  assert.deepEqual(done, { started: 1, notStarted: 1, left: 0 });
  assert.deepEqual(
    [held, back, later].map((oid) => app.startsOf(oid).length),
    [1, 0, 0],
  );
  assert.deepEqual([held, back, later].map(isListed), [true, false, true]);
  assert.match((await rowOf(held))?.reason ?? '', /Released by .*: they are meant/);
});

test('one that fails keeps no other on hold', async () => {
  const tight = { ...config, MAX_CASES_PER_HOUR: 1 };
  const day = new Date(Date.now() + 2 * 86_400_000);
  const people = [await deleted(), await deleted(), await deleted()] as const;
  for (const oid of people) await openCase(vendors, tight, requestFor(oid, { trigger: 'sweep' }), app.start, () => day);
  const broken = makeCaseId(people[1], 1);
  const updateCase: typeof vendors.storage.updateCase = async (caseId, ...change) => {
    if (caseId === broken) throw new Error('the table is down');
    return vendors.storage.updateCase(caseId, ...change);
  };
  const failing = { ...vendors, storage: { ...vendors.storage, updateCase } };
  const which = { openedFrom: day.toISOString() };
  const done = await releaseHeld(failing, config, which, by, app.start, () => new Date());
  assert.deepEqual(done, { started: 1, notStarted: 0, left: 1 });
});

test('one trigger does not use up what another may', async () => {
  const tight = { ...config, MAX_CASES_PER_HOUR: 1 };
  const [first, second] = [await deleted(), await deleted()];
  await openCase(vendors, tight, requestFor(first, { trigger: 'entra-event' }), app.start);
  const other = await openCase(
    vendors,
    tight,
    requestFor(second, { trigger: 'hr-queue', lastDay: '2026-01-31' }),
    app.start,
  );
  assert.equal(other.kind, 'opened');
});

test('one caller does not use up what another may, and each gets it back when the hour has passed', async () => {
  const now = new Date();
  const ask = (caller: string, at = now) =>
    vendors.storage.takeAllowance({ caller, limit: 3, windowMs: 3_600_000 }, at);
  const waits = await Promise.all(Array.from({ length: 5 }, () => ask('a')));
  assert.deepEqual(waits.filter((wait) => wait === 0).length, 3);
  assert.equal(await ask('b'), 0);
  assert.equal(await ask('a', new Date(now.getTime() + 3_600_000)), 0);
});

test('a tenth of the directory leaves within an hour: the next is on hold, contained', async () => {
  const share = { ...config, MASS_LEAVING_PERCENT: 10, MAX_CASES_PER_HOUR: 1_000 };
  const crowd = await Promise.all(Array.from({ length: 12 }, () => deleted()));
  const day = new Date(Date.now() + 86_400_000);
  for (const oid of crowd) await openCase(vendors, share, requestFor(oid), app.start, () => day);
  const rows = await Promise.all(crowd.map(rowOf));
  assert.deepEqual(
    rows.map((row) => row?.heldBy),
    [...Array(10).fill(undefined), 'mass-leaving', 'mass-leaving'],
  );
  assert.ok(crowd.every(isListed));
});

test('a filed case is not read again about somebody who was let in again or is back, or whom the firm protects by now', async () => {
  const at = new Date();
  const due = async (more: Partial<CaseRow> = {}): Promise<CaseRow> => {
    const oid = await deleted();
    await openCase(vendors, config, requestFor(oid), app.start);
    const filed = { filedAt: at.toISOString(), outcome: 'incomplete', incident: false, report: 'cases/1/report.json' };
    const { row } = await vendors.storage.updateCase(makeCaseId(oid, 1), (current) => ({
      ...filedAs(current, { ...filed, readAgainAt: at.toISOString() }),
      ...more,
    }));
    return row;
  };
  const why = async (row: CaseRow, settings = config): Promise<string> => {
    const over = await readAgain(vendors, settings, row, at);
    assert.equal(over.kind, 'over');
    const after = await rowOf(row.oid);
    assert.deepEqual([after?.state, after?.readAgainAt], ['filed', undefined]);
    return after?.notReadAgain ?? '';
  };
  const released = await due();
  await vendors.denied.release({ oid: released.oid, at: at.toISOString(), by: WORLD.operator.oid, why: 'a mistake' });
  assert.match(await why(released), /let the person in again at .*: a mistake/);
  assert.match(await why(await due({ restoredAt: at.toISOString() })), /seen to be back/);
  assert.match(await why(await due(), { ...config, READ_AGAIN_DAYS: 0 }), /READ_AGAIN_DAYS/);
  const replaced = await due();
  const next = { ...replaced, n: 2, caseId: makeCaseId(replaced.oid, 2), state: 'failed' as const };
  await vendors.storage.createCase(next);
  const seen = await readAgain(vendors, config, replaced, at);
  assert.match(seen.kind === 'over' ? seen.why : seen.kind, /same person, and newer/);
  const guarded = await due();
  assert.match(await why(guarded, { ...config, PROTECTED_OIDS: [guarded.oid] }), /protected/i);
});
