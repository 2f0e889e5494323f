import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { deleteUser } from '../../local/telling/follow-case.ts';
import { sendToolCalls, type ToolCallEvent, toolCallEvent } from '../../local/tenant/event-hub/gateway.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { ingestionOf } from '../../src/config/config-optional.ts';
import { loadConfig } from '../../src/config.ts';
import type { DeadLetterFile } from '../../src/ingestion/dead-letter.ts';
import { AuditFactsSchema } from '../../src/steps/activity-audit/rules/audit-facts.ts';
import { blobsOf, everythingWritten } from './support/everything-written.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { findSecrets } from './support/find-secrets.ts';

const stack = await startFastStack();
after(() => stack.stop());
afterEach(() => stack.tenant.faults.clear());

const { rows } = stack.states.logs;
const seeded = rows.length;
const arrived = (): unknown[] => rows.slice(seeded).map((row) => row.apim_request_id_s);
const idsOf = (events: readonly ToolCallEvent[]): string[] => events.map((event) => event.apim_request_id);
const calls = (count: number): ToolCallEvent[] => Array.from({ length: count }, () => toolCallEvent());

/** Waits as an operator would who looks again and again; the test's own time limit ends it. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}
const allArrived = (events: readonly ToolCallEvent[]): Promise<void> =>
  until(() => idsOf(events).every((id) => arrived().includes(id)));

async function deadLetters(kind: DeadLetterFile['kind']): Promise<DeadLetterFile[]> {
  const blobs = await blobsOf(stack, 'dead-letter', `${kind}/`);
  return [...blobs.values()].map((bytes) => JSON.parse(bytes.toString('utf8')) as DeadLetterFile);
}

test('what the gateway reports is in the audit table, each call once, and every partition is read', async () => {
  const events = calls(40);
  await sendToolCalls(stack.tenant, events.slice(0, 25), 0);
  await sendToolCalls(stack.tenant, events.slice(25), 1);
  await allArrived(events);
  assert.equal(arrived().length, new Set(arrived()).size);
});

test('a throttled upload is repeated by the host, and the calls are in the table once', async () => {
  const events = calls(3);
  stack.tenant.faults.add({ vendor: 'ingestion', times: 1, effect: { kind: 'answer', status: 429 } });
  await sendToolCalls(stack.tenant, events);
  await allArrived(events);
  assert.equal(arrived().filter((id) => idsOf(events).includes(String(id))).length, 3);
});

test('calls that could not be uploaded wait in dead letters, and a later run brings them into the table', async () => {
  const events = calls(2);
  const lift = stack.tenant.faults.add({ vendor: 'ingestion', effect: { kind: 'answer', status: 503 } });
  await sendToolCalls(stack.tenant, events);
  await until(async () => (await deadLetters('not-uploaded')).length > 0);
  lift();
  const ran = await fetch(`${stack.url()}/admin/functions/uploadDeadLetters?wait=true`, { method: 'POST', body: '{}' });
  assert.equal(ran.status, 200);
  assert.deepEqual(arrived().slice(-2), idsOf(events));
  assert.deepEqual(await deadLetters('not-uploaded'), []);
});

test('an event that is no call is kept with the reason, its neighbours are rows, and no token of it is written', async () => {
  const good = calls(2);
  const token = stack.mint.mint('github-classic');
  const odd = { ...toolCallEvent({ resource_accessed: `/home/${token}` }), response_status: 'OK' };
  const [first = assert.fail(), second = assert.fail()] = good;
  await sendToolCalls(stack.tenant, [first, JSON.stringify(odd), `{"cut":"${token}`, second]);
  await allArrived(good);
  await until(async () => (await deadLetters('rejected')).length > 0);
  const [file] = await deadLetters('rejected');
  assert.deepEqual(
    file?.events.map(({ reason }) => reason.replace(/: .*/, '')),
    ['/response_status', 'not JSON in UTF-8'],
  );
  const day = file?.events[0]?.enqueuedAt?.slice(0, 10);
  const told = (await (await stack.api(`/api/rejections?day=${day}`)).json()) as { toolCalls: { rejected: string[] } };
  assert.equal(told.toolCalls.rejected.length, 1);
  assert.deepEqual(findSecrets([token], await everythingWritten(stack)), []);
});

test('an app that is killed while it uploads loses no call, whether the service took it or not', async () => {
  for (const taken of [true, false]) {
    const events = calls(20);
    if (!taken) stack.tenant.faults.add({ vendor: 'ingestion', times: 1, effect: { kind: 'reset' } });
    const killed = Promise.withResolvers<void>();
    const unwatch = stack.tenant.server.onCall(({ vendor }) => {
      if (vendor !== 'ingestion') return;
      unwatch();
      stack.killApp().then(killed.resolve, killed.reject);
    });
    await sendToolCalls(stack.tenant, events);
    await killed.promise;
    await stack.startApp();
    await allArrived(events);
  }
});

test('a part of the pipeline’s settings stops the start by the names of what is missing; without all of them there is none', () => {
  const without = (...names: readonly string[]) =>
    loadConfig({ ...stack.settings, ...Object.fromEntries(names.map((name) => [name, ''])) });
  assert.throws(
    () => without('AUDIT_RULE_ID', 'LOGS_INGESTION_ENDPOINT'),
    /2 faults .*LOGS_INGESTION_ENDPOINT.*AUDIT_RULE_ID/,
  );
  assert.equal(ingestionOf(without('AUDIT_RULE_ID', 'LOGS_INGESTION_ENDPOINT', 'INGESTOR_CLIENT_ID')), undefined);
  assert.ok(ingestionOf(without()));
});

test('the audit of a leaver sees what came through the pipeline', async () => {
  const resource_accessed = '/documents/treasury/through-the-pipeline.pdf';
  const last = toolCallEvent({ resource_accessed, tool_name: 'delete_file' });
  await sendToolCalls(stack.tenant, [last]);
  await allArrived([last]);
  await deleteUser(stack, WORLD.leaver.oid);
  const report = await filedReport(stack, `${WORLD.leaver.oid}-1`);
  const audit = report.steps.find(({ step }) => step === 'activity-audit');
  const [newest] = AuditFactsSchema.parse(audit?.facts).rows;
  assert.deepEqual([newest?.resource, newest?.tool, newest?.afterDeparture], [resource_accessed, 'delete_file', true]);
});
