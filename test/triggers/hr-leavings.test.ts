import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CaseRow } from '../../src/cases/case.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { receiveNotice } from '../../src/intake/hr/receive-notice.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { beganEarly } from '../../src/intake/starting/resume-schedule.ts';
import { moveScheduled } from '../../src/intake/starting/scheduled-cases.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { readHrMessage } from '../../src/triggers/hr/read-hr-message.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp({
  settings: { MAX_CASES_PER_HOUR: '1000', HR_QUEUE_MODE: 'apply', LAST_DAY_ENDS: '16:45', BUSINESS_TIME_ZONE: 'UTC' },
});
after(() => app.stop());
const NOW = new Date('2026-11-23T12:00:00Z');
const vendors = openVendors(app.config);

type Message = Readonly<Record<string, unknown>> & { readonly messageId: string };
let count = 0;
const say = (oid: Oid, leavingId: string, more: Readonly<Record<string, unknown>> = {}): Message => {
  count += 1;
  const issuedAt = new Date(Date.parse('2026-11-23T01:00:00Z') + count * 60_000).toISOString();
  const what = { schemaVersion: 2, kind: 'leaver', requestedBy: 'workday', lastDay: '2026-12-31', person: { oid } };
  return { ...what, messageId: `m${count}`, leavingId, issuedAt, ...more };
};
const takesBack = (oid: Oid, leavingId: string): Message =>
  say(oid, leavingId, { kind: 'withdrawn', lastDay: undefined, reason: 'They stay.' });
interface Shown {
  readonly status: string;
  readonly faults: readonly string[];
  readonly caseId?: string;
  readonly startsAt?: string;
  readonly note?: string;
}
const receiptOf = async ({ messageId }: Message): Promise<Shown> => {
  const blob = containerOf(app.config, 'hr-receipts').getBlobClient(`${messageId}.json`);
  return JSON.parse((await blob.downloadToBuffer()).toString('utf8')) as Shown;
};
const answerTo = async (message: Message, settings = {}, by = vendors): Promise<Shown> => {
  await receiveHrMessage(by, { ...app.config, ...settings }, message, app.start, app.log, () => NOW);
  return receiptOf(message);
};
const rowsOf = async (oid: Oid): Promise<readonly CaseRow[]> => (await casesOf(app.config, oid)).map(({ row }) => row);
const statesOf = async (oid: Oid) => (await rowsOf(oid)).map(({ state, startsAt }) => [state, startsAt]);
const move = async (oid: Oid, startsAt: string): Promise<void> => {
  const word = { trigger: 'api', requestedBy: 'operator', requestedAt: NOW.toISOString(), reason: 'Agreed.' } as const;
  await moveScheduled(vendors, `${oid}-1` as CaseId, { startsAt }, word, NOW);
};

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
