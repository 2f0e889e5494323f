import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { CaseRow } from '../../src/cases/case.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { casesOf } from '../../src/connectors/storage/case-table.ts';
import { containerOf } from '../../src/connectors/storage/evidence.ts';
import { openVendors } from '../../src/connectors/vendors.ts';
import { moveScheduled } from '../../src/intake/scheduled-cases.ts';
import type { Oid } from '../../src/people/oid.ts';
import { keepPoison, receiveHrMessage } from '../../src/triggers/hr-queue.ts';
import { startIntakeApp } from '../support/intake-app.ts';

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

test('a withdrawal takes off nothing that another leaving waits for, alone or as well', async () => {
  const [joined, alone] = [app.hire(), app.hire()];
  await answerTo(say(joined, 'A/1'));
  await answerTo(say(joined, 'B'));
  await answerTo(say(alone, 'C:1'));
  for (const [oid, leavingId, why] of [
    [joined, 'A/1', /waits for another leaving too, and was not cancelled/],
    [alone, 'C', /waits for another leaving, and was not cancelled/],
  ] as const) {
    const answer = await answerTo(takesBack(oid, leavingId));
    assert.deepEqual([answer.status, answer.caseId], ['rejected', `${oid}-1`]);
    assert.match(answer.faults.join(), why);
    assert.deepEqual(await statesOf(oid), [['scheduled', '2026-12-31T16:45:00.000Z']]);
  }
  const withdrawn = await answerTo(takesBack(alone, 'C:1'));
  assert.deepEqual([withdrawn.status, withdrawn.caseId], ['accepted', `${alone}-1`]);
  assert.equal((await rowsOf(alone))[0]?.state, 'cancelled');
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
  assert.equal((await answerTo(takesBack(other, 'held-1'), held)).status, 'rejected');
  assert.equal((await vendors.storage.getDenied(other))?.state, 'denied');
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
  await assert.rejects(answerTo(older), /delivered again/);
  lift();
  assert.match((await answerTo(older)).faults.join(), /is as new or newer/);
  assert.deepEqual(await statesOf(oid), [['scheduled', '2027-02-26T16:45:00.000Z']]);
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
  const poisoned = (): Promise<void> => keepPoison(vendors, app.config, message, app.log, () => NOW);
  await poisoned();
  assert.equal((await receiptOf(message)).status, 'undecided');
  const decided = await answerTo(message);
  assert.equal(decided.status, 'accepted');
  await poisoned();
  assert.deepEqual(await receiptOf(message), decided);
  await vendors.storage.putReceipt({ messageId: message.messageId, status: 'rejected', faults: ['late'] }, { at: NOW });
  assert.deepEqual(await receiptOf(message), decided);
});
