import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { filedAs } from '../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { config } from '../../../src/config.ts';
import { enterUnfinished } from '../../../src/duties/cases/unfinished-cases.ts';
import { watchCases } from '../../../src/duties/cases/watch-cases.ts';
import type { Duty, DutyContext } from '../../../src/duties/duty.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { app, write } from './watch-cases-world.ts';

after(() => app.stop());

test('an unfinished case without an entry, as an older version wrote it, is entered once a day; what is over leaves in an hour', async () => {
  const { storage } = app.context.vendors;
  const entered = async (oid: Oid) => (await storage.listUnfinished()).some(({ caseId }) => caseId.startsWith(oid));
  const [lost, filed, again] = [app.hire(), app.hire(), app.hire()];
  await write(lost, { state: 'running' });
  await write(filed, { state: 'running' });
  await write(again, { state: 'running' });
  const report = { filedAt: '2026-11-20T10:00:00Z', outcome: 'incomplete', incident: false, report: 'r.json' };
  await storage.updateCase(makeCaseId(filed, 1), (row) => filedAs(row, report));
  const later = { ...report, readAgainAt: '2100-01-01T00:00:00Z' };
  await storage.updateCase(makeCaseId(again, 1), (row) => filedAs(row, later));
  for (const entry of await storage.listUnfinished()) await storage.removeUnfinished(entry);
  await storage.updateCase(makeCaseId(filed, 1), (row) => ({ ...row, state: 'running' }));
  await storage.updateCase(makeCaseId(filed, 1), (row) => filedAs(row, report));

  const run = (duty: Duty, minutes: number) => {
    const at = new Date(Date.now() + minutes * 60_000);
    const getStatus = async () => ({ runtimeStatus: 'Running', createdTime: at, lastUpdatedTime: at });
    return duty.run({
      ...{ vendors: app.context.vendors, log: app.context.log, settings: config() },
      client: { getStatus } as unknown as DutyContext['client'],
      now: () => at,
    });
  };
  await run(enterUnfinished, 2 * 1_440);
  assert.deepEqual([await entered(lost), await entered(filed), await entered(again)], [true, true, true]);
  // Not again on the same day.
  for (const entry of await storage.listUnfinished())
    if (entry.caseId.startsWith(lost)) await storage.removeUnfinished(entry);
  await run(enterUnfinished, 2 * 1_440 + 1_430);
  assert.equal(await entered(lost), false);
  await run(watchCases, 59);
  assert.equal(await entered(filed), true);
  await run(watchCases, 61);
  assert.deepEqual([await entered(filed), await entered(again)], [false, true]);
});

test('a table of cases that was restored without its index: whoever waits for a day is started on it, and listed', async () => {
  const { storage } = app.context.vendors;
  const oid = app.hire();
  const caseId = makeCaseId(oid, 1);
  const [at, day] = [new Date(Date.now() + 5 * 24 * 3_600_000), '2100-02-26T17:00:00.000Z'];
  await write(oid, { state: 'scheduled', startsAt: day, openedAt: '2099-11-20T09:00:00.000Z' });
  const due = async () => (await storage.dueStarts(new Date(day), 1_000)).map((entry) => entry.caseId);
  const listed = async () => (await storage.listCases({ limit: 1 })).cases.map(({ row }) => row.caseId);
  assert.deepEqual([(await due()).includes(caseId), (await listed()).includes(caseId)], [false, false]);
  const { vendors, log } = app.context;
  await enterUnfinished.run({ vendors, log, settings: config(), client: {} as DutyContext['client'], now: () => at });
  assert.deepEqual([(await due()).includes(caseId), (await listed()).includes(caseId)], [true, true]);
});
