import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { rememberKey } from '../../../src/connectors/storage/idempotency.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { purgeHistories } from '../../../src/duties/evidence/purge-histories.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { startApp } from '../../support/apps/start-app.ts';

const app = await startApp({ vendors: () => [], storage: 'memory' });
after(() => app.stop());

const DAY_MS = 24 * 3_600_000;

/** The engine as far as the duty asks it: days on which an ended instance was created, by their number. */
function engineOf(days: readonly number[], failing = false) {
  const left = new Set(days.map((each) => each * DAY_MS));
  const asked: number[] = [];
  const purgeInstanceHistoryBy: DutyContext['client']['purgeInstanceHistoryBy'] = async (filter) => {
    const [from, to] = [filter.createdTimeFrom?.getTime() ?? 0, filter.createdTimeTo?.getTime() ?? 0];
    assert.ok(filter.runtimeStatus?.every((status) => !['Running', 'Pending', 'Suspended'].includes(status)));
    asked.push((to - from) / DAY_MS);
    if (failing) throw new Error('the engine does not answer');
    const hit = [...left].filter((at) => at >= from && at <= to);
    for (const at of hit) left.delete(at);
    return { instancesDeleted: hit.length };
  };
  return { left, asked, client: { purgeInstanceHistoryBy } as DutyContext['client'] };
}

const run = (client: DutyContext['client'], day: number): Promise<number> => {
  const { vendors, settings, log } = app.context;
  return purgeHistories.run({ vendors, settings, log, client, now: () => new Date(day * DAY_MS) });
};

test('histories go day by day once they are old enough, none before, and a broken slice is purged again', async () => {
  const today = 20_000;
  const kept = [today - 29, today - 1];
  const engine = engineOf([today - 400, today - 31, ...kept]);
  // The first rounds catch up with what was never purged, in slices.
  let rounds = 0;
  do {
    engine.asked.length = 0;
    await run(engine.client, today);
    rounds += 1;
    assert.ok(engine.asked.every((days) => days === 1));
  } while (engine.asked.length > 0);
  assert.ok(rounds > 10);
  assert.deepEqual(
    [...engine.left],
    kept.map((each) => each * DAY_MS),
  );

  const broken = engineOf([today - 29], true);
  await assert.rejects(run(broken.client, today + 2), /does not answer/);
  const mended = engineOf([today - 29]);
  assert.equal(await run(mended.client, today + 2), 1);
  // A day, a slice: nothing is left to do until tomorrow.
  mended.asked.length = 0;
  await run(mended.client, today + 2);
  assert.deepEqual(mended.asked, []);
});

test('keys of requests are forgotten after their days, and the mark stays', async () => {
  const remembered = { caller: 'c', key: 'k', body: 'one' };
  assert.equal(await rememberKey(app.config, remembered), 'first');
  const engine = engineOf([]);
  const today = Math.floor(Date.now() / DAY_MS);
  await run(engine.client, today + 89);
  assert.equal(await rememberKey(app.config, remembered), 'repeated');
  const purged = await app.context.vendors.storage.readPurgedUntil();
  await run(engine.client, today + 92);
  assert.equal(await rememberKey(app.config, { ...remembered, body: 'two' }), 'first');
  assert.ok(((await app.context.vendors.storage.readPurgedUntil()) ?? 0) >= (purged ?? 0));
});

test('messages are forgotten once they are told, leavings once they are over, and neither before its days', async () => {
  const { storage } = app.context.vendors;
  const today = Math.floor(Date.now() / DAY_MS);
  const dayOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
  const oid = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35' as Oid;
  const caseId = makeCaseId(oid, 1);
  const at = new Date().toISOString();
  const states = { started: 'told', failed: 'void', ended: 'waiting' } as const;
  const moments = ['started', 'failed', 'ended'] as const;
  for (const moment of moments) {
    const message = { caseId, moment, revision: 1, channel: 'log', at, dueAt: at, attempts: 0 } as const;
    await storage.enterMessage({ ...message, state: 'waiting' });
    await storage.changeMessage(message, (found) => ({ ...found, state: states[moment] }));
  }
  const lastDays = { past: dayOf(today - 1), soon: dayOf(today + 200) };
  const names = ['past', 'soon'] as const;
  for (const leavingId of names) {
    const about = { leavingId, issuedAt: at };
    const leaving = { lastDay: lastDays[leavingId], zone: 'Europe/Berlin' };
    const notice = {
      kind: 'leaver',
      messageId: leavingId,
      person: { oid },
      leaving,
      about,
      requestedBy: 'hr',
    } as const;
    await storage.recordLeaving(leavingId, { oid, notice });
  }
  const kept = async (): Promise<string[]> => {
    const leavings = await Promise.all(names.map(async (id) => ((await storage.readLeaving(id)) ? [id] : [])));
    return [...(await storage.messagesOf(caseId)).map(({ moment }) => moment).sort(), ...leavings.flat()];
  };
  const { client } = engineOf([]);
  await run(client, today + 89);
  assert.deepEqual(await kept(), ['ended', 'failed', 'started', 'past', 'soon']);
  await run(client, today + 92);
  assert.deepEqual(await kept(), ['ended', 'soon']);
  const now = new Date(Date.parse(at) + 1);
  assert.deepEqual(
    (await storage.dueMessages(now, 9)).due.map(({ moment }) => moment),
    ['ended'],
  );
  await run(client, today + 300);
  assert.deepEqual(await kept(), ['ended']);
});
