import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseRow } from '../../src/cases/case.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { beganEarly } from '../../src/intake/starting/resume-schedule.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { type HrLeavingsWorld, type Message, NOW, type Shown, say, startHrLeavings } from './hr-leavings-world.ts';

let app: HrLeavingsWorld['app'];
let vendors: HrLeavingsWorld['vendors'];
let answerTo: HrLeavingsWorld['answerTo'];
let rowsOf: HrLeavingsWorld['rowsOf'];
let statesOf: HrLeavingsWorld['statesOf'];
before(async () => {
  ({ app, vendors, answerTo, rowsOf, statesOf } = await startHrLeavings());
});
after(() => app.stop());

const takesBack = (oid: Oid, leavingId: string): Message =>
  say(oid, leavingId, { kind: 'withdrawn', lastDay: undefined, reason: 'They stay.' });

test('a withdrawal that overtakes the case of its own notice is accepted, and the case is cancelled', async () => {
  const oid = app.hire();
  const [notice, withdrawal] = [say(oid, 'overtaken'), takesBack(oid, 'overtaken')];
  const [looked, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const casesOf: typeof vendors.storage.casesOf = async (whose) => {
    const rows = await vendors.storage.casesOf(whose);
    looked.resolve();
    await written.promise;
    return rows;
  };
  let answer: Promise<Shown> | undefined;
  const createCase: typeof vendors.storage.createCase = async (row) => {
    answer = answerTo(withdrawal, {}, { ...vendors, storage: { ...vendors.storage, casesOf } });
    await looked.promise;
    const stored = await vendors.storage.createCase(row);
    written.resolve();
    return stored;
  };
  await answerTo(notice, {}, { ...vendors, storage: { ...vendors.storage, createCase } });
  const { status, note = '' } = (await answer) ?? {};
  assert.deepEqual([status, /goes on|stays/.test(note)], ['accepted', false]);
  assert.deepEqual(
    (await statesOf(oid)).map(([state]) => state),
    ['cancelled'],
  );
});

test('a withdrawal takes off nothing that another leaving waits for alone', async () => {
  const alone = app.hire();
  await answerTo(say(alone, 'C:1'));
  const answer = await answerTo(takesBack(alone, 'C'));
  assert.deepEqual([answer.status, answer.caseId], ['rejected', `${alone}-1`]);
  assert.match(answer.faults.join(), /waits for another leaving, and was not cancelled/);
  assert.deepEqual(await statesOf(alone), [['scheduled', '2026-12-31T16:45:00.000Z']]);
  const withdrawn = await answerTo(takesBack(alone, 'C:1'));
  assert.deepEqual([withdrawn.status, withdrawn.caseId], ['accepted', `${alone}-1`]);
  assert.equal((await rowsOf(alone))[0]?.state, 'cancelled');
});

test('a case that waits for two leavings goes back to the day of the one that is left, and ends with it', async () => {
  const oid = app.hire();
  await answerTo(say(oid, 'A/1'));
  await answerTo(say(oid, 'B', { lastDay: '2027-02-26' }));
  const first = takesBack(oid, 'B');
  const answer = await answerTo(first);
  assert.deepEqual([answer.status, answer.caseId], ['accepted', `${oid}-1`]);
  assert.match(answer.note ?? '', /goes on waiting, for 2026-12-31 16:45 UTC, by another leaving, and ends when/);
  assert.deepEqual(await statesOf(oid), [['scheduled', '2026-12-31T16:45:00.000Z']]);
  // Delivered twice, it takes nothing else back.
  await receiveHrMessage(vendors, app.config, first, app.start, app.log, () => NOW);
  assert.deepEqual(await statesOf(oid), [['scheduled', '2026-12-31T16:45:00.000Z']]);
  assert.match((await answerTo(takesBack(oid, 'A/1'))).note ?? '', /is cancelled\.$/);
  const [row] = await rowsOf(oid);
  assert.deepEqual([row?.state, row?.cancellation?.includes('They stay.')], ['cancelled', true]);
});

test('a day of HR is taken back on whichever case it stands: what somebody else asked for stays', async () => {
  const [planned, deleted] = [app.hire(), app.hire()];
  const word = { reason: 'Agreed.', requestedBy: 'operator', requestedAt: NOW.toISOString(), mode: 'apply' } as const;
  const open = (oid: Oid, more: Pick<CaseRow, 'trigger'> & { startsAt?: string }) => {
    const confirmUserPrincipalName = app.directory.users.get(oid)?.userPrincipalName;
    const said = confirmUserPrincipalName === undefined ? {} : { confirmUserPrincipalName };
    return openCase(vendors, app.config, { ...word, oid, ...more }, app.start, () => NOW, said);
  };
  await open(planned, { trigger: 'api', startsAt: '2026-12-05T12:00:00.000Z' });
  await answerTo(say(planned, 'moves'));
  assert.deepEqual(await statesOf(planned), [['scheduled', '2026-12-31T16:45:00.000Z']]);
  const answer = await answerTo(takesBack(planned, 'moves'));
  assert.match(answer.note ?? '', /2026-12-05 12:00 UTC, because somebody else asks for it too: an operator decides/);
  assert.deepEqual(await statesOf(planned), [['scheduled', '2026-12-05T12:00:00.000Z']]);
  await app.administrator.deleteUser(deleted);
  await open(deleted, { trigger: 'entra-event' });
  await answerTo(say(deleted, 'early'));
  const told = await answerTo(takesBack(deleted, 'early'));
  assert.match(told.faults.join(), /^The day that was named for the case .*-1 counts no more\. .* was not undone/);
  const [row] = await rowsOf(deleted);
  assert.equal(row && beganEarly(row), false);
});

test('a case on hold that HR alone asked for is refused by its withdrawal, and its leaver is let in', async () => {
  const oid = app.hire();
  const held = { MAX_CASES_PER_HOUR: 0 };
  await answerTo(say(oid, 'held', { lastDay: '2026-11-20' }), held);
  assert.ok((await rowsOf(oid))[0]?.onHold);
  assert.equal((await vendors.storage.getDenied(oid))?.state, 'denied');
  // The first delivery dies before anybody is let in.
  const release = (): Promise<never> => Promise.reject(new Error('died'));
  const dying = { ...vendors, denied: { ...vendors.denied, release } };
  const message = takesBack(oid, 'held');
  await assert.rejects(answerTo(message, held, dying), /died/);
  assert.equal((await rowsOf(oid))[0]?.state, 'refused');
  const answer = await answerTo(message, held);
  assert.deepEqual([answer.status, answer.caseId], ['accepted', `${oid}-1`]);
  assert.match((await rowsOf(oid))[0]?.refusal ?? '', /^They stay\./);
  assert.notEqual((await vendors.storage.getDenied(oid))?.state, 'denied');
  assert.deepEqual(app.startsOf(oid), []);
  const other = app.hire();
  await answerTo(say(other, 'held-1', { lastDay: '2026-11-20' }), held);
  await answerTo(say(other, 'held-2', { lastDay: '2026-11-20' }), held);
  assert.match((await answerTo(takesBack(other, 'held-1'), held)).note ?? '', /stays on hold, by another leaving/);
  assert.equal((await vendors.storage.getDenied(other))?.state, 'denied');
  assert.match((await answerTo(takesBack(other, 'held-2'), held)).note ?? '', /is refused, and never starts/);
  assert.notEqual((await vendors.storage.getDenied(other))?.state, 'denied');
});
