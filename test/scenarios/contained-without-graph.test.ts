import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { assertValidReport } from './support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const { tenant, states } = stack;
const { oid } = WORLD.leaver;

const ask = (): Promise<Response> =>
  stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'Seen on a runner at 2 AM', mode: 'apply' }),
  });
const isDenied = (): boolean => states.arm.namedValues.all().some(({ value }) => value.includes(oid));
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
  const report = await filedReport(stack, `${oid}-1`);
  unwatch();
  tenant.faults.clear();
  assertValidReport(report);
  assert.ok(isDenied());
  assert.equal(report.outcome, 'failed');
  const statuses = report.steps[0]?.findings.map(({ kind, status }) => `${kind} ${status}`).sort();
  assert.deepEqual(statuses, ['account-enabled manual-action', 'gateway-deny-list done', 'sign-in-sessions failed']);
});
