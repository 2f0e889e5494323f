import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import type { CaseView } from '../../../local/telling/follow-case.ts';
import { userEvents } from '../../../local/tenant/entra/people/user-event.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { deliverEvent } from '../support/deliver-event.ts';
import { storageCredential } from '../support/everything-written.ts';
import { filedReport, startFastStack } from '../support/fast-stack.ts';
import { pictureOf } from '../support/picture.ts';
import { assertValidReport } from '../support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const { tenant, states, administrator } = stack;
const eventOf = userEvents(tenant.core);
const [ana, ben] = WORLD.colleagues;
const LEAVER = WORLD.leaver.oid;
const STRANGER = '0e000000-0000-4000-8000-00000000dead';

async function read<T>(path: string): Promise<T> {
  return (await (await stack.api(path)).json()) as T;
}
const casesOf = async (oid: string): Promise<CaseView[]> => {
  const { cases } = await read<{ cases: (CaseView & { oid: string })[] }>('/api/cases');
  return cases.filter((each) => each.oid === oid);
};
const rejections = async (): Promise<{ trigger: string; reason: string }[]> =>
  (await read<{ rejections: { trigger: string; reason: string }[] }>('/api/rejections')).rejections;

test('what is no event of this tenant is acknowledged, kept with the reason, and opens no case', async () => {
  const event = eventOf({ changeType: 'updated', userId: ana.oid });
  const elsewhere = '99999999-7b34-4d0e-9c61-2f3e8d7a9b10';
  const { resourceData } = event.data;
  const strange: [unknown, RegExp][] = [
    [{ hello: 'world' }, /not a CloudEvent/],
    [{ ...event, specversion: '0.3' }, /specversion/],
    [{ ...event, data: { ...event.data, tenantId: elsewhere } }, /another tenant/],
    [{ ...event, data: { ...event.data, resourceData: { ...resourceData, id: 'me' } } }, /object id/],
    [{ ...event, type: 'Microsoft.Storage.BlobCreated' }, /does not subscribe/],
  ];
  for (const [each] of strange) assert.equal(await deliverEvent(stack, each), 202);
  const kept = await rejections();
  assert.equal(kept.length, strange.length);
  for (const [, reason] of strange)
    assert.ok(
      kept.some((each) => reason.test(each.reason)),
      String(reason),
    );
  assert.deepEqual(await casesOf(ana.oid), []);
});

test('a message of HR’s that can never become a case leaves the queue, and stays to be read with every fault named', async () => {
  const queue = new QueueClient(`${stack.storage.queue}/hr-leavers`, storageCredential(stack));
  await queue.createIfNotExists();
  await queue.sendMessage(Buffer.from('{"schemaVersion":1,"oid":"nobody"}').toString('base64'));
  for (;;) {
    const kept = (await rejections()).filter(({ trigger }) => trigger === 'hr-queue');
    const { approximateMessagesCount } = await queue.getProperties();
    if (kept[0] !== undefined && approximateMessagesCount === 0) {
      for (const fault of ['/oid', '/messageId', '/requestedBy']) assert.ok(kept[0].reason.includes(fault));
      return;
    }
    await delay(50);
  }
});

test('a user who is only updated is no case, and a late event about somebody who came back neither', async () => {
  await administrator.updateUser(ben.oid, { displayName: 'Ben Okafor-Lindt' });
  await tenant.core.events.idle();
  const late = eventOf({ changeType: 'updated', userId: ben.oid });
  const lastWeek = new Date(Date.now() - 7 * 86_400_000).toISOString();
  const { resourceData } = late.data;
  const data = { ...late.data, resourceData: { ...resourceData, eventTime: lastWeek } };
  assert.equal(await deliverEvent(stack, { ...late, time: lastWeek, data }), 202);
  assert.deepEqual(await casesOf(ben.oid), []);
});

test('events out of order and repeated, the permanent deletion first: one case', async () => {
  const { oid } = ana;
  const [soft, permanent] = [
    eventOf({ changeType: 'updated', userId: oid }),
    eventOf({ changeType: 'deleted', userId: oid }),
  ];
  const row = states.entra.users.get(oid);
  assert.ok(row !== undefined);
  states.entra.users.delete(oid);
  for (const event of [permanent, soft, permanent, soft]) assert.equal(await deliverEvent(stack, event), 202);
  const report = await filedReport(stack, `${oid}-1`);
  assert.deepEqual(
    (await casesOf(oid)).map(({ caseId }) => caseId),
    [`${oid}-1`],
  );
  assert.equal(report.leaver.state, 'gone');
  // Entra no longer says who that was, so accounts elsewhere cannot be found by name.
  assert.ok(['incomplete', 'failed'].includes(report.outcome), report.outcome);
  states.entra.users.add(row);
});

test('a user who never existed: a case about an id, whose report says that nobody knows when they left', async () => {
  assert.equal(await deliverEvent(stack, eventOf({ changeType: 'deleted', userId: STRANGER })), 202);
  const report = await filedReport(stack, `${STRANGER}-1`);
  assert.equal(report.outcome, 'incomplete');
  assert.deepEqual([report.leaver.state, report.leaver.userPrincipalName], ['gone', undefined]);
  const gaps = report.steps.flatMap(({ coverage }) => coverage).filter(({ state }) => state !== 'complete');
  assert.ok(gaps.some(({ source }) => source === 'entra/leave-date'));
  assert.ok(
    states.arm.namedValues.all().some(({ value }) => value.includes(STRANGER)),
    'an id is enough for the gateway',
  );
});

test('a protected account is refused, visibly, and nothing of it is touched', async () => {
  const { oid } = WORLD.breakGlass;
  const before = pictureOf(stack);
  await administrator.deleteUser(oid);
  await tenant.core.events.idle();
  const { state, refusal } = await read<CaseView>(`/api/cases/${oid}-1`);
  assert.equal(state, 'refused');
  assert.match(refusal ?? '', /protected/);
  assert.deepEqual(pictureOf(stack), before);
});

test('the API’s door: no token 401, another role 403, and a faulty body is answered with every fault at once', async () => {
  const body = JSON.stringify({ oid: 'me', mode: 'destroy', extra: 1 });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const faulty = await stack.api('/api/cases', init);
  const answers = [
    await fetch(`${stack.url()}/api/cases`, init),
    await stack.api('/api/cases', init, ['Offboarding.Read']),
    faulty,
  ];
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('content-type')]),
    [401, 403, 422].map((status) => [status, 'application/problem+json']),
  );
  const { errors } = (await faulty.json()) as { errors: { pointer: string }[] };
  assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), ['/extra', '/mode', '/oid', '/reason']);
});

const ask = (): Promise<Response> =>
  stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid: LEAVER, reason: 'Seen on a runner at 2 AM', mode: 'apply' }),
  });
const isDenied = (): boolean => states.arm.namedValues.all().some(({ value }) => value.includes(LEAVER));
const away = { vendor: 'graph', effect: { kind: 'answer', status: 503 } } as const;

test('while Graph is away nobody knows what the id is: nobody is cut off, and the operator is told to come again', async () => {
  const lift = tenant.faults.add(away);
  const answer = await ask();
  lift();
  assert.equal(answer.status, 503);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  assert.equal(isDenied(), false);
});

test('where Graph goes away behind intake, the leaver is contained all the same, and the report says what is not known', async () => {
  // Away from the moment on at which the gateway has refused the leaver.
  const unwatch = tenant.server.onCall(({ vendor, method }) => {
    if (vendor === 'arm' && method === 'PATCH') tenant.faults.add(away);
  });
  assert.equal((await ask()).status, 201);
  const report = await filedReport(stack, `${LEAVER}-1`);
  unwatch();
  tenant.faults.clear();
  assertValidReport(report);
  assert.ok(isDenied());
  assert.equal(report.outcome, 'failed');
  const statuses = report.steps[0]?.findings.map(({ kind, status }) => `${kind} ${status}`).sort();
  assert.deepEqual(statuses, ['account-enabled manual-action', 'gateway-deny-list done', 'sign-in-sessions failed']);
});
