import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { deleteUser, doDueWork, fetchReportFile } from '../../../local/telling/follow-case.ts';
import { sendToolCalls, toolCallEvent } from '../../../local/tenant/event-hub/gateway.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { filedReport, startFastStack } from '../support/fast-stack.ts';
import { caseReadAgain } from '../support/read-again.ts';
import { assertValidReport } from '../support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const caseId = makeCaseId(WORLD.leaver.oid as Oid, 1);
const { row, storage } = caseReadAgain(stack, caseId);

/** The gateway has minutes to read its list: a call of now would be one that it may answer. */
const later = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const call = (minutes: number, response_status: number) =>
  toolCallEvent({ caller_oid: WORLD.leaver.oid, timestamp: later(minutes), response_status });

test('a call that is answered after the containment reopens the filed case as an incident, and its next report compares', async () => {
  await deleteUser(stack, WORLD.leaver.oid);
  const first = await filedReport(stack, caseId);
  const filed = await row();
  assert.deepEqual(
    filed.followUps?.map(({ which }) => which),
    ['24h', '7d', '31d'],
  );
  assert.equal(first.comparison, undefined);

  const [refused, answered] = [call(10, 403), call(11, 200)];
  await sendToolCalls(stack.tenant, [refused, answered]);
  while ((await row()).passed === undefined) await delay(20);
  const reopened = await row();
  assert.deepEqual([reopened.incident, reopened.passed?.requestId], [true, answered.apim_request_id]);
  await doDueWork(stack);
  assert.deepEqual([(await row()).state, (await row()).because], ['running', 'reopened']);

  const second = await filedReport(stack, caseId);
  assertValidReport(second);
  assert.deepEqual([second.case.revision, second.case.because, second.incident], [2, 'reopened', true]);
  const told = second.steps.flatMap(({ findings }) => findings).find(({ kind }) => kind === 'call-after-containment');
  assert.deepEqual([told?.severity, told?.status], ['critical', 'manual-action']);
  assert.ok(told !== undefined && second.comparison?.new.includes(told.id));
  const all = second.steps.flatMap(({ findings }) => findings).length;
  const { new: fresh, changed, still, settled } = second.comparison ?? assert.fail();
  assert.equal(fresh.length + changed.length + still.length + settled.length, all);
  for (const name of ['report.html', 'report.md'] as const)
    assert.match(
      await fetchReportFile(stack, caseId, name),
      /Since the report before[\s\S]*let a call of the leaver pass/,
    );
  // Those to come are none the less to come.
  const after = await row();
  assert.deepEqual([after.followUps?.length, after.incident, after.compared?.new], [3, true, fresh.length]);
  const messages = await storage.messagesOf(caseId);
  const of = (moment: string): number[] =>
    messages.filter((each) => each.moment === moment && each.state === 'told').map(({ revision }) => revision);
  assert.deepEqual([[...new Set(of('reopened'))], [...new Set(of('incident'))].includes(2)], [[2], true]);
});

test('a follow-up that finds nothing new is filed, and nobody is told', async () => {
  const before = await row();
  const told = (await storage.messagesOf(caseId)).length;
  const [, ...others] = before.followUps ?? [];
  await storage.updateCase(caseId, (now) => ({ ...now, followUps: [{ which: '24h', at: now.openedAt }, ...others] }));
  await doDueWork(stack);
  const third = await filedReport(stack, caseId);
  assert.deepEqual([third.case.revision, third.case.because], [3, 'follow-up']);
  assert.deepEqual([third.comparison?.new, (await row()).followUps?.length], [[], 2]);
  assert.equal((await storage.messagesOf(caseId)).length, told);
});
