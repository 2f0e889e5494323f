import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { QueueClient } from '@azure/storage-queue';
import { userEvents } from '../../local/tenant/entra/people/user-event.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Report } from '../../src/report/report.ts';
import { deliverEvent } from './support/deliver-event.ts';
import { storageCredential } from './support/everything-written.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';

/** An app setting that is empty is one that is not set (`loadConfig`): the app as Terraform installs it. */
const NOT_SET = { ENTRA_EVENTS_MODE: '', HR_QUEUE_MODE: '', SWEEP_MODE: '', LIFECYCLE_WORKFLOWS_MODE: '' };
const TURNED_ON = { ENTRA_EVENTS_MODE: 'apply', HR_QUEUE_MODE: 'apply', SWEEP_MODE: 'apply' };

const stack = await startFastStack({ settings: NOT_SET });
after(() => stack.stop());
const { entra, arm } = stack.states;
const { leaver, gateway, clients } = WORLD;
const [ana, ben] = WORLD.colleagues;

/** Somebody is deleted, and no event of it comes. */
function deleteSilently(oid: string): void {
  const user = entra.users.get(oid);
  assert.ok(user);
  entra.users.delete(oid);
  const userPrincipalName = `${oid.replaceAll('-', '')}${user.userPrincipalName}`;
  entra.deletedUsers.add({ ...user, userPrincipalName, deletedDateTime: new Date().toISOString() });
}

deleteSilently(leaver.oid);
// A last day in Entra that has passed, of an account that is there: no event tells of it, and no list of changes.
entra.users.patch(ben.oid, { employeeLeaveDateTime: '2026-01-30T17:00:00Z' });
entra.grants.add({
  id: 'grant-of-ben',
  clientId: clients.vscode.servicePrincipalId,
  consentType: 'Principal',
  principalId: ben.oid,
  resourceId: gateway.servicePrincipalId,
  scope: 'mcp.tools.read',
});
const event = userEvents(stack.tenant.core)({ changeType: 'updated', userId: leaver.oid });
const message = { schemaVersion: 1, messageId: 'n-1', oid: ana.oid, requestedBy: 'workday', lastDay: '2026-01-30' };

const everything = (): unknown => structuredClone(stack.tenant.vendors.map((vendor) => vendor.snapshot()));
const denied = (oid: string): boolean => arm.namedValues.all().some(({ value }) => value.includes(oid));
const reportOf = (oid: string, n: number): Promise<Report> => filedReport(stack, `${oid}-${n}`);

async function sendMessage(): Promise<void> {
  const queue = new QueueClient(`${stack.storage.queue}/hr-leavers`, storageCredential(stack));
  await queue.createIfNotExists();
  await queue.sendMessage(Buffer.from(JSON.stringify(message)).toString('base64'));
}

test('with no setting, an event, a message of HR’s and the sweep each open a plan, and nothing in the tenant changes', async () => {
  const before = everything();
  const calls = stack.tenant.calls.length;

  assert.equal(await deliverEvent(stack, event), 202);
  await sendMessage();
  const plans = [await reportOf(leaver.oid, 1), await reportOf(ana.oid, 1)];
  const fired = await fetch(`${stack.url()}/admin/functions/sweepTimer?wait=true`, { method: 'POST' });
  assert.equal(fired.status, 200);
  plans.push(await reportOf(ben.oid, 1));

  assert.deepEqual(
    plans.map((plan) => [plan.case.trigger, plan.case.mode]),
    [
      ['entra-event', 'plan'],
      ['hr-queue', 'plan'],
      ['sweep', 'plan'],
    ],
  );
  for (const { summary, steps } of plans) {
    assert.match(summary.headline, /This is a plan: nothing was carried out/);
    assert.deepEqual(
      steps.flatMap(({ actions }) => actions),
      [],
    );
  }
  assert.deepEqual(everything(), before);
  for (const { oid } of [leaver, ana, ben]) assert.equal(denied(oid), false);
  const writes = stack.tenant.calls.slice(calls).filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method));
  assert.deepEqual(writes, []);
});

test('an operator’s request for somebody with such a plan is carried out, whatever the settings say', async () => {
  const body = JSON.stringify({
    oid: ben.oid,
    reason: 'The plan was read',
    mode: 'apply',
    confirmUserPrincipalName: ben.userPrincipalName,
  });
  const headers = { 'content-type': 'application/json' };
  const opened = await stack.api('/api/cases', { method: 'POST', headers, body });
  assert.deepEqual([opened.status, opened.headers.get('location')], [201, `/api/cases/${ben.oid}-2`]);
  const report = await reportOf(ben.oid, 2);
  assert.equal(report.case.mode, 'apply');
  assert.equal(denied(ben.oid), true);
  assert.equal(entra.grants.get('grant-of-ben'), undefined);
});

test('turned on, the same event and the same message are carried out for those who have a plan; the event once', async () => {
  await stack.killApp();
  await stack.startApp(TURNED_ON);
  assert.equal(await deliverEvent(stack, event), 202);
  await sendMessage();
  for (const { oid } of [leaver, ana]) {
    assert.equal((await reportOf(oid, 2)).case.mode, 'apply');
    assert.equal(denied(oid), true);
  }
  assert.equal(await deliverEvent(stack, event), 202);
  const { cases } = (await (await stack.api('/api/cases')).json()) as { cases: { caseId: string }[] };
  assert.deepEqual(
    cases.map(({ caseId }) => caseId).sort(),
    [leaver, ana, ben].flatMap(({ oid }) => [`${oid}-1`, `${oid}-2`]).sort(),
  );
});
