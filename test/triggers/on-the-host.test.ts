import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ManagedIdentityCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { runWorkflowTask } from '../../local/tenant/entra/lifecycle-workflows.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { casesOf } from '../../src/connectors/storage/cases/case-table.ts';
import { listRefs } from '../../src/connectors/storage/evidence/list-evidence.ts';
import { dueNotices } from '../../src/connectors/storage/people/hr-waiting.ts';
import { askApi } from '../support/api/ask-api.ts';
import { startHostedIntake } from '../support/apps/hosted-intake.ts';

const app = await startHostedIntake();
after(() => app.stop());

interface Shown {
  readonly state: string;
  readonly trigger: string;
  readonly progress?: { readonly steps: Readonly<Record<string, string>> };
}

/** Polls like an operator would, until the case shows what is waited for; the test's own time limit ends it. */
async function shown(caseId: string, until: (it: Shown) => boolean): Promise<Shown> {
  for (;;) {
    const response = await app.call(`/api/cases/${caseId}`);
    const body = (await response.json()) as Shown;
    if (response.status === 200 && until(body)) return body;
    await delay(50);
  }
}
const running = ({ state, progress }: Shown): boolean => state === 'running' && progress !== undefined;

test('an event that Event Grid delivers becomes a case whose progress the API shows', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const event = app.updated(oid);
  assert.deepEqual(await Promise.all([app.deliver(event), app.deliver(event)]), [202, 202]);
  const it = await shown(`${oid}-1`, running);
  assert.deepEqual([it.trigger, it.progress?.steps], ['entra-event', { containment: 'done' }]);
  assert.equal((await casesOf(app.config, oid)).length, 1);
});

test('an event about somebody whom the directory cannot be asked about is not acknowledged', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const lift = app.tenant.faults.add({ vendor: 'graph', effect: { kind: 'answer', status: 503 } });
  assert.equal(await app.deliver(app.updated(oid)), 500);
  lift();
  assert.equal(await app.deliver(app.updated(oid)), 202);
});

test('a message in HR’s queue becomes a case, and an invalid one does not stay in the queue', async () => {
  const credential = new ManagedIdentityCredential({ clientId: WORLD.app.remover.clientId });
  const queue = new QueueClient(`${app.queueEndpoint}/hr-leavers`, credential);
  await queue.createIfNotExists();
  const oid = app.hire();
  const put = (text: string): Promise<unknown> => queue.sendMessage(Buffer.from(text).toString('base64'));
  await put(JSON.stringify({ schemaVersion: 1, messageId: 'm1', oid, requestedBy: 'workday' }));
  await queue.sendMessage('{"schemaVersion":1,"oid":"nobody"}');
  const it = await shown(`${oid}-1`, running);
  assert.equal(it.trigger, 'hr-queue');
  for (;;) {
    const kept = await listRefs(app.config, 'work', 'rejected/');
    const { approximateMessagesCount } = await queue.getProperties();
    if (kept.length === 1 && approximateMessagesCount === 0) break;
    await delay(50);
  }
});

test('a task of a lifecycle workflow becomes a case over HTTP', async () => {
  const subjectId = app.hire();
  const url = `${app.host.url}/api/lifecycle-workflows`;
  const { response } = await runWorkflowTask(app.tenant.core, app.directory, { url, subjectId });
  assert.equal(response.status, 202);
  assert.equal((await shown(`${subjectId}-1`, running)).trigger, 'lifecycle-workflow');
});

test('POST over HTTP opens a case, twice at the same moment opens one', async () => {
  const oid = app.hire();
  const post = (): Promise<Response> =>
    app.call('/api/cases', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ oid, reason: 'left', mode: 'plan' }),
    });
  const answers = await Promise.all([post(), post()]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 201]);
  await shown(`${oid}-1`, running);
  assert.equal((await casesOf(app.config, oid)).length, 1);
});

test('without a token 401, with another role 403, and health for anybody', async () => {
  assert.equal((await fetch(`${app.host.url}/api/cases`)).status, 401);
  assert.equal((await app.call('/api/cases', {}, ['Other'])).status, 403);
  assert.equal((await fetch(`${app.host.url}/api/health`)).status, 200);
});

test('what the host moved to the poison queue is tried again by itself', async () => {
  const credential = new ManagedIdentityCredential({ clientId: WORLD.app.remover.clientId });
  const poisoned = new QueueClient(`${app.queueEndpoint}/hr-leavers-poison`, credential);
  await poisoned.createIfNotExists();
  const message = { schemaVersion: 1, messageId: 'moved', oid: app.hire(), requestedBy: 'workday' };
  await poisoned.sendMessage(JSON.stringify(message));
  const soon = new Date(Date.now() + 120_000);
  for (;;) {
    const waiting = await dueNotices(app.config, soon, 10);
    const { approximateMessagesCount } = await poisoned.getProperties();
    if (waiting.due.some(({ notice }) => notice.messageId === 'moved') && approximateMessagesCount === 0) break;
    await delay(50);
  }
});

test('health needs no token and says when storage does not answer', async () => {
  const health = async (settings = app.config) => (await askApi({ config: settings })('/api/health')).status;
  assert.equal(await health(), 200);
  assert.equal(await health({ ...app.config, TABLE_ENDPOINT: 'https://127.0.0.1:1/none' }), 503);
});
