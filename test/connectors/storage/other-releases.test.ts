import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ArmNamedValue } from '../../../local/tenant/arm/state.ts';
import { CASE_STATES, type CaseRow } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { PlanSchema } from '../../../src/cases/remedies/plan.ts';
import type { Message } from '../../../src/cases/words/message.ts';
import { tableOf } from '../../../src/connectors/storage/base/tables.ts';
import { toEntity } from '../../../src/connectors/storage/cases/case-entity.ts';
import { enterUnfinished } from '../../../src/connectors/storage/cases/unfinished-cases.ts';
import { containerOf } from '../../../src/connectors/storage/evidence/evidence.ts';
import { putReceipt } from '../../../src/connectors/storage/people/hr-receipts.ts';
import { watchCases } from '../../../src/duties/cases/watch-cases.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import type { HrNotice } from '../../../src/people/hr-notice.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { AT, NEWER, OF_PHASE, oidOf, type Releases, rowOf, startOtherReleases } from './other-releases-world.ts';

/*
 * What outlives a release, read by this one. "Older": without the columns that came later. "Newer", after a way back:
 * with columns, words and phases that this release does not know.
 *
 *   | what                          | older                  | newer column            | newer word or phase                              |
 *   |-------------------------------|------------------------|-------------------------|--------------------------------------------------|
 *   | case, in each phase           | read, written as it is | kept by every change    | told, left as it is; every other case goes on    |
 *   | denied                        | the same               | the same                | stays on the list, or off it; all others denied  |
 *   | message of the outbox         | the same               | the same                | told, left; every other is delivered             |
 *   | HR's word on a leaving        | the same               | undecided: it may change what HR means                                     |
 *   | HR's message that waits       | the same               | told, left; every other is tried (test/intake/words/words-hold.test.ts)          |
 *   | task of a workflow            | the same               | the same                | told, left; every other is answered              |
 *   | HR's receipt                  | the same               | the same                | it stands                                        |
 *   | plan of a case (a blob)       | read                   | refused: what is not understood may be a condition of the cut              |
 *
 * Orchestrations in flight: test/scenarios/upgrade-in-flight.test.ts.
 */
let arm: Releases['arm'];
let app: Releases['app'];
let config: Releases['config'];
let vendors: Releases['vendors'];
let storage: Releases['storage'];
let denied: Releases['denied'];
let raw: Releases['raw'];
before(async () => {
  ({ arm, app, config, vendors, storage, denied, raw } = await startOtherReleases());
});
after(() => app.stop());

describe('a case', () => {
  for (const [index, state] of CASE_STATES.entries()) {
    test(`that is ${state} is read without the columns of later releases, and keeps those of a newer one`, async () => {
      const older = rowOf(10 + index, state);
      await tableOf(config, 'cases').createEntity(toEntity(older));
      assert.deepEqual((await storage.getCase(older.caseId))?.row, older);
      const newer = rowOf(30 + index, state, OF_PHASE[state]);
      await tableOf(config, 'cases').createEntity({ ...toEntity(newer), ...NEWER });
      assert.deepEqual((await storage.getCase(newer.caseId))?.row, newer);
      const [left] = Object.keys(OF_PHASE[state]);
      await storage.updateCase(newer.caseId, (row) => {
        const kept = Object.entries(row).filter(([name]) => name !== left);
        return { ...(Object.fromEntries(kept) as unknown as CaseRow), reason: 'changed' };
      });
      const { partitionKey, rowKey } = toEntity(newer);
      const expected = { ...toEntity(newer), ...NEWER, reason: 'changed' };
      const { [left ?? '']: __, ...without } = expected as Record<string, unknown>;
      assert.partialDeepStrictEqual(await raw('cases', partitionKey, rowKey), without);
      assert.equal(left !== undefined && left in (await raw('cases', partitionKey, rowKey)), false);
      for (const each of [older, newer]) await tableOf(config, 'cases').deleteEntity(each.oid, '000001');
    });
  }

  test('in a phase or with a word that only a newer release knows is told and left alone, and hides no other', async () => {
    const [known, phase, word] = [rowOf(50, 'running'), rowOf(51, 'running'), rowOf(52, 'running')];
    const table = tableOf(config, 'cases');
    await table.createEntity(toEntity(known));
    await table.createEntity({ ...toEntity(phase), state: 'approving' });
    await table.createEntity({ ...toEntity(word), contained: 'partly' });
    for (const each of [known, phase, word]) {
      await storage.enterInIndex(each);
      await enterUnfinished(config, each.caseId);
    }
    const before = [await raw('cases', phase.oid, '000001'), await raw('cases', word.oid, '000001')];

    const asked: string[] = [];
    const getStatus = async (id: string) => {
      asked.push(id);
      return { runtimeStatus: 'Running', createdTime: new Date(), lastUpdatedTime: new Date() };
    };
    const context = { ...app.context, vendors, client: { getStatus }, now: () => new Date() };
    await assert.rejects(
      watchCases.run(context as unknown as DutyContext),
      /2 of 3 cases could not be looked at; .*cannot be read \((?:state|contained)\)/,
    );
    assert.ok(asked.includes(known.instanceId));
    assert.ok(!asked.includes(phase.instanceId) && !asked.includes(word.instanceId));

    const { cases, unreadable } = await storage.listCases({ limit: 10 });
    assert.deepEqual(
      [cases.map(({ row }) => row.caseId), [...(unreadable ?? [])].sort()],
      [[known.caseId], [phase.caseId, word.caseId].sort()],
    );
    for (const { caseId, oid } of [phase, word]) {
      await assert.rejects(
        storage.updateCase(caseId, (row) => ({ ...row, state: 'failed' })),
        /cannot be read/,
      );
      // Nobody opens another case beside one of which nobody knows what it is.
      await assert.rejects(storage.casesOf(oid), /cannot be read/);
    }
    assert.deepEqual([await raw('cases', phase.oid, '000001'), await raw('cases', word.oid, '000001')], before);
  });
});

test('of the denied, a newer column is kept; rows that cannot be read change nothing for whom they name, or for others', async () => {
  await forgetDenied(config);
  const [list] = arm.namedValues.all() as [ArmNamedValue];
  const table = tableOf(config, 'denied');
  const about = { kind: 'person', why: 'left', at: AT } as const;
  const deny = (n: number) => denied.deny({ ...about, oid: oidOf(n), caseId: makeCaseId(oidOf(n), 1) });
  for (const n of [1, 2, 3]) await deny(n);
  await table.updateEntity({ partitionKey: 'denied', rowKey: oidOf(1), ...NEWER }, 'Merge');
  await table.updateEntity({ partitionKey: 'denied', rowKey: oidOf(2), state: 'denied-for-a-while' }, 'Merge');
  const off = { ...(await raw('denied', 'denied', oidOf(3))), partitionKey: 'denied', rowKey: oidOf(9), oid: oidOf(9) };
  await table.createEntity({ ...off, kind: 'agent' });
  // A key that names nobody.
  await table.createEntity({ ...off, kind: 'agent', rowKey: 'somebody' });
  const before = [await raw('denied', 'denied', oidOf(2)), await raw('denied', 'denied', oidOf(9))];

  await denied.release({ oid: oidOf(1), at: AT, by: 'operator', why: 'back' });
  const released = await raw('denied', 'denied', oidOf(1));
  assert.partialDeepStrictEqual(released, { ...NEWER, state: 'released' });
  const later = await deny(4);
  assert.ok(later.kind === 'denied' && later.projected.ok);
  assert.deepEqual(
    later.projected.value.faults.map(({ code }) => code),
    ['deny-list-unreadable'],
  );
  const listed = (): string[] => list.value.split(',').filter((each) => each.length === 36);
  assert.deepEqual(listed().sort(), [2, 3, 4].map(oidOf));
  // Accepting the table is no word on rows that nobody has read.
  assert.ok((await denied.accept('operator', new Date(AT))).ok);
  assert.deepEqual(listed().sort(), [2, 3, 4].map(oidOf));
  await assert.rejects(deny(2), /cannot be read/);
  await assert.rejects(storage.getDenied(oidOf(2)), /cannot be read/);
  assert.deepEqual([await raw('denied', 'denied', oidOf(2)), await raw('denied', 'denied', oidOf(9))], before);
});

test('of the outbox, a newer column is kept, and a message through a channel that is not known yet keeps no other back', async () => {
  const caseId = makeCaseId(oidOf(60), 1);
  const message = (moment: Message['moment']): Message => ({
    ...{ caseId, moment, revision: 1, channel: 'log', at: AT, dueAt: AT, attempts: 0, state: 'waiting' },
  });
  const [known, unknown] = [message('started'), message('failed')];
  for (const each of [known, unknown]) await storage.enterMessage(each);
  const table = tableOf(config, 'outbox');
  await table.updateEntity({ partitionKey: caseId, rowKey: 'started-1-log', ...NEWER }, 'Merge');
  await table.updateEntity({ partitionKey: caseId, rowKey: 'failed-1-log', channel: 'pigeon' }, 'Merge');
  const { due, unreadable } = await storage.dueMessages(new Date(), 10);
  assert.deepEqual([due, unreadable.length], [[known], 1]);
  await storage.changeMessage(known, (found) => ({ ...found, state: 'told', toldAt: AT }));
  assert.partialDeepStrictEqual(await raw('outbox', caseId, 'started-1-log'), { ...NEWER, state: 'told' });
  // A case that tells the same again must be able to end.
  await storage.enterMessage(unknown);
  assert.partialDeepStrictEqual(await raw('outbox', caseId, 'failed-1-log'), { channel: 'pigeon', state: 'waiting' });
  assert.equal((await storage.dueMessages(new Date(), 10)).unreadable.length, 1);
});

test('what HR says in words that are not known yet is left undecided, and keeps no other word from being forgotten', async () => {
  const noticeOf = (id: string): HrNotice => ({
    ...{ kind: 'leaver', messageId: id, person: { oid: oidOf(70) }, requestedBy: 'hr' },
    about: { leavingId: id, issuedAt: AT },
  });
  for (const id of ['known', 'newer'] as const)
    await storage.recordLeaving(id, { oid: oidOf(70), notice: noticeOf(id) });
  const table = tableOf(config, 'leavings');
  for await (const { partitionKey = '', rowKey = '', row } of table.listEntities()) {
    if (!String(row).includes('newer')) continue;
    const said = JSON.parse(String(row)) as { notice: object };
    const newer = { ...said, notice: { ...said.notice, onlyIf: 'asked' } };
    await table.updateEntity({ partitionKey, rowKey, row: JSON.stringify(newer) }, 'Merge');
  }
  await assert.rejects(storage.readLeaving('newer'), /cannot be read/);
  assert.equal(await storage.forgetLeavings(new Date(Date.now() + 60_000), 9), 1);
  assert.equal(await storage.readLeaving('known'), undefined);
  await assert.rejects(storage.readLeaving('newer'), /cannot be read/);
});

test('a task of a workflow that cannot be read keeps no other from its answer', async () => {
  const task = (n: number) => ({
    workflowId: oidOf(n),
    taskId: oidOf(n),
    taskProcessingResultId: oidOf(n),
    askedAt: AT,
    caseId: makeCaseId(oidOf(n), 1),
  });
  for (const n of [80, 81, 82]) await storage.addWorkflowTask(task(n));
  const table = tableOf(config, 'workflowtasks');
  const write = (n: number, row: object) =>
    table.updateEntity({ partitionKey: 'waiting', rowKey: oidOf(n), row: JSON.stringify(row) }, 'Merge');
  await write(81, { ...task(81), newer: true });
  await write(82, { ...task(82), taskId: ['several'] });
  const { tasks, unreadable } = await storage.listWorkflowTasks();
  assert.deepEqual([tasks, unreadable.length], [[task(80), task(81)], 1]);
});

test('an answer to HR that a newer release gave stands', async () => {
  const [blob, given] = [containerOf(config, 'hr-receipts').getBlockBlobClient('m-1.json'), '{"status":"parked"}'];
  await blob.upload(given, given.length);
  await putReceipt(config, { messageId: 'm-1', status: 'accepted', faults: [] }, { at: new Date(AT) });
  assert.equal((await blob.downloadToBuffer()).toString(), given);
});

test('a plan is carried out as it was understood: with a word that is not known it is refused, without later ones it is read', () => {
  const plan = { caseId: makeCaseId(oidOf(1), 1), hash: 'a'.repeat(64), remedies: [], known: [] };
  assert.deepEqual(PlanSchema.parse(plan).places, []);
  assert.equal(PlanSchema.safeParse({ ...plan, onlyAfter: AT }).success, false);
});
