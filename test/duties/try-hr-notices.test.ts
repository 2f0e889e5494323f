import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import type { DurableClient } from 'durable-functions';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { containerOf } from '../../src/connectors/storage/evidence/evidence.ts';
import { openVendors, type Vendors } from '../../src/connectors/vendors.ts';
import type { DutyContext } from '../../src/duties/duty.ts';
import { tryHrNotices } from '../../src/duties/try-hr-notices.ts';
import type { Oid } from '../../src/people/oid.ts';
import { receiveHrMessage } from '../../src/triggers/hr/hr-queue.ts';
import { startIntakeApp } from '../support/apps/intake-app.ts';

const app = await startIntakeApp({ settings: { MAX_CASES_PER_HOUR: '1000', HR_QUEUE_MODE: 'apply' } });
after(() => app.stop());
const vendors = openVendors(app.config);
const MINUTE = 60_000;
let clock = Date.parse('2026-11-23T12:00:00Z');
const now = (): Date => new Date(clock);
beforeEach(() => {
  app.tenant.faults.clear();
  clock += 86_400_000;
});

const client = {
  getStatus: async () => {
    throw new Error('HTTP 404');
  },
  startNew: async (_: string, { instanceId = '', input }: { instanceId?: string; input?: unknown }) => {
    await app.start(instanceId, input as Parameters<typeof app.start>[1]);
    return instanceId;
  },
} as unknown as DurableClient;
const round = (hooked: Vendors = vendors): Promise<number> => {
  const context: DutyContext = { vendors: hooked, settings: app.config, log: app.log, client, now };
  return tryHrNotices.run(context);
};
let count = 0;
const say = (oid: Oid, more: object = {}) => {
  count += 1;
  const about = { messageId: `w${count}`, leavingId: `L${oid}`, issuedAt: now().toISOString(), person: { oid } };
  return { schemaVersion: 2, kind: 'leaver', requestedBy: 'workday', lastDay: '2026-11-20', ...about, ...more };
};
const receive = (message: object, by = vendors, deliveries = 1): Promise<void> =>
  receiveHrMessage(by, app.config, message, app.start, app.log, now, deliveries);
const answerTo = async ({
  messageId,
}: {
  messageId: string;
}): Promise<{ status: string; caseId?: string } | undefined> => {
  const blob = containerOf(app.config, 'hr-receipts').getBlobClient(`${messageId}.json`);
  if (!(await blob.exists())) return undefined;
  return JSON.parse((await blob.downloadToBuffer()).toString('utf8')) as { status: string; caseId?: string };
};
const away = () => app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
const statesOf = async (oid: Oid) => (await casesOf(app.config, oid)).map(({ row }) => row.state);

test('a directory that is away for six hours: nothing is rejected, each try is told, and then HR is answered', async () => {
  const oid = app.hire();
  const message = say(oid);
  const lift = away();
  await receive(message);
  const told = () =>
    app.logged.filter((line) => line.includes('HR’s message waits') && line.includes(message.messageId));
  for (let minute = 0; minute < 360; minute += 5) {
    clock += 5 * MINUTE;
    await round();
  }
  // After 1, 2, 4 and 8 minutes, and every quarter of an hour from then on, as the rounds of this test come.
  assert.ok(told().length >= 24 && told().length <= 28, `${told().length} tries`);
  assert.deepEqual([await answerTo(message), await statesOf(oid)], [undefined, []]);
  lift();
  clock += 15 * MINUTE;
  assert.equal(await round(), 1);
  const { status, caseId } = (await answerTo(message)) ?? {};
  assert.deepEqual([status, caseId, await statesOf(oid)], ['accepted', `${oid}-1`, ['running']]);
  clock += 60 * MINUTE;
  assert.equal(await round(), 0);
});

test('what HR said while it was away and took back once it was there opens nothing', async () => {
  const oid = app.hire();
  const said = say(oid, { lastDay: '2027-01-29' });
  const lift = away();
  await receive(said);
  lift();
  clock += MINUTE;
  const withdrawn = say(oid, { kind: 'withdrawn', lastDay: undefined });
  await receive(withdrawn);
  await round();
  assert.deepEqual(
    [(await answerTo(said))?.status, (await answerTo(withdrawn))?.status, await statesOf(oid)],
    ['rejected', 'accepted', []],
  );
});

test('of many that wait, one that is not answered keeps the others for the next round; two hosts open each once', async () => {
  const people = Array.from({ length: 9 }, () => app.hire());
  const messages = people.map((oid) => say(oid));
  const lift = away();
  for (const message of messages) await receive(message);
  clock += MINUTE;
  const before = app.logged.length;
  await round();
  assert.ok(app.logged.slice(before).filter((line) => line.includes('message waits')).length <= 4);
  lift();
  for (let rounds = 0; rounds < 3; rounds += 1) {
    clock += MINUTE;
    await Promise.all([round(), round()]);
  }
  for (const oid of people) assert.deepEqual([await statesOf(oid), app.startsOf(oid).length], [['running'], 1]);
});

test('what ends the app each time it is tried is given up after five tries, and an operator is told', async () => {
  const oid = app.hire();
  const message = say(oid);
  const lift = away();
  await receive(message);
  lift();
  const recordLeaving = (): Promise<never> => Promise.reject(new Error('broken'));
  const broken = { ...vendors, storage: { ...vendors.storage, recordLeaving } };
  for (let rounds = 0; rounds < 5; rounds += 1) {
    clock += 15 * MINUTE;
    await round(broken);
    assert.equal(await answerTo(message), undefined);
  }
  clock += 15 * MINUTE;
  await round(broken);
  assert.equal((await answerTo(message))?.status, 'undecided');
  assert.ok(app.logged.some((line) => line.includes('rejected and kept') && line.includes('in any of its tries')));
  clock += 15 * MINUTE;
  assert.equal(await round(), 0);
});

test('a message that came to an app that died each time is tried again by itself, and not given up', async () => {
  const oid = app.hire();
  const message = say(oid);
  // Twice: the app dies once more before the queue has heard of it.
  for (const delivery of [6, 7]) await receive(message, vendors, delivery);
  assert.deepEqual([await answerTo(message), await statesOf(oid)], [undefined, []]);
  assert.ok(app.logged.some((line) => line.includes('came to no end') && line.includes(message.messageId)));
  clock += MINUTE;
  assert.equal(await round(), 1);
  assert.deepEqual([(await answerTo(message))?.status, await statesOf(oid)], ['accepted', ['running']]);
  // A delivery that comes even later changes nothing.
  await receive(message, vendors, 8);
  clock += MINUTE;
  assert.equal(await round(), 1);
  assert.deepEqual([await statesOf(oid), app.startsOf(oid).length], [['running'], 1]);
});
