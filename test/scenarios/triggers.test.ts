import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Report } from '../../src/report/report.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';

const stack = await startFastStack();
after(() => stack.stop());

const [ana, ben] = WORLD.colleagues;
const reportOf = (oid: string): Promise<Report> => filedReport(stack, `${oid}-1`);

test('from HR’s queue to the report', async () => {
  Object.assign(process.env, stack.tenant.identityEnvironment);
  const credential = new ManagedIdentityCredential({ clientId: WORLD.app.remover.clientId });
  const queue = new QueueClient(`${stack.storage.queue}/hr-leavers`, credential);
  await queue.createIfNotExists();
  const message = { schemaVersion: 1, messageId: 'n-1', oid: ben.oid, requestedBy: 'workday', lastDay: '2026-01-30' };
  await queue.sendMessage(Buffer.from(JSON.stringify(message)).toString('base64'));
  const report = await reportOf(ben.oid);
  assert.deepEqual([report.case.trigger, report.leaver.oid], ['hr-queue', ben.oid]);
  assert.match(report.case.reason, /2026-01-30/);
});

test('from POST /api/cases to the report', async () => {
  const headers = { 'content-type': 'application/json' };
  const about = { reason: 'Asked by her manager', mode: 'apply', confirmUserPrincipalName: ana.userPrincipalName };
  const post = (name: object) =>
    stack.api('/api/cases', { method: 'POST', headers, body: JSON.stringify({ ...about, ...name }) });
  const named = await post({ userPrincipalName: ana.userPrincipalName });
  assert.equal(named.status, 422);
  const { candidates } = (await named.json()) as { candidates: { oid: string }[] };
  assert.deepEqual([candidates.map(({ oid }) => oid)], [[ana.oid]]);
  const opened = await post({ oid: candidates[0]?.oid });
  assert.equal(opened.status, 201);
  assert.equal(opened.headers.get('location'), `/api/cases/${ana.oid}-1`);
  const report = await reportOf(ana.oid);
  assert.deepEqual(
    [report.case.trigger, report.case.requestedBy, report.case.reason],
    ['api', WORLD.operator.oid, 'Asked by her manager'],
  );
});

test('from the hourly sweep to the report, for somebody of whose deletion no event ever came', async () => {
  const { users, deletedUsers } = stack.states.entra;
  const leaver = users.get(WORLD.leaver.oid);
  assert.ok(leaver);
  users.delete(leaver.id);
  const userPrincipalName = `${leaver.id.replaceAll('-', '')}${leaver.userPrincipalName}`;
  deletedUsers.add({ ...leaver, userPrincipalName, deletedDateTime: new Date().toISOString() });

  const fired = await fetch(`${stack.url()}/admin/functions/sweepTimer?wait=true`, { method: 'POST' });
  assert.equal(fired.status, 200);
  const report = await reportOf(leaver.id);
  assert.equal(report.case.trigger, 'sweep');
  const tokens = report.steps
    .flatMap(({ findings }) => findings)
    .filter(({ remedy }) => remedy?.call.kind === 'revoke-fine-grained-token');
  assert.ok(
    tokens.length > 0 && tokens.every(({ status }) => status === 'done'),
    JSON.stringify(tokens.map(({ status }) => status)),
  );
});
