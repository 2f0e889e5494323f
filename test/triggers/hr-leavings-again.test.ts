import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseId } from '../../src/cases/ids.ts';
import { receiveNotice } from '../../src/intake/hr/receive-notice.ts';
import { moveScheduled } from '../../src/intake/starting/scheduled-cases.ts';
import type { Oid } from '../../src/people/oid.ts';
import { readHrMessage } from '../../src/triggers/hr/read-hr-message.ts';
import { type HrLeavingsWorld, NOW, say, startHrLeavings } from './hr-leavings-world.ts';

let app: HrLeavingsWorld['app'];
let vendors: HrLeavingsWorld['vendors'];
let receiptOf: HrLeavingsWorld['receiptOf'];
let answerTo: HrLeavingsWorld['answerTo'];
let statesOf: HrLeavingsWorld['statesOf'];
before(async () => {
  ({ app, vendors, receiptOf, answerTo, statesOf } = await startHrLeavings());
});
after(() => app.stop());

const move = async (oid: Oid, startsAt: string): Promise<void> => {
  const word = { trigger: 'api', requestedBy: 'operator', requestedAt: NOW.toISOString(), reason: 'Agreed.' } as const;
  await moveScheduled(vendors, `${oid}-1` as CaseId, { startsAt }, word, NOW);
};

test('an older message that died before it looked again: its redelivery carries the newer word out', async () => {
  const oid = app.hire();
  const [older, newer] = [say(oid, 'died'), say(oid, 'died', { kind: 'changed', lastDay: '2027-02-26' })];
  const recordLeaving: typeof vendors.storage.recordLeaving = async (...said) => {
    const recorded = await vendors.storage.recordLeaving(...said);
    await answerTo(newer);
    return recorded;
  };
  const readLeaving = (): Promise<never> => Promise.reject(new Error('died'));
  const dying = { ...vendors, storage: { ...vendors.storage, recordLeaving, readLeaving } };
  await assert.rejects(answerTo(older, {}, dying), /died/);
  assert.deepEqual(await statesOf(oid), [['scheduled', '2026-12-31T16:45:00.000Z']]);
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'reset' } });
  // It waits, and is not answered.
  await assert.rejects(answerTo(older), { statusCode: 404 });
  lift();
  assert.match((await answerTo(older)).faults.join(), /is as new or newer/);
  assert.deepEqual(await statesOf(oid), [['scheduled', '2027-02-26T16:45:00.000Z']]);
});

test('what is started or cancelled while the newest message moves it is told, and not as moved', async () => {
  for (const [state, why] of [
    ['running', /is running and was not moved to the new day: access comes back by a decision only/],
    ['cancelled', /is cancelled and was not moved to the new day: .*Agreed\. If they leave on that day all the same/],
  ] as const) {
    const [oid, leavingId] = [app.hire(), `overtaken-${state}`];
    const message = say(oid, leavingId, { lastDay: '2027-02-26' });
    await answerTo(message);
    // An older message that came late moved it; the repeat of the newest would set that right.
    await vendors.storage.updateCase(`${oid}-1` as CaseId, (row) => ({
      ...row,
      startsAt: '2026-12-31T16:45:00.000Z',
      merged: [
        ...row.merged,
        { ...row, reason: 'late', dedupeKey: `hr:${leavingId}:late`, startsAt: '2026-12-31T16:45:00.000Z' },
      ].map(({ trigger, requestedBy, requestedAt, reason, startsAt, dedupeKey = '' }) => ({
        ...{ trigger, requestedBy, requestedAt, reason, dedupeKey },
        ...(startsAt && { startsAt }),
      })),
    }));
    const enterDueStart: typeof vendors.storage.enterDueStart = async (...about) => {
      const change = {
        state,
        ...(state === 'cancelled' && { cancellation: 'operator cancelled it: Agreed.' }),
      } as const;
      await vendors.storage.updateCase(`${oid}-1` as CaseId, (row) => ({ ...row, ...change }));
      await vendors.storage.enterDueStart(...about);
    };
    const parts = { settings: app.config, mode: 'apply', start: app.start, now: () => NOW } as const;
    const read = readHrMessage(message, NOW, app.config);
    assert.ok(read.kind === 'notice');
    const slow = { ...vendors, storage: { ...vendors.storage, enterDueStart } };
    const outcome = await receiveNotice({ ...parts, vendors: slow }, read.notice);
    assert.equal(outcome.kind, 'rejected');
    assert.match('faults' in outcome ? outcome.faults.join() : '', why);
  }
});

test('a repeat leaves a day where an operator put it, also where it is carried out anew for an older message', async () => {
  const oid = app.hire();
  const older = say(oid, 'moved', { lastDay: '2027-01-29' });
  const message = say(oid, 'moved');
  await answerTo(message);
  await move(oid, '2027-02-01T12:00:00.000Z');
  await answerTo(message);
  await answerTo(older);
  assert.deepEqual(await statesOf(oid), [['scheduled', '2027-02-01T12:00:00.000Z']]);
});

test('a last day ends when the setting says, and none is more than two years ahead', async () => {
  const oid = app.hire();
  assert.equal((await answerTo(say(oid, 'day'))).startsAt, '2026-12-31T16:45:00.000Z');
  const first = { schemaVersion: 1, oid, requestedBy: 'hr' };
  for (const message of [
    say(oid, 'far', { lastDay: '2206-12-31' }),
    { ...first, messageId: 'far-1', lastDay: '2028-11-25' },
  ])
    assert.deepEqual((await answerTo(message)).faults, ['/lastDay: is more than two years ahead; is the year right?']);
  const named = { ...first, messageId: 'near-1', lastDay: '2026-12-30' };
  assert.equal((await answerTo(named)).startsAt, '2026-12-30T16:45:00.000Z');
});

test('what could not be decided is answered by the decision that is made later, and that stands', async () => {
  const message = say(app.hire(), 'undecided');
  const { messageId } = message;
  const giveUp = () => vendors.storage.putReceipt({ messageId, status: 'undecided', faults: ['broke'] }, { at: NOW });
  await giveUp();
  assert.equal((await receiptOf(message)).status, 'undecided');
  const decided = await answerTo(message);
  assert.equal(decided.status, 'accepted');
  await giveUp();
  assert.deepEqual(await receiptOf(message), decided);
  await vendors.storage.putReceipt({ messageId, status: 'rejected', faults: ['late'] }, { at: NOW });
  assert.deepEqual(await receiptOf(message), decided);
});
