import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeArm, seedArm } from '../../../local/tenant/arm/vendor.ts';
import { endAttempt, filedAs } from '../../../src/cases/following/attempts.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { casePolicy } from '../../../src/config/config-cases.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { watchCases } from '../../../src/duties/cases/watch-cases.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { tryHrNotices } from '../../../src/duties/try-hr-notices.ts';
import { readAgain } from '../../../src/intake/read-again.ts';
import { beginAttempt } from '../../../src/intake/starting/begin-attempt.ts';
import { releaseHeld } from '../../../src/intake/starting/release-held.ts';
import { startCaseWith } from '../../../src/intake/starting/start-case.ts';
import type { StartCase } from '../../../src/intake/starting/start-row.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { receiveHrMessage } from '../../../src/triggers/hr/hr-queue.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';
import { makeEngine } from '../../support/engine.ts';
import { seedContext } from '../../support/seed-context.ts';
import { keepBlobsInMemory } from '../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../support/storage-in-memory/tables.ts';

/*
 * What HR said holds, whatever the directory, other requests and rows that nobody can read do meanwhile; and what it took
 * back lets nothing more be cut.
 */
keepTablesInMemory();
keepBlobsInMemory();
const arm = seedArm(seedContext());
const app = await startIntakeApp({
  vendors: (core) => [makeArm(core, arm)],
  storage: 'memory',
  settings: { HR_QUEUE_MODE: 'apply', ENTRA_EVENTS_MODE: 'apply', REPLICATION_SECONDS: '0' },
});
after(() => app.stop());
const { config, administrator, log } = app;
const begun: string[] = [];
const { client } = makeEngine((caseId) => begun.push(caseId));
let isDown = false;
const start: StartCase = async (instanceId, input) => {
  if (isDown) throw new Error('the engine is down');
  await startCaseWith(client)(instanceId, input);
};
const vendors = openVendors(config);
const { storage } = vendors;
const contextAt = (now: Date): DutyContext => ({ vendors, settings: config, log, client, now: () => now });

let count = 0;
async function say(oid: Oid, kind: 'leaver' | 'rehired'): Promise<void> {
  count += 1;
  const about = { messageId: `m${count}`, leavingId: `L${oid}`, issuedAt: new Date(Date.now() + count).toISOString() };
  const lastDay = kind === 'leaver' ? { lastDay: '2026-11-20' } : {};
  const message = { schemaVersion: 2, kind, requestedBy: 'workday', person: { oid }, ...about, ...lastDay };
  await receiveHrMessage(vendors, config, message, start, log);
}
const told = (oid: Oid): Promise<void> => receiveEntraEvent(vendors, config, app.updated(oid), start, log);
const rowOf = async (oid: Oid) => (await storage.casesOf(oid))[0]?.row;

test('a deletion by mistake that is undone before the case of HR has begun takes nothing from HR’s word', async () => {
  const [named, deletedOnly] = [app.hire(), app.hire()];
  await storage.pauseApp({ since: new Date().toISOString(), by: 'operator', why: 'a rehearsal' });
  await say(named, 'leaver');
  for (const oid of [named, deletedOnly]) {
    await administrator.deleteUser(oid);
    await told(oid);
    assert.ok((await rowOf(oid))?.deletedAt !== undefined);
    await administrator.restoreUser(oid);
    await told(oid);
  }
  const stands = async (oid: Oid) => [(await rowOf(oid))?.state, (await storage.getDenied(oid))?.state];
  assert.deepEqual(
    [await stands(named), await stands(deletedOnly)],
    [
      ['open', 'denied'],
      ['refused', 'released'],
    ],
  );
  assert.equal((await rowOf(named))?.deletedAt, undefined);

  const end = { endedAt: new Date().toISOString(), endedBy: 'operator', endedWhy: 'it is over' };
  assert.ok((await storage.endPause(end)) !== undefined);
  const released = await releaseHeld(
    vendors,
    config,
    {},
    { caller: 'operator', reason: 'go on' },
    start,
    () => new Date(),
  );
  assert.equal(released.started, 1);
  assert.deepEqual([await stands(named), begun], [['running', 'denied'], [makeCaseId(named, 1)]]);
});

test('a case of somebody whom HR hired again is not read again by itself; one that a deletion asks for too, is', async () => {
  const [rehired, deleted] = [app.hire(), app.hire()];
  const now = new Date();
  for (const oid of [rehired, deleted]) {
    await say(oid, 'leaver');
    const caseId = makeCaseId(oid, 1);
    const about = {
      filedAt: now.toISOString(),
      outcome: 'incomplete',
      incident: false,
      report: `cases/${caseId}/report.json`,
    };
    const at = { readAgainAt: now.toISOString(), ...(oid === deleted && { deletedAt: now.toISOString() }) };
    await storage.updateCase(caseId, (row) => ({ ...row, ...about, ...at, state: 'filed' }));
  }
  const before = await rowOf(rehired);
  for (const oid of [rehired, deleted]) await say(oid, 'rehired');
  const row = await rowOf(rehired);
  assert.deepEqual([row?.state, row?.readAgainAt], ['filed', undefined]);
  assert.match(row?.notReadAgain ?? '', /workday took the leaving back/);
  // A round that had read the row before changes nothing any more.
  assert.ok(before !== undefined);
  assert.equal((await readAgain(vendors, config, before, now)).kind, 'waits');
  const other = await rowOf(deleted);
  assert.ok(other !== undefined);
  assert.equal((await readAgain(vendors, config, other, now)).kind, 'due');
});

test('a case that runs while HR hires its leaver again is not read again after its report', async () => {
  const oid = app.hire();
  await say(oid, 'leaver');
  await say(oid, 'rehired');
  const caseId = makeCaseId(oid, 1);
  const at = new Date().toISOString();
  const filed = {
    state: 'filed',
    filedAt: at,
    outcome: 'incomplete',
    incident: false,
    report: 'r',
    readAgainAt: at,
  } as const;
  const { row } = await storage.updateCase(caseId, (current) => ({ ...current, ...filed }));
  assert.equal((await readAgain(vendors, config, row, new Date())).kind, 'over');
  assert.equal((await rowOf(oid))?.readAgainAt, undefined);
});

test('a case that the engine never began is not started any more once HR has taken its word back', async () => {
  const [rehired, both] = [app.hire(), app.hire()];
  isDown = true;
  for (const oid of [rehired, both]) await assert.rejects(say(oid, 'leaver'), /the engine is down/);
  const caseId = makeCaseId(both, 1);
  const asked = {
    trigger: 'api',
    requestedBy: 'operator',
    requestedAt: new Date().toISOString(),
    reason: 'left',
  } as const;
  await storage.updateCase(caseId, (row) => ({ ...row, merged: [...row.merged, { ...asked, mode: 'apply' }] }));
  for (const oid of [rehired, both]) {
    assert.equal((await rowOf(oid))?.state, 'open');
    await say(oid, 'rehired');
  }
  isDown = false;
  const later = new Date(Date.now() + 3_600_000);
  await watchCases.run(contextAt(later)).catch(() => undefined);
  const stands = async (oid: Oid) => [(await rowOf(oid))?.state, (await storage.getDenied(oid))?.state];
  assert.deepEqual(
    [await stands(rehired), await stands(both)],
    [
      ['refused', 'released'],
      ['running', 'denied'],
    ],
  );
});

test('a case whose report came late, when another attempt was due, is read again with what it was begun with', async () => {
  const oid = app.hire();
  await say(oid, 'leaver');
  const caseId = makeCaseId(oid, 1);
  const at = new Date().toISOString();
  await storage.updateCase(caseId, (row) => endAttempt(row, { at, why: 'storage was away', next: at }));
  const filed = { filedAt: at, outcome: 'incomplete', incident: false, report: 'r', readAgainAt: at } as const;
  const { row } = await storage.updateCase(caseId, (current) => filedAs(current, filed));
  assert.equal((await readAgain(vendors, config, row, new Date())).kind, 'due');
  const due = await rowOf(oid);
  assert.ok(due !== undefined);
  assert.equal(await beginAttempt(vendors, due, client, casePolicy(config)), 'begun');
  assert.equal((await rowOf(oid))?.attemptAt, undefined);
});

test('a message that waits and cannot be read keeps no other from its try', async () => {
  const oid = app.hire();
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  await say(oid, 'leaver');
  lift();
  const table = tableOf(config, 'leavings');
  for (const [rowKey, row] of [
    ['odd', '{'],
    ['newer', '{"newer":1}'],
  ] as const)
    await table.createEntity({ partitionKey: 'waiting', rowKey, nextAt: '2026-01-01T00:00:00.000Z', row });
  assert.equal(await tryHrNotices.run(contextAt(new Date(Date.now() + 3_600_000))), 1);
  assert.equal((await rowOf(oid))?.state, 'running');
  assert.ok(app.logged.some((line) => line.includes('messages from HR that wait cannot be read')));
  for (const rowKey of ['odd', 'newer']) assert.equal((await table.getEntity('waiting', rowKey)).rowKey, rowKey);
});

test('a case whose lists are no JSON keeps no other from being seen, listed and released', async () => {
  const [odd, other] = [app.hire(), app.hire()];
  await say(odd, 'leaver');
  await say(other, 'leaver');
  for (const column of ['attempts', 'revisions', 'firstDay'])
    await tableOf(config, 'cases').updateEntity({ partitionKey: odd, rowKey: '000001', [column]: '{' }, 'Merge');
  const { rows, unreadable } = await storage.unfinishedCases();
  assert.deepEqual([rows.some(({ oid }) => oid === other), unreadable.length], [true, 1]);
  assert.match(unreadable[0] ?? '', /\(firstDay, attempts, revisions\)/);
  const listed = await storage.listCases({ limit: 50 });
  assert.deepEqual(listed.unreadable, [makeCaseId(odd, 1)]);
});
